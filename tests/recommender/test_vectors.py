"""Test vectors: what a definition promises, for whom, from which source, and why."""

from typing import Any

import pytest

from recommender import DefinitionError, Problem, compile_screening
from recommender.vectors import vectors
from tests.recommender.builders import nl, question, small, yes
from tests.recommender.spec.instruments import start_back


def problems(definition: dict[str, Any]) -> tuple[Problem, ...]:
    try:
        compile_screening(definition)
    except DefinitionError as error:
        return error.problems
    return ()


SANNE = {"numb": False, "tired": True}


def promised_by(*tests: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return small(
        question("tired"),
        **{
            "factors": {"sleep": yes("tired")},
            "people": {"sanne": SANNE},
            "tests": [{"name": f"test {index}", **test} for index, test in enumerate(tests)],
            **changes,
        },
    )


@pytest.mark.parametrize(
    ("test", "answers"),
    [
        ({"who": "sanne"}, SANNE),
        ({"who": "sanne", "answers": {"tired": False}}, {"numb": False, "tired": False}),
        ({"who": "sanne", "without": ["tired"]}, {"numb": False}),
        ({"answers": {"numb": True}}, {"numb": True}),
    ],
)
def test_answers_are_laid_over_those_of_a_person(
    test: dict[str, Any], answers: dict[str, Any]
) -> None:
    status = "stopped" if answers["numb"] else "complete" if "tired" in answers else "in_progress"
    definition = promised_by({**test, "expect": {"status": status}})

    assert problems(definition) == ()
    assert vectors(definition)[0].answers == answers


def test_a_vector_keeps_its_source_its_reason_and_whether_it_is_typical() -> None:
    definition = promised_by(
        {
            "who": "sanne",
            "expect": {"status": "complete"},
            "source": "1.4 Fracture",
            "why": "Because.",
            "typical": True,
        }
    )

    (found,) = vectors(definition)
    assert problems(definition) == ()
    assert (found.source, found.why, found.typical) == ("1.4 Fracture", "Because.", True)
    assert (found.at, found.who, found.own) == ("/tests/0", "sanne", {})


DONE = {"status": "complete"}


@pytest.mark.parametrize(
    ("definition", "pointer", "says"),
    [
        (promised_by({"who": "piet", "expect": DONE}), "/tests/0/who", "must be one of: sanne"),
        (promised_by({"expect": DONE}), "/tests/0/answers", "is missing"),
        (promised_by({"answers": [], "expect": DONE}), "/tests/0/answers", "must be an object"),
        (
            promised_by({"who": "sanne", "without": "tired", "expect": DONE}),
            "/tests/0/without",
            "list",
        ),
        (promised_by({"who": "sanne"}), "/tests/0/expect", "is missing"),
        (promised_by({"who": "sanne", "expect": {}}), "/tests/0/expect/status", "is missing"),
        (promised_by({"who": "sanne", "expect": DONE, "source": 3}), "/tests/0/source", "a text"),
        (
            promised_by({"who": "sanne", "expect": DONE, "typical": 1}),
            "/tests/0/typical",
            "true or",
        ),
        (
            promised_by(*({"who": "sanne", "expect": DONE, "typical": True} for _ in range(2))),
            "/tests/1/typical",
            "typical already",
        ),
        (
            promised_by({"who": "sanne", "expect": {**DONE, "factors": []}}),
            "/tests/0/expect/factors",
            "test 0: expected [], but ['sleep'] comes out",
        ),
        (
            promised_by({"who": "sanne", "expect": {**DONE, "onward": "hernia"}}),
            "/tests/0/expect/onward",
            "expected 'hernia', but None",
        ),
        (
            promised_by(
                {"who": "sanne", "expect": DONE}, people={"sanne": {**SANNE, "tired": "yes"}}
            ),
            "/people/sanne/tired",
            "true or false",
        ),
        (
            promised_by({"who": "sanne", "expect": DONE}, people={"sanne": {**SANNE, "age": 3}}),
            "/people/sanne/age",
            "is no question",
        ),
        (
            promised_by({"answers": SANNE, "expect": DONE}, people={"sanne": 3}),
            "/people/sanne",
            "object",
        ),
        (
            promised_by({"answers": SANNE, "expect": DONE}, people=[]),
            "/people",
            "must be an object",
        ),
    ],
)
def test_a_fault_in_a_vector_is_named_at_its_place(
    definition: dict[str, Any], pointer: str, says: str
) -> None:
    found = problems(definition)

    assert any(p.pointer == pointer and says in p.message for p in found), found


WRONG = {"numb": False, "tired": "yes"}


@pytest.mark.parametrize(
    ("test", "wrong"),
    [
        ({"answers": WRONG, "expect": {"errors": ["tired"]}}, []),
        ({"who": "sanne", "answers": WRONG, "expect": {"errors": ["tired"]}}, []),
        ({"answers": {**WRONG, "age": 3}, "expect": {"errors": ["tired", "age"]}}, []),
        ({"answers": {**WRONG, "age": 3}, "expect": {"errors": ["tired"]}}, ["expect/errors"]),
        ({"answers": WRONG, "expect": {"errors": []}}, ["expect/errors"]),
        ({"answers": WRONG, "expect": {"errors": "tired"}}, ["expect/errors"]),
        ({"answers": WRONG, "expect": {}}, ["answers/tired"]),
        (
            {"who": "sanne", "without": ["tired"], "expect": {"errors": ["tired"]}},
            ["expect/errors"],
        ),
    ],
)
def test_a_vector_may_expect_exactly_the_answers_that_are_refused(
    test: dict[str, Any], wrong: list[str]
) -> None:
    expect = {"status": "in_progress", **test["expect"]}

    found = problems(promised_by({**test, "expect": expect}))

    assert [p.pointer for p in found] == [f"/tests/0/{path}" for path in wrong]


def agree(*numbers: int) -> dict[str, Any]:
    return {f"q{n}": n in numbers for n in range(1, 9)} | {"q9": "none", "numb": False}


@pytest.mark.parametrize(
    ("scores", "wrong"),
    [
        ({"risk": {"value": 4, "band": "medium"}}, []),
        ({"risk": {"subscales": {"psychosocial": 0}}}, []),
        ({"risk": {"value": 5}}, ["risk/value"]),
        ({"risk": {"value": 4, "band": "low"}}, ["risk/band"]),
        ({"risk": {"points": 4}}, ["risk/points"]),
        ({"danger": {"value": 4}}, ["danger"]),
        ({"risk": 4}, ["risk"]),
    ],
)
def test_a_vector_may_expect_of_scores_what_it_names(
    scores: dict[str, Any], wrong: list[str]
) -> None:
    test = {"name": "four", "answers": agree(1, 2, 3, 4), "expect": {**DONE, "scores": scores}}

    found = problems(start_back(tests=[test]))

    assert [p.pointer for p in found] == [f"/tests/0/expect/scores/{path}" for path in wrong]


@pytest.mark.parametrize(
    ("promised", "typical", "broken"),
    [
        (10, True, False),  # the typical path skips the third question
        (9, True, True),
        (15, False, False),
        (14, False, True),
    ],
)
def test_what_is_promised_is_the_typical_path_or_else_all_questions(
    promised: int, typical: bool, broken: bool
) -> None:
    test = {"name": "one", "answers": {"numb": False, "tired": False}, "expect": DONE}
    definition = small(
        question("tired"),
        question("nights", show_if=yes("tired")),
        factors={"sleep": yes("nights")},
        promised_seconds=promised,
        tests=[{**test, "typical": typical}],
        safety_net=nl(),
    )

    found = [(p.pointer, p.code) for p in problems(definition)]

    assert found == ([("/promised_seconds", "promise_broken")] if broken else [])
