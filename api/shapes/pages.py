"""Whole pages, told apart by `type`."""

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from api.shapes import base as a
from api.shapes.common import (
    Addressed,
    Card,
    Caution,
    Guideline,
    Image,
    Link,
    MustShow,
    Offer,
    RichText,
    Supplement,
    TermLink,
)
from api.shapes.sections import Heading, Sections


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


class Source(a.Shape):
    title = a.text()
    publisher = a.maybe_text()
    year = a.number(allow_null=True)
    url = a.maybe_text()
    accessed = serializers.DateField(allow_null=True)


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
    review = Review()
    sources = Source(many=True)
    must_show = MustShow(many=True)


class ProductPage(Top):
    type = a.one_of("product")
    category = a.text()
    supplement = Supplement(allow_null=True)
    body = RichText(allow_null=True)
    use = RichText(allow_null=True)
    about = About()
    offers = Offer(many=True, help_text="by partner, never by price or commission")
    must_show = MustShow(many=True)


class ServicePage(Top):
    """The help of a professional. Who offers it is not said."""

    type = a.one_of("service")
    access = a.one_of("direct", "referral", says="whether one needs a doctor's referral")
    online = serializers.BooleanField(help_text="whether it can also be had online")
    body = RichText(allow_null=True)
    for_whom = RichText(allow_null=True)
    route = RichText(allow_null=True)
    costs = RichText(allow_null=True)
    about = About()
    must_show = MustShow(many=True)


class Exercise(a.Shape):
    id = a.text("stays the same for as long as the exercise exists")
    name = a.text()
    instructions = RichText(allow_null=True)
    dosage = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="of sets, repetitions, seconds, rest_seconds, days_a_week what is prescribed",
    )
    image = Image(allow_null=True)


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
    phases = Phase(many=True)
    about = About()
    must_show = MustShow(many=True)


class Name(a.Shape):
    name = a.text()
    kind = a.one_of("synonym", "medical", "lay", "related")
    language = a.text()


class Summary(a.Shape):
    aspect = a.text()
    text = a.text(allow_blank=True)


class ConditionPage(Top):
    type = a.one_of("condition")
    condition = a.text("its key in screenings and rules")
    screening = a.maybe_text("the slug of its screening")
    names = Name(many=True)
    summary = Summary(many=True)
    contents = Heading(many=True)
    sections = Sections()
    review = Review()
    sources = Source(many=True)
    must_show = MustShow(many=True)


KINDS = (
    HomePage,
    IndexPage,
    ConditionPage,
    ArticlePage,
    ExerciseProgrammePage,
    ProductPage,
    ServicePage,
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
