"""Whole pages, told apart by `type`."""

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from api.shapes import base as a
from api.shapes.common import (
    COURSE_FORMATS,
    LEVELS,
    SERVICE_KINDS,
    Addressed,
    Card,
    Caution,
    GlossaryLink,
    Guideline,
    Image,
    Link,
    Location,
    MustShow,
    Offer,
    ReferenceLink,
    RichText,
    Supplement,
    TermLink,
)
from api.shapes.details import DetailsField
from api.shapes.sections import TYPICALITIES, Heading, Sections


class Moved(a.Shape):
    location = a.text("the address of its content now")
    url = a.text("where the front end shows it now")


class Seo(a.Shape):
    title = a.text()
    description = a.text(allow_blank=True)


class Top(Addressed):
    """How every page begins. `canonical` only on a copy: the page it is a copy of."""

    title = a.text()
    lead = a.text(allow_blank=True)
    image = Image(allow_null=True)
    seo = Seo()
    breadcrumbs = Link(many=True)
    translations = Link(many=True)
    published = a.moment()
    modified = a.moment()
    canonical = Link(required=False, allow_null=True)


class Review(a.Shape):
    author = a.maybe_text()
    reviewed_by = a.maybe_text()
    reviewed_on = serializers.DateField(allow_null=True)
    next_review_due = serializers.DateField(allow_null=True)


class SafetyReview(a.Shape):
    kind = a.one_of("clinical", "editorial", "demo")
    by = a.maybe_text("who made it; never said of a supplement")
    on = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)


class About(a.Shape):
    """`conditions` is not there for a supplement: naming one would promise something about it."""

    conditions = Link(many=True, required=False)
    suits = TermLink(many=True)
    profiles = serializers.ListField(child=serializers.IntegerField())
    paid = serializers.BooleanField()
    cautions = Caution(many=True)
    guideline = Guideline()
    safety_review = SafetyReview(allow_null=True)


class HomePage(Top):
    type = a.one_of("home")
    featured = Card(many=True)


class IndexPage(Top):
    type = a.one_of("index")
    featured = Card(many=True)


class ArticlePage(Top):
    type = a.one_of("article")
    body = RichText(allow_null=True)
    about = About()
    glossary = GlossaryLink(many=True)
    review = Review()
    sources = ReferenceLink(many=True)
    must_show = MustShow(many=True)


class ProductPage(Top):
    type = a.one_of("product")
    category = a.text()
    supplement = Supplement(allow_null=True)
    details = DetailsField(allow_null=True)
    body = RichText(allow_null=True)
    use = RichText(allow_null=True)
    about = About()
    offers = Offer(many=True, help_text="by partner, never by price or commission")
    must_show = MustShow(many=True)


class ServicePage(Top):
    """The help of a professional. Who offers it is not said."""

    type = a.one_of("service")
    kind = a.one_of(*SERVICE_KINDS, says="how it is had")
    specialism = TermLink(
        allow_null=True, help_text="whose help it is: ask /providers for those with it"
    )
    access = a.one_of("direct", "referral", says="whether one needs a doctor's referral")
    online = serializers.BooleanField(help_text="whether it can also be had online")
    body = RichText(allow_null=True)
    for_whom = RichText(allow_null=True)
    route = RichText(allow_null=True)
    costs = RichText(allow_null=True)
    about = About()
    must_show = MustShow(many=True)


class CoursePage(Top):
    """`free`: the visitor pays nothing. `about.paid`: we may earn on it."""

    type = a.one_of("course")
    provider_name = a.text("who gives it")
    duration = a.text("in words")
    free = serializers.BooleanField()
    format = a.one_of(*COURSE_FORMATS)
    address = a.text("where one enrols")
    body = RichText(allow_null=True)
    about = About()
    must_show = MustShow(many=True)


class Registration(a.Shape):
    register = a.one_of("big", "agb", "krf", "skf")
    number = a.text()


class ProviderPage(Top):
    type = a.one_of("provider")
    practice = a.text()
    specialisms = TermLink(many=True)
    street = a.maybe_text()
    postcode = a.maybe_text()
    city = a.maybe_text()
    location = Location(allow_null=True)
    online = serializers.BooleanField(help_text="can be seen by video call as well")
    waiting_days = a.number("until a first appointment; null: not known", allow_null=True)
    languages = a.texts("spoken there, by the two letters of ISO 639-1")
    phone = a.maybe_text()
    website = a.maybe_text()
    registers = Registration(many=True)
    insurers = a.maybe_text()
    must_show = MustShow(many=True)


class Video(a.Shape):
    url = a.text()
    text = a.text("what it says and shows")


class Exercise(a.Shape):
    id = a.text("stays the same for as long as the exercise exists")
    name = a.text()
    instructions = RichText(allow_null=True)
    dosage = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="of sets, repetitions, seconds, rest_seconds, days_a_week what is prescribed",
    )
    easier = a.maybe_text()
    harder = a.maybe_text()
    image = Image(allow_null=True)
    video = Video(allow_null=True)


class Phase(a.Shape):
    id = a.text()
    title = a.text()
    phase = TermLink(allow_null=True)
    weeks = a.number()
    goal = a.text(allow_blank=True)
    go_on_when = a.text(allow_blank=True)
    exercises = Exercise(many=True)


class ExerciseProgrammePage(Top):
    type = a.one_of("exercise_programme")
    level = a.one_of(*LEVELS, says="at its hardest")
    phases = Phase(many=True)
    progression = a.maybe_text("how to make all of it harder")
    equipment = Card(many=True, help_text="what one needs for it")
    about = About()
    must_show = MustShow(many=True)


class Name(a.Shape):
    """Another name. Only one that is the `same` may be shown as another word for the title."""

    name = a.text()
    language = a.text()
    register = a.one_of("lay", "medical", says="who says it")
    relation = a.one_of(
        "same", "narrower", "broader", "related", says="compared with what the title names"
    )


class Code(a.Shape):
    system = a.one_of("icpc1", "icd10", "snomed")
    code = a.text()


class Summary(a.Shape):
    aspect = a.text()
    text = a.text(allow_blank=True)


class ConditionPage(Top):
    type = a.one_of("condition")
    condition = a.text("its key in screenings and rules")
    screening = a.maybe_text("the slug of its screening")
    names = Name(many=True)
    codes = Code(many=True)
    summary = Summary(many=True)
    contents = Heading(many=True)
    sections = Sections()
    glossary = GlossaryLink(many=True)
    review = Review()
    sources = ReferenceLink(many=True)
    must_show = MustShow(many=True)


class Possible(a.Shape):
    """A condition that a symptom can belong to."""

    condition = Link()
    typicality = a.one_of(*TYPICALITIES, says="how often the condition gives the symptom")
    qualifier = a.maybe_text("when or for whom it holds")
    distinguishing = a.maybe_text("what tells it apart")


class SymptomPage(Top):
    type = a.one_of("symptom")
    names = Name(many=True)
    body = RichText(allow_null=True)
    when_to_see_a_doctor = a.text()
    possible = Possible(many=True)
    glossary = GlossaryLink(many=True)
    review = Review()
    sources = ReferenceLink(many=True)
    must_show = MustShow(many=True)


KINDS = (
    HomePage,
    IndexPage,
    ConditionPage,
    SymptomPage,
    ArticlePage,
    ExerciseProgrammePage,
    ProductPage,
    ServicePage,
    CoursePage,
    ProviderPage,
)
TYPES = [a.only_value(kind, "type") for kind in KINDS]
FIELDS: list[str] = list(dict.fromkeys(name for kind in KINDS for name in dict(kind().fields)))


def whole_page() -> PolymorphicProxySerializer:
    return a.told_apart("Page", *KINDS)


MOVED_EXAMPLE = {
    "location": "/api/v1/content/nl/rug/lage-rugpijn",
    "url": "https://www.example.nl/nl/rug/lage-rugpijn",
}
EXAMPLE = {
    "key": "page:3",
    "type": "home",
    "locale": "nl",
    "path": "",
    "url": "https://www.example.nl/nl",
    "title": "Herstelwijzer",
    "lead": "Weet wat je zelf kunt doen, en wanneer je hulp nodig hebt.",
    "image": None,
    "seo": {"title": "Herstelwijzer", "description": "Betrouwbare uitleg over klachten."},
    "breadcrumbs": [],
    "translations": [],
    "published": "2026-11-24T09:00:00+00:00",
    "modified": "2026-11-24T09:00:00+00:00",
    "featured": [
        {
            "key": "page:12",
            "type": "condition",
            "locale": "nl",
            "path": "rug/lage-rugpijn",
            "url": "https://www.example.nl/nl/rug/lage-rugpijn",
            "title": "Lage rugpijn",
            "lead": "Pijn onder in je rug gaat meestal vanzelf over.",
            "image": None,
            "condition": "lage-rugpijn",
        }
    ],
}
