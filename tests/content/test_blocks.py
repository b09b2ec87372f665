"""Errors in a StreamField stand at the block and the field that cause them."""

from typing import Any
from uuid import UUID

import pytest
from wagtail.blocks.stream_block import StreamBlockValidationError

from cms.content.models import ConditionPage, ExerciseProgramme
from cms.content.streams import with_ids

SECTIONS = ConditionPage._meta.get_field("sections").stream_block
PHASES = ExerciseProgramme._meta.get_field("phases").stream_block


def profile(number: int, start: int, until: int | None, **said: Any) -> dict[str, Any]:
    return {
        "number": number,
        "title": "Herstel",
        "from_days": start,
        "from_included": True,
        "until_days": until,
        "until_included": False,
        "duration": "Kort",
        "characteristics": "<p>Pijn.</p>",
        "advice": "<p>Beweeg.</p>",
    } | said


def recovery(*profiles: dict[str, Any]) -> Any:
    value = {"heading": "Herstel", "aspect": "prognosis", "body": "", "profiles": list(profiles)}
    return SECTIONS.to_python([{"type": "recovery", "value": value}])


def errors_at_profiles(stream: Any) -> dict[int, list[str]]:
    with pytest.raises(StreamBlockValidationError) as raised:
        SECTIONS.clean(stream)
    at = raised.value.block_errors[0].block_errors["profiles"].block_errors
    return {index: sorted(error.block_errors) for index, error in at.items()}


def test_profiles_that_cover_every_day_once_are_fine() -> None:
    closed = {"until_included": True}
    open_start = {"from_included": False}
    SECTIONS.clean(
        recovery(
            profile(1, 0, 42), profile(2, 42, 84, **closed), profile(3, 84, None, **open_start)
        )
    )


@pytest.mark.parametrize(
    ("profiles", "expected"),
    [
        ([profile(1, 0, 42), profile(2, 43, None)], {1: ["from_days"]}),
        ([profile(1, 0, 42), profile(2, 41, None)], {1: ["from_days"]}),
        ([profile(1, 3, None)], {0: ["from_days"]}),
        ([profile(1, 0, 42)], {0: ["until_days"]}),
        ([profile(1, 0, 42), profile(1, 42, None)], {1: ["number"]}),
        (
            [profile(1, 1, 42), profile(1, 50, 84)],
            {0: ["from_days"], 1: ["from_days", "number", "until_days"]},
        ),
    ],
)
def test_a_bad_profile_has_its_errors_at_its_own_fields(
    profiles: list[dict[str, Any]], expected: dict[int, list[str]]
) -> None:
    assert errors_at_profiles(recovery(*profiles)) == expected


def test_a_half_written_draft_may_have_gaps() -> None:
    SECTIONS.clean_deferred(recovery(profile(1, 3, 42)))


def test_an_exercise_says_how_often_it_is_done() -> None:
    exercise = {"name": "Lopen", "instructions": "<p>Loop.</p>", "days_a_week": 9}
    phase = {
        "title": "Begin",
        "weeks": 2,
        "goal": "Bewegen",
        "go_on_when": "Het lukt",
        "exercises": [exercise],
    }
    with pytest.raises(StreamBlockValidationError) as raised:
        PHASES.clean(PHASES.to_python([{"type": "phase", "value": phase}]))
    exercises = raised.value.block_errors[0].block_errors["exercises"]
    assert list(exercises.block_errors[0].block_errors) == ["days_a_week"]


@pytest.mark.parametrize("block", [SECTIONS, PHASES])
def test_no_block_is_named_like_a_method_of_a_dict(block: Any) -> None:
    def names(found: Any) -> set[str]:
        children = getattr(found, "child_blocks", {})
        below = [*children.values()] + (
            [found.child_block] if hasattr(found, "child_block") else []
        )
        return set(children).union(*map(names, below))

    assert names(block).isdisjoint(dir(dict))


def points(*said: Any) -> list[Any]:
    value = {"heading": "A", "aspect": "causes", "body": "", "points": list(said), "image": None}
    return [{"type": "description", "value": value}]


POINT = {"label": "Stress", "text": "<p>Rust.</p>", "term": None}


def test_a_block_without_an_id_gets_one_and_keeps_it() -> None:
    settled = with_ids(SECTIONS, points(POINT))
    assert with_ids(SECTIONS, settled) == settled
    child = settled[0]["value"]["points"][0]
    assert (child["type"], child["value"]) == ("item", POINT)
    assert all(UUID(each["id"]) for each in (settled[0], child))


def test_a_block_with_an_id_is_left_alone() -> None:
    raw = [{"id": "s1"} | points({"type": "item", "id": "p1", "value": POINT})[0]]
    assert with_ids(SECTIONS, raw) == raw
