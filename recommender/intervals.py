"""Intervals with explicit open and closed ends, and the proof that a set of them leaves no gap."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from recommender.reading import Problem, Reader, join

Number = int | float | Fraction
ENDS = ("at_least", "above", "at_most", "below")
RULE = "needs at_least or above, or at_most or below, each a number"


@dataclass(frozen=True)
class Interval:
    """A range of numbers; an end that is None is unbounded.

    Raises ValueError when nothing can lie in it.
    """

    low: Number | None = None
    low_closed: bool = True
    high: Number | None = None
    high_closed: bool = True

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("an interval needs at least one end")
        if self.low is None or self.high is None:
            return
        if self.low > self.high or (
            self.low == self.high and not (self.low_closed and self.high_closed)
        ):
            raise ValueError("nothing lies between these ends")

    def holds(self, value: Number) -> bool:
        if self.low is not None and (
            value < self.low or (value == self.low and not self.low_closed)
        ):
            return False
        return self.high is None or value < self.high or (value == self.high and self.high_closed)


def read_interval(reader: Reader) -> Interval | None:
    """Read the four end fields of `reader`; None after noting what is wrong."""
    ends = {name: _end(reader, name) for name in ENDS if reader.has(name)}
    if any(end is None for end in ends.values()):
        return None
    if {"at_least", "above"} <= ends.keys() or {"at_most", "below"} <= ends.keys():
        reader.fault("has the same end twice: an end is open or closed, not both")
        return None
    try:
        return Interval(
            low=ends.get("at_least", ends.get("above")),
            low_closed="above" not in ends,
            high=ends.get("at_most", ends.get("below")),
            high_closed="below" not in ends,
        )
    except ValueError as error:
        reader.fault(f"{error}; it {RULE}")
        return None


def _end(reader: Reader, name: str) -> int | None:
    value = reader.raw(name, RULE)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    reader.fault("must be a whole number", name)
    return None


def cover_faults(intervals: Sequence[Interval], at: str) -> list[Problem]:
    """Say where intervals in rising order fail to cover [0, ∞) exactly once."""
    faults = []
    first, last = intervals[0], intervals[-1]
    if first.low != 0 or not first.low_closed:
        faults.append(Problem(join(at, 0), "must begin with at_least: 0, or a gap remains"))
    if last.high is not None:
        faults.append(Problem(join(at, len(intervals) - 1), "must have no upper end"))
    for index in range(1, len(intervals)):
        message = _seam_fault(intervals[index - 1], intervals[index])
        if message:
            faults.append(Problem(join(at, index), message))
    return faults


def _seam_fault(left: Interval, right: Interval) -> str:
    if left.high is None or right.low is None:
        return "overlaps the band before it: one of the two has no end between them"
    if left.high < right.low:
        return f"leaves a gap: nothing holds between {left.high} and {right.low}"
    if left.high > right.low:
        return f"overlaps the band before it between {right.low} and {left.high}"
    if left.high_closed and right.low_closed:
        return f"overlaps the band before it: exactly {right.low} lies in both"
    if not left.high_closed and not right.low_closed:
        return f"leaves a gap: exactly {right.low} lies in neither"
    return ""
