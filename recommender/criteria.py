"""Criteria: logical expressions over answers and named facts, in four-valued logic.

The values are yes, no, unknown (asked, but not known) and open (not asked yet). Every combination
is exact: it is open as long as a coming answer can still change it, and unknown only when none can.
So once a criterion is yes, no or unknown, more answers never change it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Literal, NamedTuple

from recommender.answers import Answer, Known, NoValue, Value
from recommender.intervals import Interval


class Truth(Enum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    OPEN = "open"


# By name of this module: asking an enum for a member costs ten times as much, and all of advice is
# made of these.
YES, NO, UNKNOWN, OPEN = Truth.YES, Truth.NO, Truth.UNKNOWN, Truth.OPEN


SubjectKind = Literal["answer", "fact", "score", "flag"]


class Subject(NamedTuple):
    """What a criterion looks at: the answer to a question, or something that has a name: a fact,
    a score or subscale (its number), or a flag (whether it is raised)."""

    kind: SubjectKind
    name: str


Scalar = bool | int | str
Lookup = Callable[[Subject], Answer]


@dataclass(frozen=True)
class Is:
    """The subject has this value; a subject with several values has it among them."""

    subject: Subject
    value: Scalar

    def truth(self, lookup: Lookup) -> Truth:
        found = lookup(self.subject)
        return WITHOUT_VALUE[found] if isinstance(found, NoValue) else _has(found, self.value)

    def subjects(self) -> Iterator[Subject]:
        yield self.subject


@dataclass(frozen=True)
class In:
    """The subject has one of these values. Raises ValueError when there are none."""

    subject: Subject
    values: tuple[Scalar, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise ValueError("needs at least one value")

    def truth(self, lookup: Lookup) -> Truth:
        found = lookup(self.subject)
        if isinstance(found, NoValue):
            return WITHOUT_VALUE[found]
        return at_least(1, [_has(found, value) for value in self.values])

    def subjects(self) -> Iterator[Subject]:
        yield self.subject


@dataclass(frozen=True)
class Between:
    """The subject's number lies in the interval; a duration is compared in days."""

    subject: Subject
    interval: Interval

    def truth(self, lookup: Lookup) -> Truth:
        found = lookup(self.subject)
        if isinstance(found, NoValue):
            return WITHOUT_VALUE[found]
        if isinstance(found, bool) or not isinstance(found, (int, float, Fraction)):
            raise TypeError(f"{self.subject.name} is not a number")
        return YES if self.interval.holds(found) else NO

    def subjects(self) -> Iterator[Subject]:
        yield self.subject


@dataclass(frozen=True)
class Not:
    part: "Criterion"

    def truth(self, lookup: Lookup) -> Truth:
        return OPPOSITE[self.part.truth(lookup)]

    def subjects(self) -> Iterator[Subject]:
        yield from self.part.subjects()


@dataclass(frozen=True)
class _Combination:
    """Several criteria taken together. Raises ValueError when there are none."""

    parts: tuple["Criterion", ...]

    def __post_init__(self) -> None:
        if not self.parts:
            raise ValueError("needs at least one part")

    def subjects(self) -> Iterator[Subject]:
        for part in self.parts:
            yield from part.subjects()

    def _truths(self, lookup: Lookup) -> list[Truth]:
        return [part.truth(lookup) for part in self.parts]


@dataclass(frozen=True)
class All(_Combination):
    def truth(self, lookup: Lookup) -> Truth:
        return at_least(len(self.parts), self._truths(lookup))


@dataclass(frozen=True)
class AnyOf(_Combination):
    def truth(self, lookup: Lookup) -> Truth:
        return at_least(1, self._truths(lookup))


@dataclass(frozen=True)
class _Counted(_Combination):
    count: int

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 1 <= self.count <= len(self.parts):
            raise ValueError(f"the number must be from 1 to {len(self.parts)}, the number of parts")


@dataclass(frozen=True)
class AtLeast(_Counted):
    """Raises ValueError unless 1 <= count <= number of parts."""

    def truth(self, lookup: Lookup) -> Truth:
        return at_least(self.count, self._truths(lookup))


@dataclass(frozen=True)
class Exactly(_Counted):
    """Raises ValueError unless 1 <= count <= number of parts."""

    def truth(self, lookup: Lookup) -> Truth:
        return exactly(self.count, self._truths(lookup))


Criterion = Is | In | Between | Not | All | AnyOf | AtLeast | Exactly

OPPOSITE = {YES: NO, NO: YES, UNKNOWN: UNKNOWN, OPEN: OPEN}


def at_least(count: int, truths: list[Truth]) -> Truth:
    """Say whether at least `count` of `truths` hold, whatever the open ones turn out to be."""
    yes, unknown, still_open = truths.count(YES), truths.count(UNKNOWN), truths.count(OPEN)
    if yes >= count:
        return YES
    if yes + unknown + still_open < count:
        return NO
    can_become_yes = yes + still_open >= count
    can_become_no = yes + unknown < count
    return OPEN if can_become_yes or can_become_no else UNKNOWN


def exactly(count: int, truths: list[Truth]) -> Truth:
    """Say whether exactly `count` of `truths` hold, whatever the open ones turn out to be."""
    yes, unknown, still_open = truths.count(YES), truths.count(UNKNOWN), truths.count(OPEN)
    if yes > count or yes + unknown + still_open < count:
        return NO
    if not unknown and not still_open:
        return YES
    # An unknown part never turns out yes or no, so then only "too many" or "too few" is left.
    can_settle = not unknown or yes + still_open > count or yes + unknown < count
    return OPEN if still_open and can_settle else UNKNOWN


WITHOUT_VALUE = {
    NoValue.NOT_ASKED: OPEN,
    NoValue.SKIPPED: NO,
    NoValue.DONT_KNOW: UNKNOWN,
    NoValue.RATHER_NOT_SAY: UNKNOWN,
}


def _has(found: Value, wanted: Scalar) -> Truth:
    if isinstance(found, Known):
        if wanted in found.yes:
            return YES
        return NO if wanted in found.no else UNKNOWN
    if isinstance(found, frozenset):
        return YES if wanted in found else NO
    # In Python True == 1; for a visitor, yes is not one.
    same_kind = isinstance(found, bool) == isinstance(wanted, bool)
    return YES if same_kind and found == wanted else NO
