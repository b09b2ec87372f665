"""Compiling a definition: everything that is wrong is named by its pointer, all of it at once."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from recommender import DefinitionError, Problem, compile_screening
from tests.recommender import builders
from tests.recommender.builders import flag, nl, question, yes

Change = Callable[[dict[str, Any]], Any]


def problems(definition: Any) -> tuple[Problem, ...]:
    with pytest.raises(DefinitionError) as error:
        compile_screening(definition)
    return error.value.problems


def set_in(*path: Any, to: Any) -> Change:
    def change(definition: dict[str, Any]) -> None:
        place: Any = definition
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return change


def drop(*path: Any) -> Change:
    def change(definition: dict[str, Any]) -> None:
        place: Any = definition
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]

    return change


FAULTS: list[tuple[Change, str, str]] = [
    (drop("slug"), "/slug", "is missing"),
    (set_in("slug", to="Lage Rugpijn"), "/slug", "lower-case"),
    (set_in("version", to=0), "/version", "from 1"),
    (set_in("version", to=True), "/version", "whole number"),
    (set_in("price", to=3), "/price", "is not known here"),
    (set_in("locales", to=[]), "/locales", "at least 1"),
    (set_in("title", to={}), "/title/nl", "is missing"),
    (set_in("title", "en", to="text"), "/title/en", "is not known here"),
    (set_in("title", "nl", to=" "), "/title/nl", "not empty"),
    (set_in("labels", "yes", to={}), "/labels/yes/nl", "is missing"),
    (drop("safety_net"), "/safety_net", "is missing"),
    (set_in("review", "kind", to="vague"), "/review/kind", "clinical, demo, editorial"),
    (set_in("review", "until", to="2025-01-01"), "/review/until", "after"),
    (set_in("review", "on", to="1 november"), "/review/on", "2026-11-24"),
    (set_in("promised_seconds", to=10), "/promised_seconds", "55 s"),
    (set_in("questions", to=[]), "/questions", "at least 1"),
    (set_in("questions", 1, "key", to="numb"), "/questions/1/key", "twice"),
    (set_in("questions", 0, "kind", to="body_map"), "/questions/0/kind", "must be one of"),
    (drop("questions", 0, "why"), "/questions/0/why", "is missing"),
    (set_in("questions", 2, "options", 1, "key", to="well"), "/questions/2/options/1/key", "well"),
    (set_in("questions", 2, "options", to=[]), "/questions/2/options", "at least 2"),
    (drop("questions", 8, "options", 2, "exclusive"), "/questions/8/options", "none of these"),
    (set_in("questions", 3, "high", to=-5), "/questions/3/high", "below low"),
    (set_in("questions", 6, "units", to=["moons"]), "/questions/6/units/0", "days"),
    (set_in("questions", 4, "show_if", to={}), "/questions/4/show_if", "needs exactly one of"),
    (set_in("facts", "alarm", "any", 0, "answer", to="x"), "/facts/alarm/any/0/answer", "numb"),
    (set_in("facts", "alarm", "any", 0, "is", to="yes"), "/facts/alarm/any/0/is", "true or false"),
    (set_in("facts", "alarm", "any", to=[]), "/facts/alarm/any", "at least 1"),
    (set_in("facts", "profile", to=yes("numb")), "/facts/profile", "another name"),
    (set_in("facts", "one", to={"fact": "two", "is": True}), "/facts/one/fact", "may be read here"),
    (set_in("facts", "one", to={"not": 3}), "/facts/one/not", "must be an object"),
    (
        set_in("facts", "one", to={"at_least": 3, "of": [yes("numb")]}),
        "/facts/one",
        "number of parts",
    ),
    (
        set_in("facts", "one", to={"answer": "ill", "between": {"at_least": 3}}),
        "/facts/one/between",
        "not a number",
    ),
    (
        set_in("facts", "one", to={"answer": "duration", "is": "long"}),
        "/facts/one/is",
        "whole number",
    ),
    (
        set_in("facts", "one", to={"answer": "ill", "in": ["fever", "chills"]}),
        "/facts/one/in/1",
        "well",
    ),
    (
        set_in("facts", "one", to={"answer": "numb", "is": True, "in": [True]}),
        "/facts/one",
        "exactly one of: is, in, between",
    ),
    (
        set_in("facts", "one", to={"all": [yes("numb")], "any": [yes("weak")]}),
        "/facts/one",
        "needs exactly one of",
    ),
    (set_in("profiles", "of", to="numb"), "/profiles/of", "duration"),
    (drop("profiles"), "/profiles", "is missing"),
    (
        set_in("factors", "kidney_disease", to=yes("numb")),
        "/constraints/kidney_disease",
        "one name for one thing",
    ),
    (set_in("flags", 0, "colour", to="pink"), "/flags/0/colour", "black, blue, orange, red"),
    (set_in("flags", 0, "colour", to="yellow"), "/flags/0", "must be red"),
    (set_in("flags", 0, "unknown", to="ask"), "/flags/0", "unknown is never no"),
    (set_in("flags", 0, "unknown", to="ignore"), "/flags/0", "unknown is never no"),
    (set_in("flags", 2, "unknown", to="ignore"), "/flags/2", "unknown is never no"),
    (drop("flags", 0, "citation"), "/flags/0/citation", "is missing"),
    (drop("flags", 0, "when"), "/flags/0/when", "is missing"),
    (set_in("flags", 1, "key", to="alarm_signs"), "/flags/1/key", "twice"),
    (set_in("flags", 3, "suppresses", to=[{}]), "/flags/3/suppresses/0", "select by at least one"),
    (drop("where_to_go", "appointment"), "/where_to_go/appointment", "is missing"),
    (drop("outcomes", 0, "when"), "/outcomes/0/when", "only the last row"),
    (set_in("outcomes", 0, "when", to={}), "/outcomes/0/when", "at least one fact"),
    (set_in("outcomes", 0, "when", to={"alarm": []}), "/outcomes/0/when/alarm", "at least one"),
    (set_in("outcomes", 0, "when", to={"x": True}), "/outcomes/0/when/x", "is no fact"),
    (set_in("outcomes", 0, "when", to={"profile": 4}), "/outcomes/0/when/profile", "1, 2, 3"),
    (set_in("outcomes", 3, "when", to={"profile": 1}), "/outcomes/3/when", "always holds"),
    (set_in("outcomes", 1, "key", to="profile_1"), "/outcomes/1/key", "twice"),
    (set_in("tests", to=[]), "/tests", "at least 1"),
    (set_in("tests", 0, "expect", "status", to="complete"), "/tests/0/expect/status", "stopped"),
    (set_in("tests", 0, "expect", "colour", to="red"), "/tests/0/expect/colour", "is not known"),
    (drop("tests", 0, "expect", "status"), "/tests/0/expect/status", "is missing"),
    (set_in("tests", 0, "answers", "numb", to="yes"), "/tests/0/answers/numb", "true or false"),
    (set_in("tests", 0, "answers", "x", to=True), "/tests/0/answers/x", "is no question"),
]


@pytest.mark.parametrize(("change", "pointer", "says"), FAULTS, ids=[row[1] for row in FAULTS])
def test_a_fault_is_named_at_its_place(change: Change, pointer: str, says: str) -> None:
    definition = builders.definition()
    change(definition)

    found = problems(definition)

    assert any(p.pointer == pointer and says in p.message for p in found), found


@given(st.sets(st.sampled_from(range(len(FAULTS))), min_size=2, max_size=4))
def test_faults_in_several_places_are_all_named_at_once(chosen: set[int]) -> None:
    """Only vectors wait: a definition with other faults cannot be run."""
    rows = [FAULTS[index] for index in sorted(chosen)]
    tops = {pointer.split("/")[1] for _, pointer, _ in rows}
    apart = len(tops) == len(rows) and "locales" not in tops and "questions" not in tops
    definition = builders.definition()
    assume(apart)
    for change, _, _ in rows:
        change(definition)

    found = {problem.pointer for problem in problems(definition)}

    assert {pointer for _, pointer, _ in rows if not pointer.startswith("/tests/")} <= found


@pytest.mark.parametrize("definition", [None, [], "text", 3, {1: 2}])
def test_what_is_no_object_is_refused(definition: Any) -> None:
    assert "must be an object" in problems(definition)[0].message


def test_a_question_that_nothing_reads_may_not_be_asked() -> None:
    definition = builders.definition()
    definition["questions"].append(question("curious"))

    assert [p.pointer for p in problems(definition)] == ["/questions/11"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (drop("slug"), "missing"),
        (set_in("price", to=3), "unknown_field"),
        (set_in("version", to=0), "wrong_value"),
        (set_in("questions", 1, "key", to="numb"), "twice"),
        (set_in("facts", "alarm", "any", 0, "answer", to="x"), "unknown_reference"),
        (set_in("outcomes", 0, "when", to={"x": True}), "unknown_reference"),
        (set_in("factors", "kidney_disease", to=yes("numb")), "name_taken"),
        (set_in("questions", 1, "show_if", to=yes("numb")), "emergency_skippable"),
        (set_in("questions", 2, "show_if", to=yes("low_mood")), "loop"),
        (set_in("questions", 8, "show_if", to=yes("low_mood")), "skipped_means"),
        (set_in("factors", to={}), "idle"),
        (set_in("promised_seconds", to=10), "promise_broken"),
        (set_in("tests", 0, "expect", "status", to="complete"), "vector"),
        (set_in("profiles", "bands", 0, "below", to=41), "gap"),
        (set_in("profiles", "bands", 0, "below", to=43), "overlap"),
    ],
)
def test_every_problem_has_the_name_of_the_rule_that_it_breaks(change: Change, code: str) -> None:
    definition = builders.definition()
    change(definition)

    assert code in {problem.code for problem in problems(definition)}


def test_nesting_has_a_limit() -> None:
    deep: Any = yes("numb")
    for _ in range(2000):
        deep = {"not": deep}

    found = problems(builders.definition(facts={"alarm": deep}))

    assert any("deeper than" in problem.message for problem in found)


def test_every_text_is_given_in_every_locale() -> None:
    found = problems(builders.definition(locales=["nl", "en"]))

    missing = {p.pointer for p in found if p.pointer.endswith("/en")}
    assert {"/title/en", "/questions/0/text/en", "/questions/2/options/0/label/en"} <= missing


def test_compiling_leaves_the_definition_as_it_was_and_hashes_it() -> None:
    definition = builders.definition()
    before = deepcopy(definition)

    one, other = compile_screening(definition), compile_screening(builders.definition())

    assert definition == before
    assert one.hash == other.hash
    assert compile_screening(builders.definition(title=nl("anders"))).hash != one.hash


@pytest.mark.parametrize("unknown", ["refer", "ask", "ignore"])
def test_only_flags_that_are_neither_red_nor_urgent_may_ignore_what_is_unknown(
    unknown: str,
) -> None:
    definition = builders.definition()
    definition["flags"][3] = flag(
        "mood", yes("low_mood"), colour="yellow", urgency="appointment", unknown=unknown
    )

    assert compile_screening(definition).flags[3].unknown == unknown
