"""Named facts: criteria, choices, bands of amounts, scores, flags, and whether a red one is up."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import Assessment, Complete, DefinitionError, Problem, compile_screening, evaluate
from tests.recommender.builders import flag, nl, options, question, score, small, yes
from tests.recommender.laws import law

UNKNOWN = {"unknown": "dont_know"}
LESSER = {"colour": "yellow", "urgency": "appointment", "unknown": "ignore"}


def problems(definition: dict[str, Any]) -> tuple[Problem, ...]:
    try:
        compile_screening(definition)
    except DefinitionError as error:
        return error.problems
    return ()


def row(key: str, **when: Any) -> dict[str, Any]:
    return {"key": key, "when": when, "conditions": [], "summary": nl()}


LAST = {"key": "undetermined", "conditions": [], "summary": nl()}
WEEKS = {"value": 6, "unit": "weeks"}
ASKED = [
    question("course", "single", options=options("better", "same", "worse")),
    question("sleepless"),
    question("lasted", "duration", units=["days", "weeks"]),
    question("worry", "scale", low=0, high=10, low_label=nl(), high_label=nl()),
    question("age", "number", unit="x", low=0, high=120, decimals=1),
]
FINE: dict[str, Any] = {
    "numb": False,
    "course": "better",
    "sleepless": False,
    "lasted": {"value": 3, "unit": "weeks"},
    "worry": 0,
    "age": 40,
}


def table(*rows: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """Rows over facts; every question is read by a factor, so that none is idle."""
    factors = {
        "course": {"answer": "course", "is": "same"},
        "sleepless": yes("sleepless"),
        "lasted": {"answer": "lasted", "between": {"at_least": 1}},
        "worry": {"answer": "worry", "is": 1},
        "age": {"answer": "age", "is": 1},
    }
    return small(*ASKED, facts=facts, factors=factors, outcomes=[*rows, LAST])


def outcome(definition: dict[str, Any], **answers: Any) -> str:
    result = evaluate(compile_screening(definition), {**FINE, **answers})
    assert isinstance(result, Complete)
    assert isinstance(result.outcome, Assessment)
    return result.outcome.outcome


SHORT_OR_LONG = {
    "of": "lasted",
    "bands": [{"band": "short", "below": WEEKS}, {"band": "long", "at_least": WEEKS}],
}


@pytest.mark.parametrize(
    ("fact", "when", "answers", "holds"),
    [
        ({"choice": "course"}, "better", {}, True),
        ({"choice": "course"}, ["same", "worse"], {"course": "worse"}, True),
        ({"choice": "course"}, ["same", "worse"], {}, False),
        ({"choice": "course"}, "better", {"course": UNKNOWN}, False),
        ({"choice": "sleepless"}, True, {"sleepless": True}, True),
        ({"choice": "sleepless"}, False, {}, True),
        (SHORT_OR_LONG, "short", {}, True),
        (SHORT_OR_LONG, "short", {"lasted": {"value": 41, "unit": "days"}}, True),
        (SHORT_OR_LONG, "short", {"lasted": {"value": 42, "unit": "days"}}, False),
        (SHORT_OR_LONG, "long", {"lasted": WEEKS}, True),
        (SHORT_OR_LONG, ["short", "long"], {"lasted": UNKNOWN}, False),
        (yes("sleepless"), True, {"sleepless": True}, True),
    ],
)
def test_a_row_reads_a_fact_of_each_shape(
    fact: dict[str, Any], when: Any, answers: dict[str, Any], holds: bool
) -> None:
    found = outcome(table(row("first", named=when), named=fact), **answers)

    assert found == ("first" if holds else "undetermined")


@pytest.mark.parametrize(
    ("bands", "at", "code"),
    [
        ([{"below": 3}, {"at_least": 4}], 1, "gap"),
        ([{"at_most": 3}, {"at_least": 4}], None, ""),  # whole numbers: nothing is in between
        ([{"at_most": 3}, {"above": 3}], None, ""),
        ([{"at_most": 3}, {"at_least": 3}], 1, "overlap"),
        ([{"at_least": 1, "at_most": 3}, {"above": 3}], 0, "gap"),
        ([{"at_least": 0, "at_most": 3}, {"above": 3, "at_most": 10}], None, ""),
        ([{"at_most": 3}, {"above": 3, "at_most": 9}], 1, "gap"),
        ([{"at_most": 10}, {"above": 10}], 1, "unreachable"),
        ([{"at_most": 3}, {"above": 3, "below": 4}, {"at_least": 4}], 1, "unreachable"),
    ],
)
def test_bands_of_a_scale_cover_it_exactly_once(
    bands: list[dict[str, int]], at: int | None, code: str
) -> None:
    named = [{"band": f"b{number}", **band} for number, band in enumerate(bands)]
    found = problems(table(worries={"of": "worry", "bands": named}))

    expected = [] if at is None else [(f"/facts/worries/bands/{at}", code)]
    assert [(p.pointer, p.code) for p in found] == expected


def test_bands_stand_in_rising_order() -> None:
    bands = [{"band": "high", "above": 3}, {"band": "low", "at_most": 3}]

    found = problems(table(worries={"of": "worry", "bands": bands}))

    assert ("/facts/worries/bands/1", "overlap") in [(p.pointer, p.code) for p in found]


@pytest.mark.parametrize(
    ("bands", "fits"),
    [
        ([{"at_most": 3}, {"at_least": 4}], False),  # 3.5 years lies in neither
        ([{"at_most": 3}, {"above": 3}], True),
    ],
)
def test_bands_of_a_number_with_decimals_leave_none_out(
    bands: list[dict[str, int]], fits: bool
) -> None:
    named = [{"band": f"b{number}", **band} for number, band in enumerate(bands)]

    assert (problems(table(ages={"of": "age", "bands": named})) == ()) == fits


edges = st.lists(st.integers(1, 10), min_size=1, max_size=4, unique=True).map(sorted)


@law
@given(edges, st.data())
def test_bands_that_are_accepted_hold_every_answer_in_exactly_one(
    cuts: list[int], data: st.DataObject
) -> None:
    """Seams written in any of four ways: only those that fit are accepted."""
    ways = [data.draw(st.sampled_from(["below", "at_most"])) for _ in cuts]
    others = [data.draw(st.sampled_from(["at_least", "above"])) for _ in cuts]
    bands: list[dict[str, Any]] = [{"band": f"b{number}"} for number in range(len(cuts) + 1)]
    for index, cut in enumerate(cuts):
        bands[index][ways[index]] = cut
        bands[index + 1][others[index]] = cut

    accepted = problems(table(worries={"of": "worry", "bands": bands})) == ()

    def holds(band: dict[str, Any], value: int) -> bool:
        return (
            value >= band.get("at_least", 0)
            and value > band.get("above", -1)
            and value <= band.get("at_most", 10)
            and value < band.get("below", 11)
        )

    counts = [sum(holds(band, value) for band in bands) for value in range(11)]
    used = all(any(holds(band, value) for value in range(11)) for band in bands)
    assert accepted == (set(counts) == {1} and used)


@pytest.mark.parametrize(
    ("fact", "pointer", "says"),
    [
        ({"choice": "worry"}, "choice", "course, numb, sleepless"),
        ({"choice": "course", "is": "same"}, "is", "not known here"),
        ({"of": "course", "bands": [{}, {}]}, "of", "age, lasted, worry"),
        ({"of": "worry", "bands": [{"band": "a", "at_least": 0}]}, "bands", "at least 2"),
        (
            {"of": "worry", "bands": [{"band": "a", "at_most": 3}, {"band": "a", "above": 3}]},
            "bands/1/band",
            "twice",
        ),
        (
            {"of": "worry", "bands": [{"band": "a", "at_most": WEEKS}, {"band": "b", "above": 3}]},
            "bands/0/at_most",
            "whole number",
        ),
        ({"flag": "alarm_signs", "is": True}, "flag", "may be read here"),  # flags read facts
    ],
)
def test_a_fault_in_a_fact_is_named_at_its_place(
    fact: dict[str, Any], pointer: str, says: str
) -> None:
    found = problems(table(named=fact))

    assert any(p.pointer == f"/facts/named/{pointer}" and says in p.message for p in found), found


def test_rows_read_flags_by_name_and_a_pair_raises_the_level() -> None:
    """Two lesser flags that together are an emergency (domain.md 1.4, deficit and progressive)."""
    definition = small(question("weak"), question("grows"))
    definition["flags"] += [
        flag("weak_leg", yes("weak"), urgency="within_24_hours"),
        flag("weakness_grows", yes("grows"), urgency="within_24_hours"),
        flag(
            "deficit_now",
            {"all": [{"flag": "weak_leg", "is": True}, {"flag": "weakness_grows", "is": True}]},
        ),
    ]
    screening = compile_screening(definition)

    def urgency(weak: Any, grows: Any) -> tuple[str, str]:
        result = evaluate(screening, {"numb": False, "weak": weak, "grows": grows})
        found = result.outcome  # type: ignore[union-attr]
        return result.status, getattr(found, "urgency", "none")

    assert urgency(True, True) == ("stopped", "emergency_now")
    assert urgency(True, False) == ("complete", "within_24_hours")
    assert urgency(False, True) == ("complete", "within_24_hours")
    assert urgency(False, False) == ("complete", "none")
    assert urgency(True, UNKNOWN) == ("stopped", "emergency_now")


def test_a_question_that_an_emergency_pair_reads_is_never_skipped() -> None:
    definition = small(question("weak"), question("grows", show_if=yes("weak")))
    definition["flags"] += [
        flag("grows_fast", yes("grows"), urgency="within_24_hours"),
        flag("pair", {"all": [{"flag": "grows_fast", "is": True}, yes("weak")]}),
    ]

    found = problems(definition)

    assert [(p.pointer, p.code) for p in found] == [("/questions/2/show_if", "emergency_skippable")]


def test_a_flag_reads_only_the_flags_above_it_so_there_is_no_loop() -> None:
    definition = small(question("weak"))
    definition["flags"] += [
        flag("first", {"flag": "second", "is": True}),
        flag("second", {"any": [yes("weak"), {"flag": "first", "is": True}]}),
    ]

    assert [p.pointer for p in problems(definition)] == ["/flags/1/when/flag"]


RED = flag("ill", yes("sleepless"), urgency="appointment", unknown="ask")


@pytest.mark.parametrize(
    ("sleepless", "found"),
    [(False, "calm"), (UNKNOWN, "undetermined")],
)
def test_nobody_is_reassured_while_a_red_flag_is_left_unknown(sleepless: Any, found: str) -> None:
    definition = table(row("calm", red_flag=False))
    definition["flags"].append(RED)
    definition["questions"].insert(1, definition["questions"].pop(2))

    assert outcome(definition, sleepless=sleepless) == found


def test_a_row_can_read_a_flag_that_goes_with_the_advice() -> None:
    definition = table(row("tired", tired_flag=True))
    definition["flags"].append(flag("tired_flag", yes("sleepless"), **LESSER))
    definition["questions"].insert(1, definition["questions"].pop(2))

    assert outcome(definition, sleepless=True) == "tired"
    assert outcome(definition, sleepless=False) == "undetermined"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"facts": {"profile": yes("numb")}}, "/facts/profile"),
        ({"facts": {"red_flag": yes("numb")}}, "/facts/red_flag"),
        ({"facts": {"alarm_signs": yes("numb")}}, "/flags/0/key"),
        ({"facts": {"total": yes("numb")}}, "/facts/total"),
        ({"facts": {"part": yes("numb")}}, "/facts/part"),
        ({"flags": [flag("total", yes("numb"))]}, "/flags/0/key"),
        ({"flags": [flag("part", yes("numb"))]}, "/flags/0/key"),
        ({"flags": [flag("red_flag", yes("numb"))]}, "/flags/0/key"),
    ],
)
def test_facts_flags_scores_and_subscales_share_their_names(
    changes: dict[str, Any], pointer: str
) -> None:
    parts = [{"key": "part", "title": nl(), "of": ["worry"]}]
    definition = small(ASKED[3], scores=[score({"question": "worry"}, subscales=parts)], **changes)

    found = [p for p in problems(definition) if p.code == "name_taken"]

    assert [p.pointer for p in found] == [pointer]


def test_a_screening_says_that_it_has_no_profiles() -> None:
    definition = small()
    assert problems(definition) == ()

    found = evaluate(compile_screening(definition), {"numb": False}).outcome  # type: ignore[union-attr]
    assert found.profile is None

    definition["factors"] = {"x": {"fact": "profile", "is": 1}}
    assert [p.pointer for p in problems(definition)] == ["/factors/x/fact"]

    del definition["factors"], definition["profiles"]
    assert [(p.pointer, p.code) for p in problems(definition)] == [("/profiles", "missing")]
