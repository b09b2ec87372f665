"""Vignettes about a broken vertebra: one sign says little, several together matter.

From the brief: severe trauma (a fall from a height, traffic) or a contusion; minor trauma or heavy
lifting when older or when the bone may be thin; prolonged corticosteroids; older age. "Weighted;
several together matter", seen by somebody within 24 hours. Trauma is a red flag by itself in the
guideline of KNGF and VvOCM (B.1.3), so it counts for two of the others.
"""

from itertools import combinations
from typing import Any

import pytest

from recommender import Assessment, Complete, Referral, evaluate
from tests.recommender.test_flow import BACK, DONT_KNOW, SANNE, weeks

LIGHT = ("minor_injury", "fracture_osteoporosis", "steroids", "age_70")
THIN_BONE = {"fracture_osteoporosis", "steroids"}


def outcome(**answers: Any) -> Referral | Assessment:
    result = evaluate(BACK, {**SANNE, **answers})
    assert isinstance(result, Complete)
    return result.outcome


def subsets(least: int, most: int) -> list[list[str]]:
    return [list(part) for n in range(least, most + 1) for part in combinations(LIGHT, n)]


@pytest.mark.parametrize("signs", [["severe_injury", *light] for light in subsets(0, 4)])
def test_a_severe_injury_is_seen_within_a_day_whatever_comes_with_it(signs: list[str]) -> None:
    found = outcome(fracture_signs=signs)

    assert isinstance(found, Referral)
    assert (found.urgency, found.certainty) == ("within_24_hours", "sure")
    assert "fracture" in [flag.key for flag in found.flags]


@pytest.mark.parametrize("signs", subsets(2, 4), ids=" ".join)
def test_two_lesser_signs_together_are_seen_within_a_day(signs: list[str]) -> None:
    found = outcome(fracture_signs=signs)

    assert isinstance(found, Referral)
    assert (found.urgency, found.certainty) == ("within_24_hours", "sure")


@pytest.mark.parametrize("sign", LIGHT)
def test_one_lesser_sign_goes_on_with_advice_and_thin_bone_is_looked_at_first(sign: str) -> None:
    found = outcome(fracture_signs=[sign])

    assert isinstance(found, Assessment)
    assert [flag.key for flag in found.flags] == (["fragile_bone"] if sign in THIN_BONE else [])
    assert ("fracture_osteoporosis" in found.constraints) == (sign == "fracture_osteoporosis")


def test_who_does_not_know_is_warned_and_not_reassured() -> None:
    """Unknown is never no: both flags are shown as not sure, and red keeps anything paid away."""
    found = outcome(fracture_signs=DONT_KNOW)

    assert isinstance(found, Assessment)
    assert [(flag.key, flag.colour, flag.certainty) for flag in found.flags] == [
        ("fracture", "red", "not_sure"),
        ("fragile_bone", "orange", "not_sure"),
    ]
    assert found.unknown_constraints == {"fracture_osteoporosis"}


def test_the_most_urgent_of_two_red_flags_says_where_to_go() -> None:
    found = outcome(fracture_signs=["steroids", "age_70"], duration=weeks(8), course="worse")

    assert isinstance(found, Referral)
    assert found.urgency == "within_24_hours"
    assert {flag.key for flag in found.flags} == {"fracture", "fragile_bone", "getting_worse"}
    assert "huisartsenpost" in found.where.text["nl"]


def test_trapped_nerves_go_before_a_broken_bone() -> None:
    result = evaluate(BACK, {"fracture_signs": ["severe_injury"], "saddle": True})

    assert result.status == "stopped"
    assert result.outcome.urgency == "emergency_now"  # type: ignore[union-attr]


# --- what slows recovery down --------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "hindrances", "factors"),
    [
        ("Sanne sleeps badly", ["bad_sleep"], {"sleep"}),
        ("has worries", ["stress"], {"stress"}),
        ("sits all day", ["inactivity"], {"inactivity"}),
        ("all of it", ["bad_sleep", "stress", "inactivity"], {"sleep", "stress", "inactivity"}),
        ("none of it", ["none"], set()),
        ("would rather not say", {"unknown": "rather_not_say"}, set()),
    ],
)
def test_factors_that_slow_recovery_down(who: str, hindrances: Any, factors: set[str]) -> None:
    found = outcome(hindrances=hindrances)

    assert isinstance(found, Assessment), who
    assert found.factors == factors
    asked = {"sleep", "stress", "inactivity"}
    assert found.ruled_out & asked == (asked - factors if isinstance(hindrances, list) else set())


@pytest.mark.parametrize(
    ("who", "answers", "constraint"),
    [
        ("on blood thinners", {"health": ["blood_thinners"]}, "blood_thinners"),
        ("pregnant, or perhaps", {"pregnancy": True}, "pregnancy"),
    ],
)
def test_what_limits_what_is_safe(who: str, answers: dict[str, Any], constraint: str) -> None:
    found = outcome(**answers)

    assert isinstance(found, Assessment), who
    assert found.constraints == {constraint}
    assert constraint not in found.ruled_out
