"""A condition's default advice: for somebody of whom nothing is known."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest
from pytest_django import Settings

from cms.advice.defaults import composed, default_advice, next_turn
from cms.published.view import COPY_ADVISABLE, View
from tests.advice.shelves import NOON, item_row, row, view
from tests.recommender import builders

HOUR = timedelta(hours=1)
MIDNIGHT = datetime.fromisoformat("2026-11-25T00:00:00+01:00")  # in the Netherlands


@pytest.fixture(autouse=True)
def in_a_demonstration(settings: Settings) -> None:
    settings.DEMO = True


def back(**columns: Any) -> Any:
    made = row("page:9", 1, kind="condition", link={"condition": "lage-rugpijn"}, **columns)
    notice = {"kind": "safety_net", "text": "Bel je huisarts als je been slapper wordt."}
    return replace(made, body=orjson.dumps({"must_show": [notice]}))


def shelf(*items: dict[str, Any], **columns: Any) -> View:
    rows = [item_row(f"page:{n}", each, **columns) for n, each in enumerate(items, 10)]
    return view([back(), *rows])


def default(seen: View, condition: str = "lage-rugpijn", locale: str = "nl") -> Any:
    found = default_advice(seen, condition, locale, NOON)
    return None if found is None else found.shown


def keys(seen: View) -> list[str]:
    return [item["key"] for slot in default(seen)["slots"] for item in slot["items"]]


@pytest.mark.parametrize(
    ("item", "shown"),
    [
        (builders.item(), True),
        (builders.item(constraints=[builders.note("pregnancy", "ask_first")]), True),
        (builders.item(constraints=[builders.note("pregnancy", "avoid")]), False),
        (builders.item(profiles=[1]), False),
        (builders.item(profiles=[1, 2, 3]), True),
        (builders.item(conditions=["nekpijn"]), False),
        (builders.item(guideline_stance="against"), False),
        (builders.item(locale="en"), False),
    ],
)
def test_what_is_shown_to_somebody_of_whom_nothing_is_known(
    item: dict[str, Any], shown: bool
) -> None:
    """Law 8."""
    assert keys(shelf(item)) == (["page:10"] if shown else [])


def test_what_the_page_says_of_alarm_signs_goes_with_it() -> None:
    """Nobody asked this visitor about them."""
    notices = default(shelf(builders.item()))["must_show"]

    assert {"kind": "safety_net", "text": "Bel je huisarts als je been slapper wordt."} in notices


def test_it_names_nobody() -> None:
    outcome = default(shelf(builders.item()))["outcome"]

    assert outcome["conditions"] == ["lage-rugpijn"]
    assert (outcome["outcome"], outcome["screening"], outcome["profile"]) == ("default", None, None)
    assert not any(outcome[name] for name in ("signals", "factors", "constraints", "flags"))


@pytest.mark.parametrize(
    ("condition", "locale"), [("nekpijn", "nl"), ("lage-rugpijn", "en"), ("", "nl")]
)
def test_a_condition_without_a_page_has_none(condition: str, locale: str) -> None:
    assert default(shelf(builders.item()), condition, locale) is None


@pytest.mark.parametrize(
    "columns", [{"state": "hidden"}, {"state": "gone"}, {"valid_until": NOON - HOUR}]
)
def test_a_condition_whose_page_is_not_live_has_none(columns: dict[str, Any]) -> None:
    assert default(view([back(**columns)])) is None


@pytest.mark.parametrize(
    ("columns", "turns"),
    [
        ({}, MIDNIGHT),
        ({"valid_until": NOON + HOUR}, NOON + HOUR),
        ({"valid_from": NOON + 2 * HOUR}, NOON + 2 * HOUR),
        ({"valid_from": NOON - HOUR, "valid_until": NOON + 30 * HOUR}, MIDNIGHT),
        ({"valid_until": NOON - HOUR}, MIDNIGHT),
    ],
)
def test_it_holds_until_the_clock_changes_something(
    columns: dict[str, Any], turns: datetime
) -> None:
    seen = shelf(builders.item(), **columns)

    assert next_turn(seen, NOON) == turns
    made = composed(seen, "lage-rugpijn", "nl", NOON)
    assert made is not None
    assert made.expires == turns


def test_a_copy_from_disk_is_advised_from_for_an_hour_only() -> None:
    seen = replace(shelf(builders.item()), copied_at=NOON - COPY_ADVISABLE / 2)

    assert next_turn(seen, NOON) == NOON + COPY_ADVISABLE / 2


def test_the_same_question_has_the_same_bytes_and_another_moment_its_own() -> None:
    seen = shelf(builders.item(), valid_until=NOON + HOUR)
    first, again, later = (
        composed(seen, "lage-rugpijn", "nl", at) for at in (NOON, NOON + HOUR / 2, NOON + 2 * HOUR)
    )

    assert first is again
    assert first is not None
    assert later is not None
    assert first.etag != later.etag
    assert orjson.loads(later.body)["slots"] == []


def test_it_says_every_key_in_it_for_those_who_purge_caches() -> None:
    made = composed(shelf(builders.item()), "lage-rugpijn", "nl", NOON)

    assert made is not None
    assert made.tags == ("page:10", "page:9")
