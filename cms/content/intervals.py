"""Recovery profiles cut the time since the start of a complaint into pieces without a gap."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """Days since the complaint began. `until` None: open-ended.

    A closed end belongs to the interval: [0,42) is day 0 up to, not including, day 42.
    """

    start: int
    start_included: bool
    until: int | None
    until_included: bool

    def __str__(self) -> str:
        left = "[" if self.start_included else "("
        right = "]" if self.until is not None and self.until_included else ")"
        return f"{left}{self.start},{'∞' if self.until is None else self.until}{right}"


@dataclass(frozen=True)
class Problem:
    """`index` of the interval and the end that causes it: "start" or "until"."""

    index: int
    end: str
    what: str  # "first", "empty", "gap", "overlap", "last"


def problems(intervals: Sequence[Interval]) -> list[Problem]:
    """Everything that keeps these intervals, in this order, from covering [0,∞) exactly once."""
    found = []
    for index, this in enumerate(intervals):
        if this.until is not None and not _has_days(this):
            found.append(Problem(index, "until", "empty"))
        if index == 0:
            if this.start != 0 or not this.start_included:
                found.append(Problem(index, "start", "first"))
            continue
        joint = _joint(intervals[index - 1], this)
        if joint:
            found.append(Problem(index, "start", joint))
    if intervals and intervals[-1].until is not None:
        found.append(Problem(len(intervals) - 1, "until", "last"))
    return found


def _has_days(interval: Interval) -> bool:
    if interval.until is None or interval.until > interval.start:
        return True
    same = interval.until == interval.start
    return same and interval.start_included and interval.until_included


def _joint(before: Interval, after: Interval) -> str | None:
    """What is wrong where one interval ends and the next begins."""
    if before.until is None or after.start < before.until:
        return "overlap"
    if after.start > before.until:
        return "gap"
    owners = int(before.until_included) + int(after.start_included)
    return {0: "gap", 1: None, 2: "overlap"}[owners]
