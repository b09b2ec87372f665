"""Which answers an outcome rests on: those that decided it, and none besides."""

from typing import Any

import pytest
from hypothesis import given

from recommender import Complete, InProgress, Stopped, compile_screening, evaluate
from recommender.reasons import Reason
from tests.recommender import builders
from tests.recommender.builders import yes
from tests.recommender.test_flow import BACK, DONT_KNOW, SANNE, weeks
from tests.recommender.test_screening_laws import SCREENING, complete

Rests = dict[str, set[str]]  # question -> the options that count, of a question with several


def reasons(result: Any) -> dict[tuple[str, str], Rests]:
    assert isinstance(result, Stopped | Complete)
    return {(found.kind, found.key): rests(found) for found in result.reasons}


def rests(reason: Reason) -> Rests:
    return {ground.question: set(ground.options) for ground in reason.grounds}


@pytest.mark.parametrize(
    ("who", "answers", "said"),
    [
        (
            "numb skin, bladder fine",
            {"saddle": True},
            {("flag", "cauda_equina"): {"saddle": set()}},
        ),
        (
            "cannot tell about the bladder: that is why it is not sure",
            {"bladder": DONT_KNOW},
            {("flag", "cauda_equina"): {"bladder": set()}},
        ),
        (
            "an ordinary fall at seventy, and nothing else",
            {"fracture_signs": ["minor_injury", "age_70"]},
            {("flag", "fracture"): {"fracture_signs": {"minor_injury", "age_70"}}},
        ),
        (
            "eight weeks and getting worse, with pain below the knee",
            {"duration": weeks(8), "course": "worse", "health": ["radicular_signs"]},
            {
                ("flag", "getting_worse"): {"course": set(), "duration": set()},
                ("flag", "pain_below_knee"): {"health": {"radicular_signs"}},
            },
        ),
        (
            "four weeks, does not know how it goes",
            {"duration": weeks(4), "course": DONT_KNOW},
            {
                ("flag", "getting_worse"): {"course": set(), "duration": set()},
                ("profile", "1"): {"duration": set()},
            },
        ),
        (
            "nine weeks, no better, sleeps badly, has stress, takes blood thinners",
            {
                "duration": weeks(9),
                "course": "same",
                "hindrances": ["bad_sleep", "stress"],
                "health": ["blood_thinners", "skin_problems"],
            },
            {
                ("profile", "2"): {"duration": set()},
                ("signal", "deviating_course"): {"course": set(), "duration": set()},
                ("factor", "sleep"): {"hindrances": {"bad_sleep"}},
                ("factor", "stress"): {"hindrances": {"stress"}},
                ("constraint", "blood_thinners"): {"health": {"blood_thinners"}},
                ("constraint", "skin_problems"): {"health": {"skin_problems"}},
            },
        ),
        ("does not know how long", {"duration": DONT_KNOW}, {}),
        (
            "would rather not say whether she is pregnant",
            {"duration": weeks(2), "pregnancy": {"unknown": "rather_not_say"}},
            {
                ("profile", "1"): {"duration": set()},
                ("constraint", "pregnancy"): {"pregnancy": set()},
            },
        ),
    ],
)
def test_what_an_outcome_rests_on(
    who: str, answers: dict[str, Any], said: dict[tuple[str, str], Rests]
) -> None:
    assert reasons(evaluate(BACK, {**SANNE, **answers})) == said, who


@pytest.mark.parametrize(
    ("criterion", "answers", "questions"),
    [
        # no is what makes a negation hold
        ({"not": {"any": [yes("steroids"), yes("low_mood")]}}, {}, {"steroids", "low_mood"}),
        ({"not": {"all": [yes("numb"), yes("low_mood")]}}, {"low_mood": True}, {"numb"}),
        ({"exactly": 1, "of": [yes("low_mood"), yes("numb")]}, {"low_mood": True}, None),
        ({"at_least": 1, "of": [yes("low_mood"), yes("numb")]}, {"low_mood": True}, {"low_mood"}),
    ],
)
def test_of_a_combination_the_parts_that_decided_it(
    criterion: dict[str, Any], answers: dict[str, Any], questions: set[str] | None
) -> None:
    definition = builders.definition()
    definition["factors"]["made_up"] = criterion
    screening = compile_screening(definition)

    found = reasons(evaluate(screening, {**builders.FINE, "age": 60, "steroids": False, **answers}))

    assert found["factor", "made_up"].keys() == (questions or {"low_mood", "numb"})


def test_a_screening_that_goes_on_gives_no_reasons_yet() -> None:
    result = evaluate(BACK, {"saddle": False})

    assert isinstance(result, InProgress)
    assert not hasattr(result, "reasons")


@given(complete)
def test_everything_said_has_grounds_and_they_were_used(answers: dict[str, Any]) -> None:
    result = evaluate(SCREENING, answers)
    assert isinstance(result, Stopped | Complete)

    assert {flag.key for flag in result.outcome.flags} == {
        reason.key for reason in result.reasons if reason.kind == "flag"
    }
    for reason in result.reasons:
        assert reason.grounds
        asked = {ground.question for ground in reason.grounds}
        assert asked <= answers.keys() - set(result.unused)


@given(complete)
def test_the_grounds_of_a_certain_flag_are_enough_for_it(answers: dict[str, Any]) -> None:
    """Leave out everything else: the same emergency is raised from its grounds alone."""
    result = evaluate(SCREENING, answers)
    if not isinstance(result, Stopped) or result.outcome.certainty != "sure":
        return
    grounds = {g.question for r in result.reasons if r.key == "alarm_signs" for g in r.grounds}

    alone = evaluate(SCREENING, {key: answers[key] for key in grounds})

    assert isinstance(alone, Stopped)
    assert (alone.outcome.urgency, alone.outcome.certainty) == (result.outcome.urgency, "sure")
