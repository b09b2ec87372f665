"""Vignettes: people with low back pain, and what the example screening says to them.

Expectations follow the red flags for cauda equina (new bladder or bowel change, saddle numbness,
weakness or pain in both legs: see a doctor at once; in doubt, always call) and the duration bands
of the model page: shorter than 6 weeks, 6 to 12, longer than 12.
"""

from typing import Any

import pytest

from recommender import Assessment, Complete, InProgress, Referral, Stopped
from recommender import compile_screening as compiled
from recommender.flow import AnswerFault, evaluate
from tests.recommender import builders
from tests.recommender.example import load

BACK = compiled(load("screening.yaml"))
DONT_KNOW = {"unknown": "dont_know"}
RATHER_NOT = {"unknown": "rather_not_say"}


def weeks(value: float) -> dict[str, Any]:
    return {"value": value, "unit": "weeks"}


def days(value: int) -> dict[str, Any]:
    return {"value": value, "unit": "days"}


SANNE: dict[str, Any] = {
    "bladder": False,
    "saddle": False,
    "both_legs": False,
    "fracture_signs": ["none"],
    "duration": weeks(3),
    "course": "improving",
    "health": ["none"],
    "hindrances": ["none"],
    "pregnancy": False,
}


@pytest.mark.parametrize(
    ("who", "answers", "certainty"),
    [
        ("Piet cannot feel the skin between his legs", {"saddle": True}, "sure"),
        ("cannot pass urine", {"bladder": True}, "sure"),
        ("weak in both legs", {"both_legs": True}, "sure"),
        ("all three", {"bladder": True, "saddle": True, "both_legs": True}, "sure"),
        ("cannot tell about the bladder", {"bladder": DONT_KNOW}, "not_sure"),
        ("would rather not say", {"saddle": RATHER_NOT}, "not_sure"),
        ("cannot tell about anything", dict.fromkeys(SANNE, DONT_KNOW), "not_sure"),
        ("one unknown, one certain", {"bladder": DONT_KNOW, "saddle": True}, "sure"),
    ],
)
def test_signs_of_trapped_nerves_stop_the_screening(
    who: str, answers: dict[str, Any], certainty: str
) -> None:
    result = evaluate(BACK, {**SANNE, **answers})

    assert isinstance(result, Stopped), who
    assert result.outcome.urgency == "emergency_now"
    assert result.outcome.certainty == certainty
    assert result.outcome.where.phone == "112"
    assert "huisartsenpost" in result.outcome.where.text["nl"]
    assert result.outcome.safety_net["nl"]
    assert bool(result.outcome.not_sure) == (certainty == "not_sure")


def test_the_screening_stops_at_the_answer_itself() -> None:
    result = evaluate(BACK, {"saddle": True})

    assert isinstance(result, Stopped)


def test_what_comes_after_the_stop_is_not_used() -> None:
    result = evaluate(BACK, {**SANNE, "bladder": True})

    assert set(result.unused) == SANNE.keys() - {"bladder", "saddle", "both_legs"}


def test_an_unknown_sign_waits_for_the_other_signs_which_can_make_it_certain() -> None:
    result = evaluate(BACK, {"bladder": DONT_KNOW})

    assert isinstance(result, InProgress)
    assert result.next == ("saddle", "both_legs")


def test_an_emergency_is_told_even_when_another_answer_cannot_be_read() -> None:
    result = evaluate(BACK, {"saddle": True, "duration": "long", "tail": 1})

    assert isinstance(result, Stopped)
    assert [fault.question for fault in result.errors] == ["duration", "tail"]


@pytest.mark.parametrize(
    ("who", "answers", "profile", "outcome"),
    [
        ("Sanne, three weeks", {}, 1, "normal_recovery"),
        ("one day short of six weeks", {"duration": {"value": 41, "unit": "days"}}, 1, None),
        ("exactly six weeks", {"duration": weeks(6)}, 2, "delayed_recovery"),
        ("nine weeks", {"duration": weeks(9)}, 2, "delayed_recovery"),
        ("exactly twelve weeks", {"duration": weeks(12)}, 2, "delayed_recovery"),
        ("Noor, thirteen weeks", {"duration": weeks(13)}, 3, "long_recovery"),
        ("years", {"duration": {"value": 4, "unit": "years"}}, 3, "long_recovery"),
        ("20 days, no better", {"duration": days(20), "course": "same"}, 1, "normal_recovery"),
        ("21 days, no better", {"duration": days(21), "course": "same"}, 1, "stalled_recovery"),
        ("21 days, getting better", {"duration": days(21)}, 1, "normal_recovery"),
        ("41 days, no better", {"duration": days(41), "course": "same"}, 1, "stalled_recovery"),
        ("nine weeks, no better", {"duration": weeks(9), "course": "same"}, 2, "delayed_recovery"),
        ("four weeks, unsure how", {"duration": weeks(4), "course": DONT_KNOW}, 1, "undetermined"),
        ("does not know how long", {"duration": DONT_KNOW}, None, "undetermined"),
        ("would rather not say", {"duration": RATHER_NOT}, None, "undetermined"),
    ],
)
def test_how_long_it_lasts_decides_the_profile(
    who: str, answers: dict[str, Any], profile: int | None, outcome: str | None
) -> None:
    found = evaluate(BACK, {**SANNE, **answers}).outcome  # type: ignore[union-attr]

    assert isinstance(found, Assessment), who
    assert found.profile == profile
    assert outcome in (None, found.outcome)
    assert found.conditions == {"lage-rugpijn"}


def test_factors_signals_and_constraints_follow_from_the_answers() -> None:
    answers = {"duration": weeks(9), "course": "same", "pregnancy": DONT_KNOW}
    several = {"hindrances": ["bad_sleep"], "health": ["blood_thinners", "skin_problems"]}
    found = evaluate(BACK, {**SANNE, **answers, **several}).outcome  # type: ignore[union-attr]

    assert isinstance(found, Assessment)
    assert found.factors == {"sleep"}
    assert found.signals == {"deviating_course"}
    assert found.constraints == {"blood_thinners", "skin_problems"}
    assert found.unknown_constraints == {"pregnancy"}
    assert "kidney_disease" in found.ruled_out
    assert not {"pregnancy", "blood_thinners"} & found.ruled_out


@pytest.mark.parametrize(
    ("days", "course", "signals"),
    [
        (20, "same", set()),  # no improvement, but not yet three weeks
        (21, "same", {"deviating_course"}),
        (21, "improving", set()),
    ],
)
def test_no_improvement_after_three_weeks_is_a_deviating_course(
    days: int, course: str, signals: set[str]
) -> None:
    answers = {"duration": {"value": days, "unit": "days"}, "course": course}
    found = evaluate(BACK, {**SANNE, **answers}).outcome  # type: ignore[union-attr]

    assert found.signals == signals


@pytest.mark.parametrize(
    ("who", "answers", "urgency"),
    [
        ("eight weeks and getting worse", {"duration": weeks(8), "course": "worse"}, "appointment"),
        ("years and getting worse", {"duration": weeks(200), "course": "worse"}, "appointment"),
        ("three weeks and getting worse", {"duration": days(21), "course": "worse"}, "appointment"),
        ("20 days and getting worse", {"duration": days(20), "course": "worse"}, None),
        ("getting worse, but for a week", {"duration": weeks(1), "course": "worse"}, None),
        ("eight weeks, no worse", {"duration": weeks(8), "course": "same"}, None),
    ],
)
def test_getting_worse_after_three_weeks_goes_to_the_general_practitioner(
    who: str, answers: dict[str, Any], urgency: str | None
) -> None:
    result = evaluate(BACK, {**SANNE, **answers})

    assert isinstance(result, Complete), who
    found = result.outcome
    assert (found.urgency if isinstance(found, Referral) else None) == urgency


def test_a_referral_by_a_lesser_flag_needs_only_the_questions_of_flags() -> None:
    of_flags = ("bladder", "saddle", "both_legs", "fracture_signs", "health")
    answers = {key: SANNE[key] for key in of_flags}
    result = evaluate(BACK, {**answers, "duration": weeks(8), "course": "worse"})

    assert isinstance(result, Complete)
    assert isinstance(result.outcome, Referral)


def test_a_lesser_flag_that_is_not_known_is_shown_with_the_advice() -> None:
    found = evaluate(BACK, {**SANNE, "duration": weeks(8), "course": DONT_KNOW}).outcome  # type: ignore[union-attr]

    assert isinstance(found, Assessment)
    assert [(flag.key, flag.certainty) for flag in found.flags] == [("getting_worse", "not_sure")]
    assert "huisarts" in found.flags[0].action["nl"]
    assert found.flags[0].title["nl"] == "Worden je klachten erger?"


@pytest.mark.parametrize(
    ("who", "answers", "flags"),
    [
        (
            "osteoporosis or a fracture",
            {"fracture_signs": ["fracture_osteoporosis"]},
            [("fragile_bone", "sure")],
        ),
        ("pain below the knee", {"health": ["radicular_signs"]}, [("pain_below_knee", "sure")]),
        ("does not know", {"health": DONT_KNOW}, [("pain_below_knee", "not_sure")]),
        ("blood thinners", {"health": ["blood_thinners"]}, []),
        ("none of these", {}, []),
    ],
)
def test_what_has_to_be_looked_at_goes_with_the_advice(
    who: str, answers: dict[str, Any], flags: list[tuple[str, str]]
) -> None:
    found = evaluate(BACK, {**SANNE, **answers}).outcome  # type: ignore[union-attr]

    assert isinstance(found, Assessment), who
    assert [(flag.key, flag.certainty) for flag in found.flags] == flags
    assert all(flag.urgency == "appointment" for flag in found.flags)
    assert all("afspraak" in flag.action["nl"] for flag in found.flags)


@pytest.mark.parametrize(
    "answers",
    [
        {"duration": days(21), "course": "same"},
        {"duration": days(21), "course": DONT_KNOW},
        {"duration": days(9), "fracture_signs": DONT_KNOW},
    ],
)
def test_nobody_is_reassured_who_may_not_be_recovering(answers: dict[str, Any]) -> None:
    answers = {**SANNE, **answers}
    summary = evaluate(BACK, answers).outcome.summary["nl"]  # type: ignore[union-attr]

    assert "vanzelf" not in summary
    assert "huisarts of fysiotherapeut" in " ".join(summary.split())


def test_the_steps_of_a_visit() -> None:
    """The signs come together on one page, everything else one by one."""
    answers: dict[str, Any] = {}
    asked = []
    seconds = []
    result = evaluate(BACK, answers)
    while isinstance(result, InProgress):
        asked.append(result.next)
        seconds.append(result.progress.seconds_left)
        answers |= {key: SANNE[key] for key in result.next}
        result = evaluate(BACK, answers)

    assert asked == [
        ("bladder", "saddle", "both_legs"),
        ("fracture_signs",),
        ("duration",),
        ("course",),
        ("health",),
        ("hindrances",),
        ("pregnancy",),
    ]
    assert seconds == sorted(seconds, reverse=True)
    assert seconds[0] <= 60  # ready within a minute
    assert isinstance(result, Complete)


def test_an_answer_in_the_wrong_form_is_an_error_at_its_question_which_is_asked_again() -> None:
    answers = {key: SANNE[key] for key in ("bladder", "saddle", "both_legs", "fracture_signs")}
    result = evaluate(BACK, {**answers, "duration": {"value": 9, "unit": "fortnights"}})

    assert isinstance(result, InProgress)
    assert result.next == ("duration",)
    assert result.errors[0].question == "duration"
    assert "days, weeks, months, years" in result.errors[0].message


def test_a_name_that_is_no_question_is_an_error_that_lists_the_questions() -> None:
    result = evaluate(BACK, {"blader": True})

    assert isinstance(result.errors[0], AnswerFault)
    assert result.errors[0].question == "blader"
    assert "bladder" in result.errors[0].message


ALL = compiled(builders.definition())


def test_branching_skips_a_question_and_its_answer_is_not_used() -> None:
    """Only of a question that no flag depends on."""
    definition = builders.definition()
    definition["questions"][7]["show_if"] = {"answer": "duration", "between": {"at_least": 21}}
    screening = compiled(definition)
    two_days = {**builders.FINE, "duration": days(2)}

    with_answer = evaluate(screening, {**two_days, "sleepless": True})

    assert with_answer.unused == ("sleepless",)
    assert isinstance(with_answer, Complete)
    assert isinstance(with_answer.outcome, Assessment)
    assert with_answer.outcome.factors == set()
    del two_days["sleepless"]
    assert with_answer.outcome == evaluate(screening, two_days).outcome  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("age", "steroids", "flags"),
    [
        (40, True, ["fracture"]),  # not asked at 40, but told: it is heard
        (40, DONT_KNOW, ["fracture"]),  # told that it is not known: unknown, so the flag asks
        (40, False, []),
        (40, None, []),
        (60, True, ["fracture"]),
    ],
)
def test_what_a_flag_depends_on_is_heard_although_branching_would_not_ask_it(
    age: int, steroids: Any, flags: list[str]
) -> None:
    answers = {**builders.FINE, "age": age}
    told = {} if steroids is None else {"steroids": steroids}
    result = evaluate(ALL, {**answers, **told})

    assert isinstance(result, Complete)
    assert [flag.key for flag in result.outcome.flags] == flags
    assert "steroids" not in result.unused


def test_what_a_flag_depends_on_is_heard_before_branching_is_settled() -> None:
    known = {key: builders.FINE[key] for key in ("numb", "weak", "ill")}
    result = evaluate(ALL, {**known, "steroids": True})

    assert isinstance(result, InProgress)
    assert result.unused == ()


@pytest.mark.parametrize("age", [50, DONT_KNOW])
def test_branching_that_is_not_known_asks(age: Any) -> None:
    result = evaluate(ALL, {**builders.FINE, "age": age})

    assert isinstance(result, InProgress)
    assert result.next == ("steroids",)


def test_questions_of_a_page_wait_for_the_answer_that_decides_about_them() -> None:
    known = {key: builders.FINE[key] for key in ("numb", "weak", "ill")}
    old = evaluate(ALL, {**known, "age": 60})
    young = evaluate(ALL, {**known, "age": 40})

    assert old.next == ("steroids", "low_mood")  # type: ignore[union-attr]
    assert young.next == ("low_mood",)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("answers", "urgency", "certainty", "flags"),
    [
        ({"ill": "fever"}, "within_24_hours", "sure", ["infection"]),
        ({"ill": DONT_KNOW}, "within_24_hours", "not_sure", ["infection"]),
        ({"age": 60, "steroids": True}, "appointment", "sure", ["fracture"]),
        # Judged together: the most urgent decides, and says whether that one is certain.
        (
            {"ill": DONT_KNOW, "age": 60, "steroids": True},
            "within_24_hours",
            "not_sure",
            ["infection", "fracture"],
        ),
        ({"ill": "fever", "low_mood": True}, "within_24_hours", "sure", ["infection", "mood"]),
    ],
)
def test_lesser_flags_are_judged_together(
    answers: dict[str, Any], urgency: str, certainty: str, flags: list[str]
) -> None:
    found = evaluate(ALL, {**builders.FINE, **answers}).outcome  # type: ignore[union-attr]

    assert isinstance(found, Referral)
    assert (found.urgency, found.certainty) == (urgency, certainty)
    assert [flag.key for flag in found.flags] == flags


def test_a_yellow_flag_goes_with_the_advice_and_says_what_it_suppresses() -> None:
    found = evaluate(ALL, {**builders.FINE, "low_mood": True}).outcome  # type: ignore[union-attr]

    assert isinstance(found, Assessment)
    assert found.flags[0].suppresses[0].slot == "training"


def test_a_row_that_is_unknown_does_not_let_a_lower_row_speak() -> None:
    """Law 8: not knowing whether a row holds is not knowing that a later row does."""
    definition = builders.definition()
    definition["facts"]["sleepless"] = builders.yes("sleepless")
    definition["outcomes"] = [
        {"key": "tired", "when": {"sleepless": True}, "conditions": [], "summary": builders.nl()},
        {
            "key": "second",
            "when": {"profile": [1, 2, 3]},
            "conditions": [],
            "summary": builders.nl(),
        },
        {"key": "undetermined", "conditions": [], "summary": builders.nl()},
    ]
    screening = compiled(definition)

    rows = {
        str(answer): evaluate(screening, {**builders.FINE, "sleepless": answer}).outcome.outcome  # type: ignore[union-attr]
        for answer in (True, False, DONT_KNOW)
    }
    assert list(rows.values()) == ["tired", "second", "undetermined"]
