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

from cms.content import claims
from cms.content.models import ConditionPage, CustomImage, HomePage, ProductPage, Term
from cms.published import compose, registry, work
from cms.published.models import Failure
from cms.published.replica import Replica
from recommender.items import Item, parse_item

ITEMS = {
    "rug/bewegen-met-rugpijn": "articles",
    "rug/slapen-met-rugpijn": "articles",
    "rug/stress-en-rugpijn": "articles",
    "rug/oefenprogramma-onderrug": "exercises",
    "producten/matras": "sleep",
    "producten/lendenkussen": "ergonomics",
    "producten/warmtepakking": "heat",
    "producten/magnesium": "supplements",
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
    Page.objects.get(url_path__endswith="/matras/").delete()
    call_command("load_demo", verbosity=0)
    assert ConditionPage.objects.get().title == "Pijn onder in je rug"
    assert ProductPage.objects.filter(slug="matras").exists()


def test_the_site_begins_at_the_dutch_home_page(demo: Replica) -> None:
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()
    assert not Page.objects.filter(slug="home", depth=2).exists()


def test_there_are_eight_items_in_their_slots(demo: Replica) -> None:
    items = [each for each in demo.view().rows.values() if each.item]
    assert {each.path: each.item["slot"] for each in items if each.item} == ITEMS


@pytest.mark.parametrize("path", ITEMS)
def test_every_item_but_the_supplement_is_for_low_back_pain(demo: Replica, path: str) -> None:
    about = set() if path == "producten/magnesium" else {"lage-rugpijn"}
    assert item(demo, path).conditions == about


@pytest.mark.parametrize(
    ("path", "profiles"), [("producten/magnesium", {2, 3}), ("producten/warmtepakking", {1})]
)
def test_products_that_do_not_suit_every_profile_say_so(
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
    assert len(images) == 9
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
