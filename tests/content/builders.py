"""Pages, terms and images with as little said about them as their types allow."""

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image as Pillow
from wagtail.models import Collection, Locale, Page, Site

from cms.content.models import (
    ArticlePage,
    ConditionPage,
    CoursePage,
    CustomImage,
    ExerciseProgramme,
    GlossaryTerm,
    HomePage,
    IndexPage,
    LegalText,
    ProductPage,
    ProviderPage,
    ProviderSpecialism,
    Reference,
    ServicePage,
    SymptomPage,
    Term,
)
from cms.published.models import Touch

LEAST: dict[type, dict[str, Any]] = {
    HomePage: {},
    IndexPage: {},
    ArticlePage: {"body": "<p>Tekst.</p>"},
    ProductPage: {"body": "<p>Tekst.</p>", "category": "sleep"},
    ExerciseProgramme: {"level": "light"},
    ServicePage: {
        "body": "<p>Tekst.</p>",
        "for_whom": "<p>Wie.</p>",
        "route": "<p>Bel zelf.</p>",
        "kind": "in_person",
        "access": "direct",
    },
    CoursePage: {
        "body": "<p>Tekst.</p>",
        "provider_name": "Leefstijlschool",
        "duration": "Zes weken",
        "format": "online",
        "url": "https://cursus.voorbeeld.nl",
    },
    ProviderPage: {
        "practice": "Praktijk De Brug",
        "street": "Brugstraat 12",
        "postcode": "3512 JE",
        "city": "Utrecht",
        "latitude": Decimal("52.0907"),
        "longitude": Decimal("5.1214"),
        "phone": "030 123 45 67",
    },
    SymptomPage: {"body": "<p>Tekst.</p>", "when_to_see_a_doctor": "Bel je huisarts."},
    ConditionPage: {
        "key": "rugpijn",
        "safety_net": "Bel je huisarts.",
        "summary_description": "Wat het is.",
        "summary_causes": "Waardoor.",
        "summary_symptoms": "Wat je merkt.",
        "summary_diagnosis": "Onderzoek.",
        "summary_treatment": "Wat je doet.",
    },
}
SECTION = {
    "type": "description",
    "id": "0d4f0d3e-3f3c-4d5a-8f4e-2f3f1f0c0001",
    "value": {
        "heading": "Wat is het?",
        "aspect": "overview",
        "body": "<p>Uitleg.</p>",
        "points": [],
        "image": None,
        "statistics": [],
    },
}
PHASE = {
    "type": "phase",
    "id": "0d4f0d3e-3f3c-4d5a-8f4e-2f3f1f0c0002",
    "value": {
        "title": "Begin",
        "weeks": 2,
        "goal": "Bewegen.",
        "go_on_when": "Het lukt.",
        "exercises": [
            {
                "type": "item",
                "id": "0d4f0d3e-3f3c-4d5a-8f4e-2f3f1f0c0003",
                "value": {"name": "Lopen", "instructions": "<p>Loop.</p>", "days_a_week": 7},
            }
        ],
    },
}
SLEEP = {
    "type": "sleep",
    "id": "0d4f0d3e-3f3c-4d5a-8f4e-2f3f1f0c0004",
    "value": {"firmness": "medium", "sleeping_positions": ["side"]},
}
STREAMS = {
    ConditionPage: ("sections", [SECTION]),
    ExerciseProgramme: ("phases", [PHASE]),
    ProductPage: ("details", [SLEEP]),
}


def draft(parent: Page, model: Any, title: str, **said: Any) -> Any:
    """An unpublished page below `parent`."""
    fields = {"lead": "Lees verder.", "locale": parent.locale} | LEAST[model] | said
    page = model(title=title, live=False, **fields)
    of_another_kind = said.get("category", "sleep") != "sleep"
    if model in STREAMS and STREAMS[model][0] not in said and not of_another_kind:
        name, raw = STREAMS[model]
        block = model._meta.get_field(name).stream_block
        setattr(page, name, block.to_python(raw))
    if model is ProviderPage and "specialisms" not in said:
        page.specialisms = [ProviderSpecialism(term=specialism())]
    return parent.add_child(instance=page)


def publish(page: Any) -> Any:
    """Publishes the page as it is in memory; gives it as it is in the database."""
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def live(parent: Page, model: Any, title: str, **said: Any) -> Any:
    return publish(draft(parent, model, title, **said))


def fields_refused(page: Any) -> list[str]:
    """The fields that keep a page from being published."""
    try:
        publish(page)
    except ValidationError as error:
        return sorted(error.message_dict)
    return []


@dataclass
class Tree:
    """A site in Dutch: home › rug › article, and a second index page beside it."""

    site: Site
    home: Any
    rug: Any
    article: Any
    nek: Any


def tree() -> Tree:
    locale, _ = Locale.objects.get_or_create(language_code="nl")
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=locale)
    )
    root.locale = locale
    home = live(root, HomePage, "Begin", slug="begin")
    with transaction.atomic():
        Site.objects.all().delete()
        site = Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    rug = live(home, IndexPage, "Rug", slug="rug")
    article = live(rug, ArticlePage, "Bewegen", slug="bewegen")
    nek = live(home, IndexPage, "Nek", slug="nek")
    return Tree(site, home, rug, article, nek)


def fresh(page: Any) -> Any:
    """A page as its own type, read again."""
    return Page.objects.get(pk=page.pk).specific


def term(key: str, kind: str, **said: Any) -> Term:
    labels = {"label_nl": f"{key} (nl)", "label_en": f"{key} (en)"}
    return Term.objects.create(key=key, kind=kind, **labels | said)


def reference(key: str = "kngf-2021", **said: Any) -> Reference:
    fields = {"title": "Richtlijn", "kind": "guideline", "url": "https://richtlijn.nl"} | said
    return Reference.objects.create(key=key, **fields)


def entry(key: str = "hnp", **said: Any) -> GlossaryTerm:
    fields = {
        "word_nl": "hernia",
        "word_en": "slipped disc",
        "explanation_nl": "Een schijf puilt uit.",
        "explanation_en": "A disc bulges.",
    }
    return GlossaryTerm.objects.create(key=key, **fields | said)


def legal(key: str = "disclaimer", locale: str = "nl", **said: Any) -> LegalText:
    """A published version, the next of its number."""
    fields = {"title": "Belangrijk", "body": "<p>Vervangt geen arts.</p>"} | said
    text = LegalText.objects.create(key=key, locale=locale, live=False, **fields)
    text.save_revision().publish()
    return LegalText.objects.get(pk=text.pk)


def specialism(key: str = "physiotherapist") -> Term:
    return Term.objects.filter(key=key).first() or term(key, "specialism")


def picture(width: int = 700, height: int = 400, form: str = "PNG") -> SimpleUploadedFile:
    stored = io.BytesIO()
    Pillow.new("RGB", (width, height), "#88aabb").save(stored, form)
    return SimpleUploadedFile(f"foto.{form.lower()}", stored.getvalue())


def image(title: str = "Foto", **said: Any) -> CustomImage:
    if not Collection.objects.exists():  # a test with real transactions begins with empty tables
        Collection.add_root(name="Root")
    file = said.pop("file", None) or picture()
    fields = {"alt": "Een vlak", "credit": "Wij", "licence": "own"} | said
    return CustomImage.objects.create(title=title, file=file, **fields)


def touched() -> dict[str, bool]:
    """Every touched key with whether one of its touches asks to hide."""
    found: dict[str, bool] = {}
    for touch in Touch.objects.order_by("id"):
        found[touch.key] = found.get(touch.key, False) or touch.hide
    return found


def key(page: Any) -> str:
    return f"page:{page.pk}"
