"""The example: loaded once or many times it is the same, and it promises nothing it may not."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from wagtail.models import Page, Site

from cms.content import amounts, claims
from cms.content.models import ConditionPage, CustomImage, HomePage, ProductPage, Term
from cms.published import compose, registry, work
from cms.published.models import Failure
from cms.published.replica import Replica
from recommender.items import Item, parse_item

ITEMS = {
    "rug/bewegen-met-rugpijn": "articles",
    "rug/slapen-met-rugpijn": "articles",
    "rug/stress-en-rugpijn": "articles",
    "rug/zitten-staan-tillen": "articles",
    "rug/als-rugpijn-terugkomt": "articles",
    "rug/langdurige-rugpijn": "articles",
    "rug/oefenprogramma-onderrug": "exercises",
    "rug/wandelprogramma": "exercises",
    "producten/matras": "sleep",
    "producten/lendenkussen": "ergonomics",
    "producten/warmtepakking": "heat",
    "producten/magnesium": "supplements",
    "producten/oefenbal": "training",
    "producten/rugband": "ergonomics",
    "hulp/fysiotherapie": "services",
}

ENDS = ("from", "from_included", "until", "until_included")


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The example, loaded once for all tests of this module and taken away after them."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, transaction.atomic():
        call_command("load_demo", verbosity=0)
        work.number_all()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: None, db: None) -> Replica:
    """A reader that has followed the example."""
    replica = Replica()
    replica.refresh()
    return replica


def row(replica: Replica, path: str) -> Any:
    found = replica.view().find("nl", path, timezone.now())
    assert found is not None
    return found.row


def page(replica: Replica, path: str) -> dict[str, Any]:
    composed = compose.page(replica.view(), row(replica, path).key, timezone.now())
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
    found = ConditionPage.objects.get()
    found.title = "Pijn onder in je rug"
    found.save_revision().publish()
    Page.objects.get(url_path__endswith="/rugband/").delete()  # nobody links to it
    call_command("load_demo", verbosity=0)
    assert ConditionPage.objects.get().title == "Pijn onder in je rug"
    assert ProductPage.objects.filter(slug="rugband").exists()


def test_the_site_begins_at_the_dutch_home_page(demo: Replica) -> None:
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()
    assert not Page.objects.filter(slug="home", depth=2).exists()


def test_items_are_in_their_slots(demo: Replica) -> None:
    items = [each for each in demo.view().rows.values() if each.item]
    assert {each.path: each.item["slot"] for each in items if each.item} == ITEMS


def test_there_are_six_articles_two_programmes_a_service_and_six_products(demo: Replica) -> None:
    types = [item(demo, path).type for path in ITEMS]
    assert {each: types.count(each) for each in types} == {
        "article": 6,
        "exercise_programme": 2,
        "service": 1,
        "product": 6,
    }


def test_every_gate_is_used(demo: Replica) -> None:
    """What keeps an item from somebody, or somebody from an item, can be seen in the example."""
    items = [item(demo, path) for path in ITEMS]
    notes = [note for each in items for note in each.constraints]
    terms = Term.objects.filter(kind="constraint").values_list("key", flat=True)
    assert {note.constraint for note in notes} == set(terms)
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


def test_what_a_guideline_is_against_says_so_and_is_on_no_card(demo: Replica) -> None:
    belt = page(demo, "producten/rugband")
    assert belt["about"]["guideline"]["stance"] == "against"
    assert "NICE NG59" in belt["about"]["guideline"]["citation"]
    assert "Waarom raden we hem niet aan?" in belt["body"]["text"]
    assert not item(demo, "producten/rugband").paid
    for each in demo.view().rows.values():
        for which in (each.card, each.body):
            assert f'"$card":"{belt["key"]}"'.encode() not in (which or b"")


def test_the_service_says_how_to_get_there_and_names_no_provider_or_amount(demo: Replica) -> None:
    service = page(demo, "hulp/fysiotherapie")
    assert (service["access"], service["online"]) == ("direct", True)
    assert "verwijzing" in service["route"]["text"]
    assert "aanvullende verzekering" in service["costs"]["text"]
    said = " ".join(service[name]["text"] for name in ("body", "for_whom", "route", "costs"))
    assert amounts.amounts(said) == []
    assert "http" not in json.dumps([service[name]["html"] for name in ("body", "route", "costs")])


@pytest.mark.parametrize("path", ITEMS)
def test_every_item_but_the_supplement_is_for_low_back_pain(demo: Replica, path: str) -> None:
    about = set() if path == "producten/magnesium" else {"lage-rugpijn"}
    assert item(demo, path).conditions == about


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
            {"kidney_disease": "avoid", "heart_rhythm": "avoid", "pregnancy": "ask_first"},
        ),
        # reduced sensation and fragile skin: avoid; pregnancy: ask
        (
            "producten/warmtepakking",
            {"reduced_sensation": "avoid", "skin_problems": "avoid", "pregnancy": "ask_first"},
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
            },
        ),
        # a back brace: skin problems, pregnancy
        ("producten/rugband", {"skin_problems": "avoid", "pregnancy": "avoid"}),
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


def test_the_supplement_promises_nothing_and_is_on_no_page_about_a_complaint(
    demo: Replica,
) -> None:
    supplement = page(demo, "producten/magnesium")
    said = [supplement["title"], supplement["lead"]]
    said += [supplement["body"]["text"], supplement["use"]["text"]]
    assert claims.promises(said) == []
    assert row(demo, "producten/magnesium").key not in json.dumps(page(demo, "rug/lage-rugpijn"))


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
    assert len(images) == 15
    assert all(image.alt and image.credit == "Herstelwijzer" for image in images)
    assert {image.licence for image in images} == {"CC0-1.0"}


def test_the_vocabulary_is_the_agreed_one(demo: Replica) -> None:
    by_kind: dict[str, set[str]] = {}
    for term in Term.objects.all():
        by_kind.setdefault(term.kind, set()).add(term.key)
    assert by_kind == {
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
