"""Profiles: [0,42) · [42,84] · (84,∞) days, and the proof that no duration falls between them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import DefinitionError, compile_screening
from recommender.answers import Answer, NoValue, read_days
from tests.recommender import builders

PROFILES = compile_screening(builders.definition()).profiles
UNITS = ("days", "weeks", "months", "years")


@pytest.mark.parametrize(
    ("value", "unit", "profile"),
    [
        (0, "days", 1),
        (41, "days", 1),
        (41.99, "days", 1),
        (5, "weeks", 1),
        (1, "months", 1),
        (6, "weeks", 2),
        (42, "days", 2),
        (9, "weeks", 2),
        (2, "months", 2),
        (12, "weeks", 2),
        (84, "days", 2),
        (84.01, "days", 3),
        (85, "days", 3),
        (3, "months", 3),  # 91 days
        (10, "years", 3),
    ],
)
def test_durations_and_their_profile(value: float, unit: str, profile: int) -> None:
    assert PROFILES.of(read_days({"value": value, "unit": unit}, UNITS, "")) == profile


@pytest.mark.parametrize(
    ("answer", "profile"),
    [
        (NoValue.NOT_ASKED, NoValue.NOT_ASKED),
        (NoValue.DONT_KNOW, NoValue.DONT_KNOW),
        (NoValue.RATHER_NOT_SAY, NoValue.RATHER_NOT_SAY),
        (NoValue.SKIPPED, NoValue.DONT_KNOW),  # nobody has "no profile"
    ],
)
def test_without_a_duration_there_is_no_profile(answer: Answer, profile: NoValue) -> None:
    assert PROFILES.of(answer) is profile


@given(st.fractions(min_value=0, max_value=40_000))
def test_every_duration_lies_in_exactly_one_band(days: Any) -> None:
    assert sum(band.days.holds(days) for band in PROFILES.bands) == 1


@pytest.mark.parametrize(
    ("bands", "at", "says"),
    [
        (
            [{"at_least": 0, "below": 42}, {"above": 42, "at_most": 84}, {"above": 84}],
            "/profiles/bands/1",
            "gap: exactly 42",
        ),
        (
            [{"at_least": 0, "at_most": 42}, {"at_least": 42, "at_most": 84}, {"above": 84}],
            "/profiles/bands/1",
            "exactly 42 lies in both",
        ),
        (
            [{"at_least": 0, "below": 42}, {"at_least": 42, "at_most": 84}, {"above": 90}],
            "/profiles/bands/2",
            "gap: nothing holds between 84 and 90",
        ),
        (
            [{"at_least": 0, "below": 42}, {"at_least": 40, "at_most": 84}, {"above": 84}],
            "/profiles/bands/1",
            "overlaps",
        ),
        (
            [{"above": 0, "below": 42}, {"at_least": 42, "at_most": 84}, {"above": 84}],
            "/profiles/bands/0",
            "at_least: 0",
        ),
        (
            [
                {"at_least": 0, "below": 42},
                {"at_least": 42, "at_most": 84},
                {"above": 84, "below": 900},
            ],
            "/profiles/bands/2",
            "no upper end",
        ),
        (
            [{"at_least": 0, "below": 42}, {"at_least": 42}, {"above": 84}],
            "/profiles/bands/2",
            "overlaps",
        ),
        (
            [{"at_least": 42, "below": 0}, {"at_least": 42, "at_most": 84}, {"above": 84}],
            "/profiles/bands/0",
            "nothing lies between",
        ),
        (
            [
                {"at_least": 0, "above": 0, "below": 42},
                {"at_least": 42, "at_most": 84},
                {"above": 84},
            ],
            "/profiles/bands/0",
            "same end twice",
        ),
    ],
)
def test_bands_with_a_gap_or_an_overlap_are_refused(
    bands: list[dict[str, int]], at: str, says: str
) -> None:
    numbered = [{"profile": number, **band} for number, band in enumerate(bands, 1)]
    with pytest.raises(DefinitionError) as error:
        compile_screening(builders.definition(profiles={"of": "duration", "bands": numbered}))
    assert any(p.pointer == at and says in p.message for p in error.value.problems)


def test_each_profile_has_one_band_in_order() -> None:
    bands = [{"profile": 2, "at_least": 0, "below": 42}, {"profile": 1, "at_least": 42}]
    with pytest.raises(DefinitionError) as error:
        compile_screening(builders.definition(profiles={"of": "duration", "bands": bands}))
    assert [p.pointer for p in error.value.problems] == ["/profiles/bands"]
