"""Skipping: it hides no flag, rules out only what the author says, and lowers no urgency.

A question that branching skips counts as no. So a constraint that reads it must say whether that
no is meant, and a flag that holds because of it needs the same condition as the question itself.
"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import (
    Assessment,
    Complete,
    DefinitionError,
    InProgress,
    Problem,
    Screening,
    compile_screening,
    evaluate,
)
from tests.recommender.builders import flag, nl, options, question, score, small, yes
from tests.recommender.laws import law

UNKNOWN = {"unknown": "dont_know"}


def problems(definition: dict[str, Any]) -> tuple[Problem, ...]:
    try:
        compile_screening(definition)
    except DefinitionError as error:
        return error.problems
    return ()


def medicines(**more: Any) -> dict[str, Any]:
    """Medicines are asked only of those who have had it long."""
    asked = question(
        "medicines", "several", options=options("iron", none=True), show_if=yes("long"), **more
    )
    return small(
        question("long"),
        asked,
        constraints={"iron": {"answer": "medicines", "is": "iron"}},
    )


@pytest.mark.parametrize(
    ("means", "answers", "constraints", "unknown", "ruled_out"),
    [
        ("excluded", {"long": False}, set(), set(), True),
        ("not_asked", {"long": False}, set(), set(), False),
        ("excluded", {"long": True, "medicines": ["none"]}, set(), set(), True),
        ("not_asked", {"long": True, "medicines": ["none"]}, set(), set(), True),
        ("not_asked", {"long": True, "medicines": ["iron"]}, {"iron"}, set(), False),
        ("not_asked", {"long": True, "medicines": UNKNOWN}, set(), {"iron"}, False),
    ],
)
def test_skipping_rules_a_constraint_out_only_where_the_author_says_so(
    means: str, answers: dict[str, Any], constraints: set[str], unknown: set[str], ruled_out: bool
) -> None:
    screening = compile_screening(medicines(skipped_means=means))

    result = evaluate(screening, {"numb": False, **answers})

    assert isinstance(result, Complete)
    assert isinstance(result.outcome, Assessment)
    assert result.outcome.constraints == constraints
    assert result.outcome.unknown_constraints == unknown
    assert ("iron" in result.outcome.ruled_out) == ruled_out


def test_a_question_that_a_constraint_reads_must_say_what_skipping_it_means() -> None:
    (problem,) = problems(medicines())

    assert (problem.pointer, problem.code) == ("/questions/2/skipped_means", "skipped_means")
    assert "constraint iron reads this question" in problem.message


def test_that_holds_through_a_fact_too() -> None:
    definition = medicines()
    definition["facts"] = {"takes_iron": {"not": {"answer": "medicines", "is": "none"}}}
    definition["constraints"] = {"iron": {"fact": "takes_iron", "is": True}}

    assert [p.code for p in problems(definition)] == ["skipped_means"]


@pytest.mark.parametrize(
    ("reader", "named"),
    [
        (
            {"flags": [flag("f", yes("x"), urgency="appointment", unknown="ask")]},
            "flag f",
        ),
        (
            {
                "facts": {"x": {"choice": "x"}},
                "outcomes": [
                    {"key": "r", "when": {"x": True}, "conditions": [], "summary": nl()},
                    {"key": "undetermined", "conditions": [], "summary": nl()},
                ],
            },
            "row r",
        ),
        ({"questions": [question("later", show_if=yes("x"))]}, "show_if of later"),
    ],
)
def test_what_must_come_to_an_end_may_not_read_a_question_that_stays_open(
    reader: dict[str, Any], named: str
) -> None:
    asked = question("x", show_if=yes("long"), skipped_means="not_asked")
    definition = small(question("long"), asked, factors={"x": yes("x")})
    for name, value in reader.items():
        if isinstance(value, list) and name != "outcomes":
            definition[name] += value
        else:
            definition[name] = value
    if "questions" in reader:
        definition["factors"]["later"] = yes("later")

    found = [p for p in problems(definition) if p.code == "skipped_means"]

    assert [p.pointer for p in found] == ["/questions/2/skipped_means"]
    assert named in found[0].message


LESSER = {"urgency": "appointment", "unknown": "ask"}
GATE = {"fact": "gate", "is": True}
SIGNS = [{"answer": "signs", "is": key} for key in ("a", "b", "c", "d")]
THREE = {"exactly": 3, "of": SIGNS}


def signs(*flags: dict[str, Any], show_if: Any = None, **facts: Any) -> dict[str, Any]:
    """Signs are asked only beyond a gate: long enough, and since young enough."""
    definition = small(
        question("long"),
        question("young"),
        question(
            "signs",
            "several",
            options=options("a", "b", "c", "d", none=True),
            show_if=show_if or GATE,
        ),
    )
    definition["facts"] = {"gate": {"all": [yes("long"), yes("young")]}, **facts}
    definition["flags"] += flags
    return definition


@pytest.mark.parametrize(
    "when",
    [
        THREE,
        {"not": SIGNS[0]},
        {"all": [yes("long"), {"not": SIGNS[0]}]},  # half of the gate is not the gate
        {"any": [GATE, THREE]},
        {"fact": "three", "is": True},
        {"fact": "some", "is": False},
        {"fact": "chosen", "in": [True, False]},
        {"not": {"not": THREE}},
    ],
)
def test_a_flag_that_a_skipped_question_could_raise_is_refused(when: dict[str, Any]) -> None:
    definition = signs(flag("f", when, **LESSER), three=THREE, some=SIGNS[0], chosen=SIGNS[0])

    found = problems(definition)

    assert [(p.pointer, p.code) for p in found] == [("/flags/1/when", "skippable_negated")]
    assert "make its show_if the gate of this flag" in found[0].message


@pytest.mark.parametrize("gate", [None, GATE])
def test_a_flag_that_reads_a_score_needs_the_gate_of_each_question_that_it_counts(
    gate: dict[str, Any] | None,
) -> None:
    """A missing answer can raise a score as well as lower it."""
    counted = score({"question": "signs", "count": True}, key="count")
    gated = {"gate": gate} if gate else {}
    made = flag("f", {"score": "count", "between": {"at_least": 1}}, **gated, **LESSER)

    found = problems({**signs(made), "scores": [counted]})

    assert [p.code for p in found] == ([] if gate else ["skippable_negated"])


@pytest.mark.parametrize(
    "flags",
    [
        [flag("f", THREE, gate=GATE, **LESSER)],
        [flag("f", {"all": [GATE, THREE]}, **LESSER)],
        [flag("f", {"all": [yes("young"), yes("long"), THREE]}, **LESSER)],
        [flag("f", {"at_least": 3, "of": SIGNS}, **LESSER)],  # skipping cannot raise this one
        [flag("f", {"not": {"not": SIGNS[0]}}, **LESSER)],
        [flag("f", {"fact": "some", "is": True}, **LESSER)],
        [
            flag("a", THREE, gate=GATE, **LESSER),
            flag("f", {"all": [GATE, {"flag": "a", "is": False}]}, **LESSER),
        ],
        [flag("f", {"all": [GATE, {"fact": "some", "is": False}]}, **LESSER)],
    ],
)
def test_a_flag_with_the_gate_of_the_question_is_taken(flags: list[dict[str, Any]]) -> None:
    assert problems(signs(*flags, some=SIGNS[0])) == ()


@pytest.mark.parametrize("known", [True, False])
def test_a_flag_with_a_gate_is_told_by_exact_numbers(known: bool) -> None:
    """Exactly 3 and at least 4 of the criteria, beyond a gate (domain.md 1.4)."""
    four = flag("four", {"at_least": 4, "of": SIGNS}, gate=GATE, **LESSER)
    three = flag("three", THREE, gate=GATE, colour="orange", **LESSER)
    screening = compile_screening(signs(four, three))
    beyond = {"numb": False, "long": True, "young": known}

    raised = {
        count: [f.key for f in evaluate(screening, {**beyond, "signs": found}).outcome.flags]  # type: ignore[union-attr]
        for count, found in ((2, ["a", "b"]), (3, ["a", "b", "c"]), (4, ["a", "b", "c", "d"]))
    }

    assert raised == ({2: [], 3: ["three"], 4: ["four"]} if known else {2: [], 3: [], 4: []})
    assert (screening.flags[1].gate, screening.flags[0].gate) == (screening.flags[2].gate, None)


@pytest.mark.parametrize(
    "when",
    [
        {"fact": "band", "is": "short"},
        {"not": {"fact": "band", "is": "short"}},
        {"not": {"fact": "profile", "is": 1}},
    ],
)
def test_a_band_that_is_skipped_is_unknown_so_it_needs_no_gate(when: dict[str, Any]) -> None:
    bands = [{"band": "short", "below": 42}, {"band": "long", "at_least": 42}]
    definition = small(
        question("hurts"),
        question("duration", "duration", units=["days"], show_if=yes("hurts")),
        facts={"band": {"of": "duration", "bands": bands}},
        profiles={
            "of": "duration",
            "bands": [
                {"profile": 1, "below": 42},
                {"profile": 2, "at_least": 42, "at_most": 84},
                {"profile": 3, "above": 84},
            ],
        },
    )
    definition["flags"].append(flag("f", when, **LESSER))

    assert problems(definition) == ()


MANY = compile_screening(
    {
        **signs(
            flag("four", {"at_least": 4, "of": SIGNS}, gate=GATE, **LESSER),
            flag("three", THREE, gate=GATE, colour="orange", **LESSER),
            flag("ill", {"answer": "more", "is": True}, urgency="within_24_hours"),
            flag(
                "both",
                {"all": [{"flag": "ill", "is": True}, {"fact": "some", "is": True}]},
                urgency="emergency_now",
            ),
            some={"any": [yes("long"), yes("young")]},
        ),
        "questions": [
            question("numb"),
            question("long"),
            question("young"),
            question("more"),
            question(
                "signs", "several", options=options("a", "b", "c", "d", none=True), show_if=GATE
            ),
        ],
    }
)
yes_or_no = st.booleans() | st.just(UNKNOWN)
some_answers = st.fixed_dictionaries(
    {},
    optional={
        "numb": yes_or_no,
        "long": yes_or_no,
        "young": yes_or_no,
        "more": yes_or_no,
        "signs": st.just(["none"])
        | st.lists(st.sampled_from("abcd"), min_size=1, unique=True)
        | st.just(UNKNOWN),
    },
)


def certain(screening: Screening, answers: dict[str, Any]) -> set[str] | None:
    """The flags that are certainly up; None while the screening goes on."""
    result = evaluate(screening, answers)
    if isinstance(result, InProgress):
        return None
    return {f.key for f in result.outcome.flags if f.certainty == "sure"}


@law
@given(some_answers, some_answers)
def test_adding_an_answer_never_takes_a_certain_flag_away(
    answers: dict[str, Any], more: dict[str, Any]
) -> None:
    before, after = evaluate(MANY, answers), evaluate(MANY, {**more, **answers})

    if before.status == "stopped":
        assert after.status == "stopped"
    elif before.status == after.status == "complete":
        assert (certain(MANY, answers) or set()) <= (certain(MANY, {**more, **answers}) or set())


pieces = st.sampled_from(
    [
        *SIGNS[:3],
        GATE,
        yes("long"),
        {"fact": "some", "is": True},
        {"fact": "some", "is": False},
        {"score": "count", "between": {"at_least": 1}},
        {"answer": "long", "is": False},
    ]
)


def joined(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        st.builds(lambda part: {"not": part}, parts),
        st.builds(lambda some: {"all": some}, several),
        st.builds(lambda some: {"all": [GATE, *some]}, several),
        st.builds(lambda some: {"any": some}, several),
        st.builds(lambda some: {"exactly": 1, "of": some}, several),
    )


@law
@given(st.recursive(pieces, joined, max_leaves=6), some_answers, some_answers)
def test_whatever_flag_compiles_no_answer_that_is_added_takes_it_away(
    when: dict[str, Any], answers: dict[str, Any], more: dict[str, Any]
) -> None:
    """This is what the law of skipping is for: any flag that breaks the promise is refused."""
    counted = {"question": "signs", "count": True}
    definition = signs(flag("f", when, **LESSER), some=SIGNS[3])
    definition["scores"] = [
        score(counted, key="count", missing={"policy": "treat_as", "points": 3})
    ]
    refused = problems(definition)
    assert {p.code for p in refused} <= {"skippable_negated", "order", "idle"}
    if refused:
        return
    screening = compile_screening(definition)
    asked = {"numb": False, "long": False, "young": False}
    before = {**asked, **{key: value for key, value in answers.items() if key != "more"}}
    after = {**{key: value for key, value in more.items() if key != "more"}, **before}
    held, still = (certain(screening, given) for given in (before, after))

    if held is not None and still is not None:
        assert held <= still
