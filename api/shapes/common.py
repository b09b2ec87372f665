"""Links, cards, images and texts: the parts that pages are made of."""

from rest_framework import serializers

from api.shapes import base as a

LEVELS = ("light", "moderate", "intense")
SERVICE_KINDS = ("in_person", "online", "programme")
COURSE_FORMATS = ("online", "group", "individual")


class Addressed(a.Shape):
    """Who and where it is. `key` never changes; `path` and `url` may."""

    key = a.text("such as page:12")
    type = a.text()
    locale = a.text()
    path = a.text("inside its locale")
    url = a.text("where the front end shows it")


class Link(Addressed):
    title = a.text()
    condition = a.text("the key of a condition page", required=False)


class Labels(a.Shape):
    nl = a.text()
    en = a.text()


class TermLink(a.Shape):
    """An entry of the shared vocabulary."""

    key = a.text("such as term:sleep")
    type = a.one_of("term")
    title = a.text()
    labels = Labels()
    term = a.text()
    term_kind = a.one_of(
        "factor",
        "constraint",
        "phase",
        "context",
        "audience",
        "specialism",
        "medicine",
        "measure",
        "activity",
    )
    retired = serializers.BooleanField()


class ReferenceLink(a.Shape):
    """A publication that something rests on. `url` leads to it, by its DOI if by nothing else."""

    key = a.text("such as reference:kngf-2021")
    type = a.one_of("reference")
    title = a.text()
    authors = a.maybe_text()
    publisher = a.maybe_text("journal or body")
    year = a.number(allow_null=True)
    kind = a.one_of("guideline", "systematic_review", "trial", "cohort", "book", "law", "website")
    doi = a.maybe_text()
    pmid = a.maybe_text()
    url = a.maybe_text()
    evidence = a.one_of("high", "moderate", "low", "very_low", allow_null=True)
    accessed = serializers.DateField(allow_null=True)


class GlossaryLink(a.Shape):
    """A word that visitors may not know, explained."""

    key = a.text("such as glossary:hnp")
    type = a.one_of("glossary")
    title = a.text()
    words = Labels()
    abbreviation = a.maybe_text()
    stands_for = Labels(allow_null=True, help_text="what the abbreviation is short for")
    explanations = Labels()


class Point(a.Shape):
    x = serializers.FloatField(help_text="a fraction of the width")
    y = serializers.FloatField(help_text="a fraction of the height")


class Rendition(a.Shape):
    src = a.text()
    width = a.number()
    height = a.number()
    type = a.text("a media type, such as image/webp")


class Image(a.Shape):
    """`renditions`: the smallest first, of each size the format to try first."""

    key = a.text("such as image:3")
    type = a.one_of("image")
    title = a.text()
    alt = a.text("empty for decoration", allow_blank=True)
    credit = a.text(allow_blank=True)
    licence = a.text(allow_blank=True)
    width = a.number()
    height = a.number()
    focal_point = Point(allow_null=True)
    renditions = Rendition(many=True)


class RichText(a.Shape):
    html = a.text("sanitised")
    text = a.text("the same words without marks")
    images = Image(many=True, required=False)


LEGAL_KEYS = ("disclaimer", "affiliate_disclosure", "terms", "privacy", "cookies")


class LegalCard(a.Shape):
    """A legal text as a page shows it: the newest version, whole."""

    key = a.text("such as legal:disclaimer:nl")
    type = a.one_of("legal")
    locale = a.text()
    title = a.text()
    legal = a.one_of(*LEGAL_KEYS)
    version = a.number()
    effective_from = serializers.DateField()
    body = RichText(allow_null=True)


class Caution(a.Shape):
    constraint = a.text("the key of a term")
    label = a.part(TermLink, allow_null=True)
    effect = a.one_of("avoid", "ask_first")
    reason = a.text()
    text = a.text(allow_blank=True)
    hours_apart = a.number("of a medicine: when time between the two is enough", allow_null=True)
    reference = a.part(ReferenceLink, allow_null=True)


class Guideline(a.Shape):
    stance = a.one_of("supports", "insufficient", "against", "none")
    citation = a.maybe_text()
    reference = a.part(ReferenceLink, allow_null=True)
    evidence = a.one_of("high", "moderate", "low", "very_low", allow_null=True)


class Dose(a.Shape):
    amount = serializers.FloatField()
    unit = a.text()


class Claim(a.Shape):
    """An authorised health claim, word for word."""

    id = a.text()
    text = a.text()
    condition_of_use = a.text()
    regulation = a.text()


class Supplement(a.Shape):
    substance = a.text()
    dose_per_day = Dose()
    maximum_per_day = Dose(allow_null=True, help_text="never more, from all supplements together")
    claim = Claim()
    statements = a.texts("what the law has said with it")


class Location(a.Shape):
    """Degrees of WGS 84."""

    lat = serializers.FloatField()
    lon = serializers.FloatField()


class Card(Addressed):
    """A page as it is shown inside another. What may be absent only where it applies."""

    title = a.text()
    lead = a.text(allow_blank=True)
    image = Image(allow_null=True)
    condition = a.text(required=False)
    paid = serializers.BooleanField(required=False)
    disclosure = a.maybe_text("to be shown beside anything paid", required=False)
    cautions = Caution(many=True, required=False)
    guideline = Guideline(required=False)
    weeks = a.number(required=False)
    level = a.one_of(*LEVELS, required=False)
    kind = a.one_of(*SERVICE_KINDS, required=False, says="how a service is had")
    specialism = TermLink(required=False, allow_null=True)
    access = a.one_of("direct", "referral", required=False)
    online = serializers.BooleanField(required=False)
    category = a.text(required=False)
    supplement = Supplement(required=False, allow_null=True)
    provider_name = a.text("who gives a course", required=False)
    duration = a.text("of a course, in words", required=False)
    free = serializers.BooleanField(required=False, help_text="the visitor pays nothing")
    format = a.one_of(*COURSE_FORMATS, required=False)
    practice = a.text(required=False)
    specialisms = TermLink(many=True, required=False)
    city = a.maybe_text(required=False)
    waiting_days = a.number("until a first appointment", required=False, allow_null=True)
    location = Location(required=False, allow_null=True)


class Price(a.Shape):
    amount = a.text("with two decimals, such as 24.95")
    currency = a.text("ISO 4217, such as EUR")
    seen = serializers.DateField(help_text="the day on which the partner asked it")


class Offer(a.Shape):
    """A paid link to a partner. Show `disclosure` beside it; give the link this `rel`."""

    key = a.text("such as link:12")
    partner = a.text()
    href = a.text("counts the click and leads to the partner; not to be fetched ahead")
    rel = a.text()
    price = a.part(Price, allow_null=True)
    in_stock = serializers.BooleanField()
    disclosure = a.text()


class MustShow(a.Shape):
    """What a front end may not leave out. `legal` only of a disclaimer: the whole of it."""

    kind = a.one_of("example_not_reviewed", "safety_net", "disclosure", "disclaimer")
    text = a.text()
    products = Link(many=True, required=False)
    legal = a.part(LegalCard, required=False)
