"""Providers: what a page of one needs and says, and who is found, in which order."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cms.content.copying import reasons_against
from cms.content.models import ProviderPage, ProviderRegister, ProviderSpecialism
from cms.content.providers import Point, Provider, Wish, derive, find, kilometres
from cms.content.renderers import render_page
from cms.published import work
from cms.published.replica import Replica
from cms.published.view import Row, View
from tests.content import builders
from tests.content.builders import Tree, fresh, key

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
UTRECHT, AMSTERDAM, MAASTRICHT = (
    Point(52.0907, 5.1214),
    Point(52.3730, 4.8924),
    Point(50.8514, 5.6910),
)


# --- the page -----------------------------------------------------------------------------

NOWHERE = dict.fromkeys(["street", "postcode", "city"], "") | {"latitude": None, "longitude": None}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, []),
        (NOWHERE, ["city", "latitude", "longitude", "postcode", "street"]),
        (NOWHERE | {"online": True}, []),
        (
            NOWHERE | {"online": True, "city": "Zwolle"},
            ["latitude", "longitude", "postcode", "street"],
        ),
        ({"longitude": None}, ["longitude"]),
        ({"latitude": Decimal("90.1")}, ["latitude"]),
        ({"longitude": Decimal("-180.5")}, ["longitude"]),
        ({"postcode": "3512JE"}, []),
        ({"postcode": "0512 JE"}, ["postcode"]),
        ({"postcode": "3512 je"}, ["postcode"]),
        ({"phone": ""}, ["phone"]),
        ({"phone": "", "website": "https://praktijk.voorbeeld.nl"}, []),
        ({"phone": "bel me"}, ["phone"]),
        ({"website": "http://praktijk.voorbeeld.nl"}, ["website"]),
        ({"website": "javascript:alert(1)"}, ["website"]),
        ({"languages": ["nl", "xx"]}, ["languages"]),
        ({"languages": ["nl", "en"]}, []),
        ({"waiting_days": 731}, ["waiting_days"]),
        ({"practice": ""}, ["practice"]),
        ({"specialisms": []}, ["practice"]),
    ],
)
def test_a_provider_is_refused_at_the_fields_that_are_wrong(
    tree: Tree, said: dict[str, Any], expected: list[str]
) -> None:
    page = builders.draft(tree.rug, ProviderPage, "De Brug")
    for name, value in said.items():
        setattr(page, name, value)
    assert builders.fields_refused(page) == expected


@pytest.mark.parametrize(
    ("register", "number", "right"),
    [
        ("big", "12345678904", True),
        ("big", "1234567890", False),
        ("big", "1234567890a", False),
        ("agb", "04012345", True),
        ("agb", "4012345", False),
        ("krf", "123456", True),
        ("krf", "12 34", False),
        ("skf", "123456", True),
        ("skf", "1", False),
    ],
)
def test_a_number_has_the_form_of_its_register(register: str, number: str, right: bool) -> None:
    row = ProviderRegister(register=register, number=number)
    if right:
        row.clean()
    else:
        with pytest.raises(ValidationError) as raised:
            row.clean()
        assert list(raised.value.message_dict) == ["number"]


@pytest.fixture
def provider(tree: Tree) -> Any:
    page = builders.draft(
        tree.rug,
        ProviderPage,
        "De Brug",
        waiting_days=7,
        languages=["nl", "en"],
        insurers="Met alle verzekeraars.",
    )
    page.registers = [ProviderRegister(register="agb", number="04012345")]
    return builders.publish(page)


def test_its_card_says_who_where_and_how_soon(provider: Any) -> None:
    found = render_page(fresh(provider))
    assert found is not None
    said = {
        "practice": "Praktijk De Brug",
        "specialisms": [{"$link": "term:physiotherapist"}],
        "city": "Utrecht",
        "online": False,
        "waiting_days": 7,
        "location": {"lat": 52.0907, "lon": 5.1214},
    }
    assert found.kind == "provider"
    assert said.items() <= (found.card or {}).items()
    assert said.items() <= (found.body or {}).items()
    assert (found.body or {})["registers"] == [{"register": "agb", "number": "04012345"}]
    assert (found.body or {})["languages"] == ["en", "nl"]
    assert (found.text or {})["names"] == ["Praktijk De Brug"]


def test_a_provider_is_no_item_and_so_never_advised(provider: Any) -> None:
    found = render_page(fresh(provider))
    assert found is not None
    assert found.item is None


@pytest.mark.parametrize(("example", "expected"), [(True, ["example_not_reviewed"]), (False, [])])
def test_a_practice_that_does_not_exist_says_so(
    tree: Tree, example: bool, expected: list[str]
) -> None:
    page = builders.live(tree.rug, ProviderPage, "De Brug", example=example)
    found = render_page(fresh(page))
    assert found is not None
    assert [each["kind"] for each in (found.body or {})["must_show"]] == expected


def test_the_finder_follows_what_is_published_and_taken_offline(provider: Any) -> None:
    replica = Replica()
    replica.derive("providers", derive)
    work.number_all()
    replica.refresh()
    wish = Wish("nl", specialism="physiotherapist", near=UTRECHT)
    assert [each.key for each in find(replica.view(), wish, NOW)] == [key(provider)]
    fresh(provider).unpublish()
    work.number_all()
    replica.refresh()
    assert find(replica.view(), wish, NOW) == []


def test_a_specialism_stands_once(tree: Tree) -> None:
    page = builders.live(tree.rug, ProviderPage, "De Brug")
    page.specialisms.add(ProviderSpecialism(term=builders.specialism("podiatrist")))
    page = builders.publish(page)
    found = render_page(page)
    assert found is not None
    assert (found.card or {})["specialisms"] == [
        {"$link": "term:physiotherapist"},
        {"$link": "term:podiatrist"},
    ]


def test_a_copy_of_a_provider_may_go_live(provider: Any) -> None:
    assert reasons_against(fresh(provider)) == []


# --- finding ------------------------------------------------------------------------------


def row(name: str, *, at: Point | None = UTRECHT, locale: str = "nl", **said: Any) -> Row:
    card = {
        "title": name,
        "specialisms": [{"$link": "term:physiotherapist"}],
        "location": {"lat": at.lat, "lon": at.lon} if at else None,
        "online": False,
        "waiting_days": None,
    } | {field: said.pop(field) for field in [*said] if field in {"online", "waiting_days"}}
    if "specialism" in said:
        card["specialisms"] = [{"$link": f"term:{said.pop('specialism')}"}]
    return Row(
        key=f"page:{name}",
        seq=1,
        state=said.pop("state", "live"),
        kind="provider",
        locale=locale,
        translation_key=name,
        path=name,
        former_paths=(),
        valid_from=None,
        valid_until=said.pop("valid_until", None),
        link=b"{}",
        card=orjson.dumps(card),
        body=b"{}",
        item=None,
        text=None,
        hash=name,
    )


def world(*rows: Row) -> View:
    view = View(epoch=1, rows={each.key: each for each in rows})
    return View(epoch=1, rows=view.rows, derived={"providers": derive(None, view, None)})


def names(view: View, **wish: Any) -> list[str]:
    return [
        each.key.removeprefix("page:") for each in find(view, Wish(**{"locale": "nl"} | wish), NOW)
    ]


SOME = world(
    row("maastricht", at=MAASTRICHT, waiting_days=1),
    row("amsterdam", at=AMSTERDAM, waiting_days=14, online=True),
    row("utrecht", waiting_days=7),
    row("nergens", at=None, online=True, waiting_days=3),
    row("onbekend", specialism="psychologist"),
    row("english", locale="en"),
)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({}, ["maastricht", "nergens", "utrecht", "amsterdam", "onbekend"]),
        (
            {"near": UTRECHT, "specialism": "physiotherapist"},
            ["utrecht", "amsterdam", "maastricht", "nergens"],
        ),
        ({"near": MAASTRICHT, "radius": 10}, ["maastricht"]),
        (
            {"near": AMSTERDAM, "radius": 50, "specialism": "physiotherapist"},
            ["amsterdam", "utrecht"],
        ),
        ({"near": UTRECHT, "online": True}, ["amsterdam", "nergens"]),
        ({"online": False, "specialism": "physiotherapist"}, ["maastricht", "utrecht"]),
        ({"specialism": "psychologist"}, ["onbekend"]),
        ({"specialism": "podiatrist"}, []),
        ({"locale": "en"}, ["english"]),
    ],
)
def test_who_fits_is_found_in_order(wish: dict[str, Any], expected: list[str]) -> None:
    assert names(SOME, **wish) == expected


def test_between_two_that_are_as_near_the_shorter_wait_comes_first_then_the_title() -> None:
    view = world(
        row("c", waiting_days=2), row("b", waiting_days=2), row("a"), row("d", waiting_days=1)
    )
    assert names(view, near=UTRECHT) == ["d", "b", "c", "a"]


def test_who_is_hidden_or_has_ended_by_the_clock_is_not_found() -> None:
    ended = row("b", valid_until=NOW)
    view = world(row("a", state="hidden"), ended, row("c", valid_until=NOW + timedelta(seconds=1)))
    assert names(view) == ["c"]


def test_what_changed_is_taken_over_and_what_went_is_gone() -> None:
    before = world(row("a"), row("b"))
    changed = (row("a", state="hidden"), row("c"))
    after = derive(before.derived["providers"], before, changed)
    assert sorted(after) == ["page:b", "page:c"]
    assert isinstance(after["page:c"], Provider)


def test_from_utrecht_to_amsterdam_is_about_35_kilometres() -> None:
    # Dom tower to Dam square, as the crow flies, by any map: 34 to 36 km
    assert 34 < kilometres(UTRECHT, AMSTERDAM) < 36


points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


@given(points, points)
def test_a_distance_is_the_same_both_ways_and_never_more_than_half_the_earth(
    one: Point, other: Point
) -> None:
    there, back = kilometres(one, other), kilometres(other, one)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20_016
    assert kilometres(one, one) == 0
