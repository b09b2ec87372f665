"""The typed sections of a condition page: a shape for each type of block."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.shapes import base as a
from api.shapes.common import (
    Card,
    GlossaryLink,
    Image,
    LegalCard,
    Link,
    ReferenceLink,
    RichText,
    TermLink,
)

TYPICALITIES = ("always", "often", "sometimes", "rarely")


class Heading(a.Shape):
    id = a.text()
    anchor = a.text()
    heading = a.text()


class Labelled(a.Shape):
    id = a.text("stays the same for as long as the row exists")
    label = a.text()
    text = RichText(allow_null=True)


class SectionPoint(Labelled):
    term = TermLink(allow_null=True)


class Statistic(a.Shape):
    """A value, or a range when `high` is there, and where it comes from."""

    id = a.text()
    measure = TermLink(allow_null=True, help_text="what it counts")
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    unit = a.one_of("percent", "days", "weeks", "months", "years", "times", allow_null=True)
    population = a.maybe_text("among whom")
    source = a.part(ReferenceLink, allow_null=True)


class Days(a.Shape):
    """An interval of days; `until` is null when it has no end."""

    vars()["from"] = a.number()  # a word of Python's
    from_included = serializers.BooleanField()
    until = a.number(allow_null=True)
    until_included = serializers.BooleanField()


class RecoveryProfile(a.Shape):
    id = a.text()
    number = a.number()
    title = a.text()
    days = Days()
    duration = a.text(allow_blank=True)
    characteristics = RichText(allow_null=True)
    advice = RichText(allow_null=True)


class Cards(a.Shape):
    id = a.text()
    heading = a.text(allow_blank=True)
    cards = Card(many=True)


class Section(Heading):
    """A part of a condition page about one health aspect. `id` never changes."""

    aspect = a.text("a health aspect, such as causes")


class Content(a.Shape):
    body = RichText(allow_null=True)


class Action(a.Shape):
    """A button. `page` is where it leads when it is a page; to the screening of this page, its
    services and its recommended items the front end knows the way."""

    id = a.text()
    kind = a.one_of("screening", "services", "recommendations", "page")
    label = a.text()
    page = Link(allow_null=True)


class StartContent(Content):
    actions = Action(many=True)


class StartSection(Section):
    type = a.one_of("start")
    content = StartContent()


class DescriptionContent(Content):
    points = SectionPoint(many=True)
    image = Image(allow_null=True)
    statistics = Statistic(many=True)


class DescriptionSection(Section):
    type = a.one_of("description")
    content = DescriptionContent()


class RecoveryContent(Content):
    profiles = RecoveryProfile(many=True)
    statistics = Statistic(many=True)


class RecoverySection(Section):
    type = a.one_of("recovery")
    content = RecoveryContent()


class Factor(SectionPoint):
    """Something that plays a part in how the condition begins."""

    modifiable = a.one_of("yes", "partly", "no", allow_null=True)
    qualifier = a.maybe_text("when or for whom it holds")
    evidence = a.one_of("high", "moderate", "low", "very_low", allow_null=True)
    cards = Card(many=True, help_text="what helps")


class CausesContent(Content):
    factors = Factor(many=True)


class CausesSection(Section):
    type = a.one_of("causes")
    content = CausesContent()


class Sign(Labelled):
    symptom = Link(allow_null=True, help_text="its own page")
    typicality = a.one_of(*TYPICALITIES, allow_null=True)
    qualifier = a.maybe_text("when or for whom it holds")
    distinguishing = a.maybe_text("what tells it apart")


class SymptomsContent(Content):
    signs = Sign(many=True)


class SymptomsSection(Section):
    type = a.one_of("symptoms")
    content = SymptomsContent()


class Diagnosis(Labelled):
    condition = Link(allow_null=True, help_text="its own page")
    qualifier = a.maybe_text("when or for whom it holds")
    distinguishing_sign = a.maybe_text("the sign that tells it apart from this page's condition")


class DifferentialContent(Content):
    diagnoses = Diagnosis(many=True)


class DifferentialSection(Section):
    type = a.one_of("differential")
    content = DifferentialContent()


class DiagnosticStep(Labelled):
    when = a.maybe_text("when it is done")
    when_not = a.maybe_text("when it is not")
    glossary = GlossaryLink(allow_null=True)


class SelfTest(a.Shape):
    screening = a.text("the slug of a screening")
    label = a.maybe_text("for the button")


class DiagnosisContent(Content):
    steps = DiagnosticStep(many=True)
    self_test = SelfTest(allow_null=True)


class DiagnosisSection(Section):
    type = a.one_of("diagnosis")
    content = DiagnosisContent()


class AdvicePoint(SectionPoint):
    advice = a.one_of("do", "dont", "consider", allow_null=True)
    phase = TermLink(allow_null=True, help_text="null: in every phase")


class TreatmentContent(Content):
    points = AdvicePoint(many=True)
    cards = Cards(many=True)


class TreatmentSection(Section):
    type = a.one_of("treatment")
    content = TreatmentContent()


class ProductGroup(a.Shape):
    """Products of one category. One without a text goes with its last card."""

    id = a.text()
    heading = a.text(allow_blank=True)
    category = a.text()
    contexts = TermLink(many=True, help_text="none: everywhere")
    text = RichText(allow_null=True)
    cards = Card(many=True)


class ProductsContent(Content):
    groups = ProductGroup(many=True)


class ProductsSection(Section):
    type = a.one_of("products")
    content = ProductsContent()


class InformationContent(Content):
    texts = LegalCard(many=True)


class InformationSection(Section):
    type = a.one_of("information")
    content = InformationContent()


@extend_schema_field(
    a.told_apart(
        "PageSection",
        StartSection,
        DescriptionSection,
        RecoverySection,
        CausesSection,
        SymptomsSection,
        DifferentialSection,
        DiagnosisSection,
        TreatmentSection,
        ProductsSection,
        InformationSection,
        many=True,
    )
)
class Sections(serializers.ListField):
    """In the editor's order."""
