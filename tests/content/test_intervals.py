"""Recovery profiles cover every day from 0 on exactly once, and the editor is told where not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.content.intervals import Interval, Problem, problems

SIX, TWELVE = 42, 84


def interval(text: str) -> Interval:
    """From the notation of mathematics: [0,42) or (84,∞)."""
    start, until = text[1:-1].split(",")
    return Interval(
        start=int(start),
        start_included=text[0] == "[",
        until=None if until == "∞" else int(until),
        until_included=text[-1] == "]",
    )


@pytest.mark.parametrize(
    ("profiles", "expected"),
    [
        # the model page, with its boundaries given to somebody
        ("[0,42) [42,84] (84,∞)", []),
        ("[0,42] (42,84) [84,∞)", []),
        ("[0,∞)", []),
        # who owns exactly six weeks?
        ("[0,42) (42,84] (84,∞)", [Problem(1, "start", "gap")]),
        ("[0,42] [42,84] (84,∞)", [Problem(1, "start", "overlap")]),
        ("[0,42) [40,84] (84,∞)", [Problem(1, "start", "overlap")]),
        ("[0,42) [43,84] (84,∞)", [Problem(1, "start", "gap")]),
        ("[1,∞)", [Problem(0, "start", "first")]),
        ("(0,∞)", [Problem(0, "start", "first")]),
        ("[0,42) [42,84]", [Problem(1, "until", "last")]),
        ("[0,∞) [42,∞)", [Problem(1, "start", "overlap")]),
        ("[0,42) [42,42) [42,∞)", [Problem(1, "until", "empty")]),
        ("[0,42) [42,42] (42,∞)", []),
    ],
)
def test_each_gap_and_overlap_is_found_at_the_end_that_causes_it(
    profiles: str, expected: list[Problem]
) -> None:
    assert problems([interval(each) for each in profiles.split()]) == expected


def test_an_interval_reads_as_mathematicians_write_it() -> None:
    assert [str(interval(each)) for each in ("[0,42)", "(84,∞)")] == ["[0,42)", "(84,∞)"]


def belongs(day: int, to: Interval) -> bool:
    after = day >= to.start if to.start_included else day > to.start
    if to.until is None:
        return after
    return after and (day <= to.until if to.until_included else day < to.until)


ends = st.integers(min_value=0, max_value=12)
some_interval = st.builds(
    Interval,
    start=ends,
    start_included=st.booleans(),
    until=st.none() | ends,
    until_included=st.booleans(),
)


@given(st.lists(some_interval, min_size=1, max_size=4))
def test_no_problems_means_that_every_day_belongs_to_exactly_one(profiles: list[Interval]) -> None:
    owners = [sum(belongs(day, each) for each in profiles) for day in range(30)]
    if not problems(profiles):
        assert owners == [1] * 30


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), max_size=4))
def test_a_timeline_cut_into_pieces_has_no_problems(cuts: list[tuple[int, bool]]) -> None:
    profiles, start, included = [], 0, True
    for length, closed in cuts:
        profiles.append(Interval(start, included, start + length, closed))
        start, included = start + length, not closed
    profiles.append(Interval(start, included, None, False))
    assert problems(profiles) == []
