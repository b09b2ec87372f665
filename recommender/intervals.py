"""Intervals with explicit open and closed ends, and the proof that a set of them leaves no gap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from recommender.answers import DAYS_IN, AnswerError, read_days
from recommender.reading import Problem, Reader, join

Number = int | float | Fraction
ENDS = ("at_least", "above", "at_most", "below")
RULE = "needs at_least or above, or at_most or below, each a number"
TIME_RULE = 'must be a whole number of days, or a time such as {"value": 3, "unit": "months"}'


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


@dataclass(frozen=True)
class Span:
    """The numbers that can occur: from `low`, up to `high` if there is one, in steps if given."""

    low: Number = 0
    high: Number | None = None
    step: Fraction | None = None


FROM_ZERO = Span()


def read_interval(reader: Reader, *, in_days: bool = False) -> Interval | None:
    """Read the four end fields of `reader`; None after noting what is wrong.

    With `in_days` an end may be a time: {"value": 3, "unit": "months"} is exactly 91.3125 days.
    """
    ends = {name: _end(reader, name, in_days) for name in ENDS if reader.has(name)}
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


def _end(reader: Reader, name: str, in_days: bool) -> int | Fraction | None:
    value = reader.raw(name, RULE)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if in_days and isinstance(value, Mapping):
        try:
            return read_days(value, tuple(DAYS_IN), TIME_RULE)
        except AnswerError as error:
            reader.fault(str(error), name)
            return None
    reader.fault(TIME_RULE if in_days else "must be a whole number", name)
    return None


def cover_faults(intervals: Sequence[Interval], at: str, span: Span = FROM_ZERO) -> list[Problem]:
    """Say where intervals in rising order fail to cover a span exactly once."""
    stepped = [_stepped(interval, span.step) for interval in intervals]
    whole = [interval for interval in stepped if interval is not None]
    faults = [
        Problem(join(at, index), "nothing lies between these ends", "unreachable")
        for index, interval in enumerate(stepped)
        if interval is None or _outside(interval, span)
    ]
    if faults:
        return faults
    faults += _edge_faults(whole[0], whole[-1], at, len(whole) - 1, span)
    for index in range(1, len(whole)):
        code, message = _seam_fault(whole[index - 1], whole[index])
        if message:
            faults.append(Problem(join(at, index), message, code))
    return faults


def _stepped(interval: Interval, step: Fraction | None) -> Interval | None:
    """Write an interval over steps as from the first that is in it to before the first that is not.

    Then "at most 3" and "at least 4" meet, although no number between them is in either. None when
    no step lies in it.
    """
    if step is None:
        return interval
    low, high = interval.low, interval.high
    if low is not None and not interval.low_closed:
        low = low + step
    if high is not None and interval.high_closed:
        high = high + step
    if low is not None and high is not None and low >= high:
        return None
    return Interval(low, True, high, False)


def _outside(interval: Interval, span: Span) -> bool:
    above = span.high is not None and interval.low is not None and interval.low > span.high
    return above or (interval.high is not None and interval.high < span.low)


def _edge_faults(
    first: Interval, last: Interval, at: str, last_index: int, span: Span
) -> list[Problem]:
    faults = []
    if first.low is not None and not first.holds(span.low):
        message = f"must begin with at_least: {span.low}, or a gap remains"
        faults.append(Problem(join(at, 0), message, "gap"))
    if last.high is not None and span.high is None:
        faults.append(Problem(join(at, last_index), "must have no upper end", "gap"))
    elif last.high is not None and span.high is not None and not last.holds(span.high):
        message = f"must reach {span.high}, or a gap remains"
        faults.append(Problem(join(at, last_index), message, "gap"))
    return faults


def _seam_fault(left: Interval, right: Interval) -> tuple[str, str]:
    """Return the code and the message, or two empty texts."""
    if left.high is None or right.low is None:
        return "overlap", "overlaps the band before it: one of the two has no end between them"
    if left.high < right.low:
        return "gap", f"leaves a gap: nothing holds between {left.high} and {right.low}"
    if left.high > right.low:
        return "overlap", f"overlaps the band before it between {right.low} and {left.high}"
    if left.high_closed and right.low_closed:
        return "overlap", f"overlaps the band before it: exactly {right.low} lies in both"
    if not left.high_closed and not right.low_closed:
        return "gap", f"leaves a gap: exactly {right.low} lies in neither"
    return "", ""
