"""The example: loaded once or many times it is the same, and it promises nothing it may not."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from wagtail.models import Page, Site

from cms.content import amounts
from cms.content.blocks import SECTIONS
from cms.content.demo import files, translations
from cms.content.linter import lint
from cms.content.models import (
    ArticlePage,
    ConditionPage,
    CoursePage,
    CustomImage,
    ExerciseProgramme,
    HomePage,
    ProductPage,
    ServicePage,
    Term,
)
from cms.content.vocabulary import ProductCategory
from cms.published import compose, registry, work
from cms.published.models import Failure
from cms.published.replica import Replica
from recommender.items import Item, parse_item
from tests.example_database import example_database
from tests.molds import WITH_EXAMPLE

CONTENT = settings.EXAMPLES_DIR / "lage-rugpijn" / "content"
FILES = files.read_pages(CONTENT / "pages")
ENGLISH = translations.read_translations(CONTENT / "pages-en", FILES, "en")
DUTCH_PATHS = {file.translation_key: file.path for file in FILES}
# Path in English: path in Dutch.
PATHS = {file.path: DUTCH_PATHS[file.translation_key] for file in ENGLISH}
TERMS = files.read_yaml(CONTENT / "terms.yaml")
# A product stands in the slot of its category.
SLOTS = {
    ArticlePage: "articles",
    ExerciseProgramme: "exercises",
    ServicePage: "services",
    CoursePage: "courses",
}
ITEMS = {
    file.path: SLOTS.get(file.model) or file.said["category"]
    for file in FILES
    if file.model in SLOTS or file.model is ProductPage
}
SUPPLEMENTS = [path for path, slot in ITEMS.items() if slot == "supplements"]
# What the first pages, the screening and the rules were agreed on.
AGREED = {
    "factor": {"sleep", "stress", "inactivity", "posture", "heavy_load", "earlier_episodes"},
    "constraint": {
        "pregnancy",
        "blood_thinners",
        "kidney_disease",
        "fracture_osteoporosis",
        "reduced_sensation",
        "radicular_signs",
        "skin_problems",
        "heart_rhythm",
    },
    "phase": {"acute", "subacute", "persistent"},
    "context": {"work", "home", "car"},
    "audience": {"general"},
}

ENDS = ("from", "from_included", "until", "until_included")


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The example, in a database of its own for all tests of this module."""
    with django_db_blocker.unblock(), example_database(WITH_EXAMPLE):
        work.number_all()
        yield


@pytest.fixture
def demo(loaded: None, db: None) -> Replica:
    """A reader that has followed the example."""
    replica = Replica()
    replica.refresh()
    return replica


def row(replica: Replica, path: str, locale: str = "nl") -> Any:
    found = replica.view().find(locale, path, timezone.now())
    assert found is not None
    return found.row


def page(replica: Replica, path: str, locale: str = "nl") -> dict[str, Any]:
    composed = compose.page(replica.view(), row(replica, path, locale).key, timezone.now())
    assert composed is not None
    loaded: dict[str, Any] = json.loads(composed.body)
    return loaded


def item(replica: Replica, path: str) -> Item:
    found = row(replica, path)
    return parse_item(found.key, found.item)


def test_everything_is_live_and_nothing_failed(demo: Replica) -> None:
    assert not Failure.objects.exists()
    assert {row.state for row in demo.view().rows.values()} == {"live"}
    assert page(demo, "rug/lage-rugpijn")["title"] == "Lage rugpijn"


def test_loading_again_changes_nothing(demo: Replica) -> None:
    before = list(Page.objects.values_list("pk", "title", "latest_revision_id"))
    seq = demo.view().seq
    call_command("load_demo", verbosity=0)
    work.number_all()
    demo.refresh()
    assert list(Page.objects.values_list("pk", "title", "latest_revision_id")) == before
    assert demo.view().seq == seq


def test_loading_again_keeps_what_an_editor_changed(demo: Replica) -> None:
    found = ConditionPage.objects.get(slug="lage-rugpijn")
    found.title = "Pijn onder in je rug"
    found.save_revision().publish()
    Page.objects.get(url_path__endswith="/rugband/").delete()  # nobody links to it
    call_command("load_demo", verbosity=0)
    assert ConditionPage.objects.get(slug="lage-rugpijn").title == "Pijn onder in je rug"
    assert ProductPage.objects.filter(slug="rugband").exists()


def test_the_site_begins_at_the_dutch_home_page(demo: Replica) -> None:
    dutch = HomePage.objects.get(locale__language_code="nl")
    assert Site.objects.get(is_default_site=True).root_page.specific == dutch
    assert not Page.objects.filter(slug="home", depth=2).exists()


def test_items_are_in_their_slots(demo: Replica) -> None:
    found: dict[str, dict[str, str]] = {"nl": {}, "en": {}}
    for each in demo.view().rows.values():
        if each.item:
            found[each.locale][str(each.path)] = each.item["slot"]
    english = {path: ITEMS[dutch] for path, dutch in PATHS.items() if dutch in ITEMS}
    assert found == {"nl": ITEMS, "en": english}


def test_the_example_is_as_large_as_was_asked(demo: Replica) -> None:
    least = {
        "condition": 7,  # low back pain and six specific conditions
        "symptom": 3,
        "article": 18,
        "product": 30,
        "exercise_programme": 5,
        "service": 2,
        "course": 1,
        "provider": 12,
    }
    kinds = [each.kind for each in demo.view().rows.values() if each.locale == "nl"]
    assert {kind: kinds.count(kind) for kind in least if kinds.count(kind) < least[kind]} == {}


def test_products_are_of_every_category(demo: Replica) -> None:
    slots = {slot for path, slot in ITEMS.items() if path.startswith("producten/")}
    assert slots == set(ProductCategory.values)


def test_every_gate_is_used(demo: Replica) -> None:
    """What keeps an item from somebody, or somebody from an item, can be seen in the example."""
    items = [item(demo, path) for path in ITEMS]
    notes = [note for each in items for note in each.constraints]
    terms = Term.objects.filter(kind="constraint").values_list("key", flat=True)
    medicines = Term.objects.filter(kind="medicine").values_list("key", flat=True)
    assert set(terms) <= {note.constraint for note in notes} <= {*terms, *medicines}
    assert {note.effect for note in notes} == {"avoid", "ask_first"}
    assert {each.guideline_stance for each in items} == {
        "supports",
        "insufficient",
        "against",
        "none",
    }
    assert set().union(*(each.phases for each in items)) == {"acute", "subacute", "persistent"}
    assert {each.profiles for each in items} >= {frozenset({1}), frozenset({3}), frozenset()}
    factors = Term.objects.filter(kind="factor").values_list("key", flat=True)
    assert set().union(*(each.factors for each in items)) == set(factors)
    assert {each.paid for each in items} == {True, False}


def test_what_a_guideline_is_against_says_so(demo: Replica) -> None:
    belt = page(demo, "producten/rugband")
    assert belt["about"]["guideline"]["stance"] == "against"
    assert "NICE NG59" in belt["about"]["guideline"]["citation"]
    assert "Waarom raden we hem niet aan?" in belt["body"]["text"]


@pytest.mark.parametrize("path", ["producten/rugband", "producten/inlegzolen"])
def test_a_product_that_a_guideline_is_against_earns_nothing_and_is_on_no_card(
    demo: Replica, path: str
) -> None:
    assert item(demo, path).guideline_stance == "against"
    assert not item(demo, path).paid
    key = row(demo, path).key
    for each in demo.view().rows.values():
        for which in (each.card, each.body):
            assert f'"$card":"{key}"'.encode() not in (which or b"")


def test_the_service_says_how_to_get_there_and_names_no_provider_or_amount(demo: Replica) -> None:
    service = page(demo, "hulp/fysiotherapie")
    assert (service["access"], service["online"]) == ("direct", True)
    assert "verwijzing" in service["route"]["text"]
    assert "aanvullende verzekering" in service["costs"]["text"]
    said = " ".join(service[name]["text"] for name in ("body", "for_whom", "route", "costs"))
    assert amounts.amounts(said) == []
    assert "http" not in json.dumps([service[name]["html"] for name in ("body", "route", "costs")])


@pytest.mark.parametrize("path", ITEMS)
def test_every_item_but_a_supplement_is_for_a_condition(demo: Replica, path: str) -> None:
    assert bool(item(demo, path).conditions) is (path not in SUPPLEMENTS)


@pytest.mark.parametrize(
    ("path", "profiles"),
    [
        ("producten/magnesium", {2, 3}),
        ("producten/warmtepakking", {1}),
        ("producten/oefenbal", {2, 3}),
        ("hulp/fysiotherapie", {2, 3}),
        ("rug/langdurige-rugpijn", {3}),
    ],
)
def test_items_that_do_not_suit_every_profile_say_so(
    demo: Replica, path: str, profiles: set[int]
) -> None:
    assert item(demo, path).profiles == profiles


@pytest.mark.parametrize("path", ITEMS)
def test_every_item_is_reviewed_for_the_demo_only(demo: Replica, path: str) -> None:
    found = item(demo, path)
    assert found.safety_review is not None
    assert (found.safety_review.kind, found.safety_review.on) == ("demo", date(2026, 11, 1))
    assert "example_not_reviewed" in [each["kind"] for each in page(demo, path)["must_show"]]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        # kidney failure and heart block: avoid; pregnancy: ask
        (
            "producten/magnesium",
            {
                "kidney_disease": "avoid",
                "heart_rhythm": "avoid",
                "pregnancy": "ask_first",
                # medicines: time between the two, blood pressure, or a level to watch
                "quinolones": "ask_first",
                "tetracyclines": "ask_first",
                "nitrofurantoin": "ask_first",
                "bisphosphonates": "ask_first",
                "iron": "ask_first",
                "penicillamine": "ask_first",
                "eltrombopag": "ask_first",
                "calcium_channel_blockers": "ask_first",
                "potassium_sparing_diuretics": "ask_first",
                "loop_diuretics": "ask_first",
                "thiazides": "ask_first",
                "proton_pump_inhibitors": "ask_first",
            },
        ),
        # atrial fibrillation: avoid; heart disease, bleeding and fish: ask
        (
            "producten/omega-3",
            {
                "heart_rhythm": "avoid",
                "heart_disease": "ask_first",
                "blood_thinners": "ask_first",
                "planned_surgery": "ask_first",
                "fish_allergy": "ask_first",
                "antiplatelets": "ask_first",
            },
        ),
        # reduced sensation and fragile skin: avoid; what nobody is asked about: ask
        (
            "producten/warmtepakking",
            {
                "reduced_sensation": "avoid",
                "skin_problems": "avoid",
                "pregnancy": "ask_first",
                "poor_circulation": "ask_first",
                "acute_injury": "ask_first",
                "heating_rubs": "ask_first",
            },
        ),
        (
            "rug/oefenprogramma-onderrug",
            {
                "radicular_signs": "ask_first",
                "fracture_osteoporosis": "ask_first",
                "pregnancy": "ask_first",
            },
        ),
        # training gear: radicular signs, osteoporosis, pregnancy; blood thinners because of a fall
        (
            "producten/oefenbal",
            {
                "radicular_signs": "avoid",
                "fracture_osteoporosis": "avoid",
                "blood_thinners": "ask_first",
                "pregnancy": "ask_first",
                "abdominal_hernia": "ask_first",
                "high_blood_pressure": "ask_first",
            },
        ),
        # a back brace: skin, belly, reflux, breathing, circulation
        (
            "producten/rugband",
            {
                "skin_problems": "avoid",
                "pregnancy": "avoid",
                "abdominal_hernia": "avoid",
                "lung_disease": "avoid",
                "poor_circulation": "avoid",
            },
        ),
        ("producten/matras", {}),
    ],
)
def test_items_say_for_whom_they_are_not_safe(
    demo: Replica, path: str, expected: dict[str, str]
) -> None:
    assert {each.constraint: each.effect for each in item(demo, path).constraints} == expected


def test_the_profiles_share_the_days_as_agreed(demo: Replica) -> None:
    sections = page(demo, "rug/lage-rugpijn")["sections"]
    recovery = next(each for each in sections if each["type"] == "recovery")["content"]
    days = [(each["number"], each["days"]) for each in recovery["profiles"]]
    assert [(number, tuple(said[end] for end in ENDS)) for number, said in days] == [
        (1, (0, True, 42, False)),
        (2, (42, True, 84, True)),
        (3, (84, False, None, False)),
    ]


@pytest.mark.parametrize("path", SUPPLEMENTS)
def test_a_supplement_promises_nothing_and_is_on_no_other_page(demo: Replica, path: str) -> None:
    supplement = page(demo, path)
    said = [supplement["title"], supplement["lead"]]
    said += [supplement["body"]["text"], supplement["use"]["text"]]
    assert [lint(text, "nl") for text in said] == [[]] * len(said)
    own = row(demo, path)
    for each in demo.view().rows.values():
        if each.key != own.key:
            assert f'"{own.key}"'.encode() not in (each.body or b"")


def test_every_reference_of_the_example_leads_somewhere(demo: Replica) -> None:
    view = demo.view()
    for key in registry.every_key():
        for which in ("link", "card", "body"):
            stored = getattr(view.rows[key], which) or b"null"
            assert referred(json.loads(stored)) <= set(view.rows)


def referred(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(referred, node))
    if not isinstance(node, dict):
        return set()
    own = {node[sign] for sign in ("$link", "$card") if sign in node}
    return own.union(*map(referred, node.values()))


def test_every_image_has_alt_text_credit_and_a_free_licence(demo: Replica) -> None:
    images = CustomImage.objects.all()
    listed = files.read_yaml(CONTENT / "images.yaml")
    assert {image.title for image in images} == {each["title"] for each in listed}
    assert all(image.alt and image.alt_en for image in images)
    assert {image.credit for image in images} == {"Herstelwijzer"}
    assert {image.licence for image in images} == {"CC0-1.0"}


def test_the_vocabulary_is_that_of_the_file_and_has_what_was_agreed(demo: Replica) -> None:
    by_kind: dict[str, set[str]] = {}
    for term in Term.objects.all():
        by_kind.setdefault(term.kind, set()).add(term.key)
    written: dict[str, set[str]] = {}
    for said in TERMS:
        written.setdefault(said["kind"], set()).add(said["key"])
    assert by_kind == written
    assert {kind: keys - by_kind[kind] for kind, keys in AGREED.items()} == {
        kind: set() for kind in AGREED
    }


def test_low_back_pain_has_every_kind_of_section_twelve_factors_and_five_groups_of_symptoms(
    demo: Replica,
) -> None:
    sections = page(demo, "rug/lage-rugpijn")["sections"]
    assert {each["type"] for each in sections} == {name for name, _block in SECTIONS}
    contents = {each["type"]: each["content"] for each in sections}
    assert len(contents["causes"]["factors"]) == 12
    assert len(contents["symptoms"]["signs"]) == 5
    assert len(contents["differential"]["diagnoses"]) >= 6


# --- in English ----------------------------------------------------------------------------


def test_low_back_pain_and_every_product_are_there_in_english() -> None:
    products = {path for path in ITEMS if path.startswith("producten/")}
    assert set(PATHS.values()) >= {"", "rug", "producten", "hulp", "rug/lage-rugpijn"} | products


@pytest.mark.parametrize(("path", "dutch"), PATHS.items())
def test_an_english_page_and_the_dutch_one_lead_to_each_other(
    demo: Replica, path: str, dutch: str
) -> None:
    english, original = page(demo, path, "en"), page(demo, dutch)
    assert [(each["locale"], each["path"]) for each in english["translations"]] == [("nl", dutch)]
    assert [(each["locale"], each["path"]) for each in original["translations"]] == [("en", path)]
    assert english["type"] == original["type"]


def test_no_page_shows_or_leads_to_a_page_in_another_language(demo: Replica) -> None:
    rows = demo.view().rows
    astray = [
        (each.key, key)
        for each in rows.values()
        for which in (each.card, each.body)
        for key in referred(json.loads(which or b"null"))
        if rows[key].locale not in ("", each.locale)
    ]
    assert astray == []


@pytest.mark.parametrize("path", [path for path, dutch in PATHS.items() if dutch in ITEMS])
def test_an_item_is_advised_to_the_same_people_in_english(demo: Replica, path: str) -> None:
    english, original = row(demo, path, "en").item, row(demo, PATHS[path]).item
    assert english["locale"] == "en"
    assert english | {"locale": "nl"} == original
    shown = [each["kind"] for each in page(demo, path, "en")["must_show"]]
    assert shown == [each["kind"] for each in page(demo, PATHS[path])["must_show"]]
    assert "example_not_reviewed" in shown


def test_the_english_page_of_low_back_pain_has_the_same_sections_and_numbers(
    demo: Replica,
) -> None:
    english, original = page(demo, "back/low-back-pain", "en"), page(demo, "rug/lage-rugpijn")
    kinds = [each["type"] for each in original["sections"]]
    assert [each["type"] for each in english["sections"]] == kinds
    assert numbers(english["sections"]) == numbers(original["sections"])
    assert english["condition"] == original["condition"] == "lage-rugpijn"
    assert english["screening"] == original["screening"]
    assert {each["kind"] for each in english["must_show"]} >= {
        "safety_net",
        "disclaimer",
        "example_not_reviewed",
    }
    shown = next(each for each in english["sections"] if each["type"] == "products")
    assert all(group["cards"] for group in shown["content"]["groups"])


def numbers(node: Any) -> list[Any]:
    """The statistics and the days of the profiles, in order."""
    if isinstance(node, list):
        return [number for each in node for number in numbers(each)]
    if not isinstance(node, dict):
        return []
    own = [[node[name] for name in ("low", "high", "unit")]] if "measure" in node else []
    own += [[node["number"], node["days"]]] if "days" in node else []
    return own + [number for each in node.values() for number in numbers(each)]


def test_pictures_are_described_in_the_language_of_the_page(demo: Replica) -> None:
    dutch, english = page(demo, "rug/lage-rugpijn"), page(demo, "back/low-back-pain", "en")
    assert dutch["image"]["alt"].startswith("Tekening van")
    assert english["image"]["alt"].startswith("Drawing of")
    assert dutch["image"]["renditions"] == english["image"]["renditions"]


@pytest.mark.parametrize("path", [path for path in PATHS if PATHS[path] in SUPPLEMENTS])
def test_a_supplement_promises_nothing_in_english(demo: Replica, path: str) -> None:
    supplement = page(demo, path, "en")
    said = [supplement["title"], supplement["lead"]]
    said += [supplement["body"]["text"], supplement["use"]["text"]]
    assert [lint(text, "en") for text in said] == [[]] * len(said)
