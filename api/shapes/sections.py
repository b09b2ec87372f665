"""The typed sections of a condition page."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.shapes import base as a
from api.shapes.common import Card, Image, RichText, TermLink


class Heading(a.Shape):
    id = a.text()
    anchor = a.text()
    heading = a.text()


class SectionPoint(a.Shape):
    id = a.text()
    label = a.text()
    text = RichText(allow_null=True)
    term = TermLink(allow_null=True)


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


class DescriptionContent(a.Shape):
    body = RichText(allow_null=True)
    points = SectionPoint(many=True)
    image = Image(allow_null=True)


class DescriptionSection(Section):
    type = a.one_of("description")
    content = DescriptionContent()


class RecoveryContent(a.Shape):
    body = RichText(allow_null=True)
    profiles = RecoveryProfile(many=True)


class RecoverySection(Section):
    type = a.one_of("recovery")
    content = RecoveryContent()


class TreatmentContent(a.Shape):
    body = RichText(allow_null=True)
    points = SectionPoint(many=True)
    cards = Cards(many=True)


class TreatmentSection(Section):
    type = a.one_of("treatment")
    content = TreatmentContent()


@extend_schema_field(
    a.told_apart("PageSection", DescriptionSection, RecoverySection, TreatmentSection, many=True)
)
class Sections(serializers.ListField):
    """In the editor's order."""
