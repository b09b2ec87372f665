"""The outcome table: which row gives way, where it leads to, and what goes along."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import (
    Assessment,
    Complete,
    DefinitionError,
    Problem,
    carried,
    compile_screening,
    evaluate,
    inform,
    plain,
    read_outcome,
)
from tests.recommender import builders
from tests.recommender.builders import nl, options, question, small, yes
from tests.recommender.spec.instruments import start_back

ONWARD = {"screening": "hernia", "carry": ["age", "course"], "text": nl("Doe nu de zelftest.")}


def problems(definition: dict[str, Any]) -> tuple[Problem, ...]:
    try:
        compile_screening(definition)
    except DefinitionError as error:
        return error.problems
    return ()


def row(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "conditions": [], "summary": nl(), **more}


def routed(**more: Any) -> dict[str, Any]:
    return small(
        question("age", "number", unit="x", low=0, high=120),
        question("course", "single", options=options("better", "worse")),
        facts={
            "old": {"answer": "age", "between": {"at_least": 60}},
            "course": {"choice": "course"},
        },
        outcomes=[
            row("worse_now", when={"course": "worse"}, leads_to=ONWARD),
            row("older", when={"old": True}, gives_way_to=["worse_now"], **more),
            row("undetermined"),
        ],
    )


@pytest.mark.parametrize(
    ("course", "outcome", "screening"),
    [("worse", "worse_now", "hernia"), ("better", "older", None)],
)
def test_a_row_can_lead_to_another_screening(
    course: str, outcome: str, screening: str | None
) -> None:
    answers = {"numb": False, "age": 60, "course": course}
    result = evaluate(compile_screening(routed()), answers)

    assert isinstance(result, Complete)
    assert isinstance(result.outcome, Assessment)
    assert result.outcome.outcome == outcome
    onward = result.outcome.onward
    assert (onward.screening if onward else None) == screening
    assert onward is None or onward.carry == ("age", "course")


@pytest.mark.parametrize(
    ("more", "pointer", "code"),
    [
        ({"gives_way_to": ["undetermined"]}, "gives_way_to/0", "unknown_reference"),
        ({"gives_way_to": ["older"]}, "gives_way_to/0", "unknown_reference"),
        ({"gives_way_to": "worse_now"}, "gives_way_to", "wrong_value"),
        ({"leads_to": {**ONWARD, "carry": ["bladder"]}}, "leads_to/carry/0", "wrong_value"),
        ({"leads_to": {**ONWARD, "screening": ""}}, "leads_to/screening", "wrong_value"),
        ({"leads_to": {**ONWARD, "text": {}}}, "leads_to/text/nl", "missing"),
        ({"leads_to": {**ONWARD, "items": []}}, "leads_to/items", "unknown_field"),
        ({"items": ["a product"]}, "items", "unknown_field"),
    ],
)
def test_a_fault_in_a_row_is_named_at_its_place(
    more: dict[str, Any], pointer: str, code: str
) -> None:
    definition = routed()
    definition["outcomes"][1] |= more

    found = [(p.pointer, p.code) for p in problems(definition)]

    assert (f"/outcomes/1/{pointer}", code) in found


TARGET = compile_screening(
    small(
        question("age", "number", unit="x", low=18, high=80),
        question("course", "single", options=options("better", "worse", "same")),
        factors={"age": {"answer": "age", "is": 20}, "course": {"answer": "course", "is": "same"}},
    )
)
LEADS = compile_screening(routed()).outcomes[0].leads_to
assert LEADS is not None


@pytest.mark.parametrize(
    ("answers", "goes_along"),
    [
        ({"numb": False, "age": 60, "course": "worse"}, {"age": 60, "course": "worse"}),
        ({"age": 60}, {"age": 60}),
        ({"age": 90, "course": "worse"}, {"course": "worse"}),  # the target takes no 90
        ({"age": {"unknown": "dont_know"}}, {"age": {"unknown": "dont_know"}}),
        ({"age": "old", "course": []}, {}),
        ({}, {}),
    ],
)
def test_answers_that_the_target_takes_go_along(
    answers: dict[str, Any], goes_along: dict[str, Any]
) -> None:
    assert carried(LEADS, answers, TARGET) == goes_along


def test_a_question_that_the_target_does_not_ask_stays_behind() -> None:
    assert carried(LEADS, {"age": 60, "course": "worse"}, compile_screening(small())) == {}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=5), parts),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["age", "course", "numb"]), anything))
def test_whatever_goes_along_is_read_without_an_error(answers: dict[str, Any]) -> None:
    assert evaluate(TARGET, carried(LEADS, answers, TARGET)).errors == ()


def assessed(definition: dict[str, Any], answers: dict[str, Any]) -> Assessment:
    outcome = evaluate(compile_screening(definition), answers).outcome  # type: ignore[union-attr]
    assert isinstance(outcome, Assessment)
    return outcome


SCORED = {f"q{number}": number < 4 for number in range(1, 9)} | {"q9": "very", "numb": False}


@pytest.mark.parametrize(
    "outcome",
    [
        assessed(routed(), {"numb": False, "age": 60, "course": "worse"}),
        assessed(start_back(), SCORED),
        assessed(start_back(), {**SCORED, "q1": {"unknown": "dont_know"}}),
        assessed(builders.definition(), builders.FINE),
    ],
    ids=["onward", "scores", "no score", "neither"],
)
def test_an_outcome_is_read_back_as_it_was_written(outcome: Assessment) -> None:
    assert read_outcome(outcome.to_dict()) == outcome


def test_what_a_screening_does_not_have_is_not_written_so_old_records_stay_as_they_are() -> None:
    written = assessed(builders.definition(), builders.FINE).to_dict()

    assert not {"scores", "onward"} & written.keys()


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"value": "7"}, "/scores/0/value"),
        ({"value": True}, "/scores/0/value"),
        ({"answered": -1}, "/scores/0/answered"),
        ({"points": 3}, "/scores/0/points"),
    ],
)
def test_a_written_score_with_a_fault_is_refused(change: dict[str, Any], pointer: str) -> None:
    written = assessed(start_back(), SCORED).to_dict()
    written["scores"][0] |= change

    with pytest.raises(DefinitionError) as error:
        read_outcome(written)
    assert [p.pointer for p in error.value.problems] == [pointer]


def test_a_referral_has_no_scores_and_leads_nowhere() -> None:
    result = evaluate(compile_screening(routed()), {"numb": True})

    assert not {"scores", "onward"} & result.outcome.to_dict().keys()  # type: ignore[union-attr]


def test_general_information_concludes_nothing() -> None:
    found = inform(compile_screening(builders.definition()))

    assert plain(found) == {
        "text": {"nl": "Blijf bewegen."},
        "conditions": ["lage-rugpijn"],
        "safety_net": {"nl": "Bel als het erger wordt."},
        "status": "information",
    }


def test_a_version_without_general_information_still_has_its_safety_net() -> None:
    found = inform(compile_screening(small()))

    assert (found.text, found.conditions) == ({}, frozenset())
    assert found.safety_net == {"nl": "Bel als het erger wordt."}


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"information": {}}, "/information/text"),
        ({"information": {"text": nl(), "items": []}}, "/information/items"),
        ({"review": {**builders.definition()["review"], "by": 3}}, "/review/by"),
    ],
)
def test_a_fault_in_the_head_is_named_at_its_place(changes: dict[str, Any], pointer: str) -> None:
    assert pointer in [p.pointer for p in problems(small(**changes))]


def test_a_review_names_who_gave_it() -> None:
    review = {**builders.definition()["review"], "by": "A. de Vries, general practitioner"}

    assert compile_screening(small(review=review)).review.by == review["by"]
    assert compile_screening(small()).review.by == ""


def test_notes_are_for_editors_and_change_nothing_but_the_hash() -> None:
    noted = routed(note="why this row")
    noted["questions"][1]["note"] = "from the guideline"
    noted["flags"][0]["note"] = "ask explicitly"
    answers = {"numb": False, "age": 60, "course": "better"}
    one, other = compile_screening(noted), compile_screening(routed())

    assert one.hash != other.hash
    assert one.outcomes[1].note == "why this row"
    assert (one.by_key["age"].note, one.flags[0].note) == ("from the guideline", "ask explicitly")
    assert plain(evaluate(one, answers).outcome) | {"definition": ""} == plain(  # type: ignore[union-attr]
        evaluate(other, answers).outcome  # type: ignore[union-attr]
    ) | {"definition": ""}


def test_a_factor_can_read_whether_a_flag_is_up() -> None:
    definition = small(question("tired"), factors={"sleep": {"flag": "tired_flag", "is": True}})
    definition["flags"].append(
        builders.flag(
            "tired_flag", yes("tired"), colour="yellow", urgency="appointment", unknown="ignore"
        )
    )

    assert assessed(definition, {"numb": False, "tired": True}).factors == {"sleep"}
    assert assessed(definition, {"numb": False, "tired": False}).ruled_out >= {"sleep"}
