"""Named facts: what answers come to, under a name that rows, flags and terms can read.

A fact is a criterion (true or false), the answer to a question that takes one option, or the band
in which an amount lies. Scores and flags are read by name too; `profile` and `red_flag` are worked
out by themselves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from recommender.answers import Answer, NoValue
from recommender.criteria import Criterion, Lookup, Subject, Truth
from recommender.intervals import Interval

PROFILE = Subject("fact", "profile")
RED_FLAG = Subject("fact", "red_flag")  # true when a red flag is raised, unknown when one may be
AS_ANSWER: Mapping[Truth, Answer] = {
    Truth.YES: True,
    Truth.NO: False,
    Truth.UNKNOWN: NoValue.DONT_KNOW,
    Truth.OPEN: NoValue.NOT_ASKED,
}


@dataclass(frozen=True)
class ChoiceFact:
    """The answer itself, of a question with one option or with yes and no."""

    question: str

    def value(self, lookup: Lookup) -> Answer:
        return lookup(Subject("answer", self.question))

    def subjects(self) -> Iterator[Subject]:
        yield Subject("answer", self.question)


@dataclass(frozen=True)
class NamedBand:
    key: str
    interval: Interval


@dataclass(frozen=True)
class BandFact:
    """The key of the band in which the amount lies; the bands cover every answer exactly once."""

    question: str
    bands: tuple[NamedBand, ...]

    def value(self, lookup: Lookup) -> Answer:
        """A skipped amount lies in no band, and that is not a no: it is not known."""
        found = lookup(Subject("answer", self.question))
        if isinstance(found, NoValue):
            return NoValue.DONT_KNOW if found is NoValue.SKIPPED else found
        if isinstance(found, bool) or not isinstance(found, (int, float, Fraction)):
            raise TypeError(f"{self.question} is not a number")
        return next(band.key for band in self.bands if band.interval.holds(found))

    def subjects(self) -> Iterator[Subject]:
        yield Subject("answer", self.question)


Fact = Criterion | ChoiceFact | BandFact


def value_of(fact: Fact, lookup: Lookup) -> Answer:
    if isinstance(fact, (ChoiceFact, BandFact)):
        return fact.value(lookup)
    return AS_ANSWER[fact.truth(lookup)]
