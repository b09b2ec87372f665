"""Scores: numbers that answers add up to, with subscales, bands and what a missing answer means.

An answer becomes points in this order: reversed, recoded or counted, weighted, capped. Then the
items are combined and the score is capped. Everything is an exact fraction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from recommender.answers import Answer, NoValue, Value
from recommender.criteria import Lookup, Subject
from recommender.intervals import Interval
from recommender.reading import Texts

MISSING = ("no_score", "prorate", "treat_as")
COMBINE: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "sum": lambda points: sum(points, Fraction(0)),
    "mean": lambda points: sum(points, Fraction(0)) / len(points),
    "max": max,
    "min": min,
}
Points = Fraction | NoValue


@dataclass(frozen=True)
class Licence:
    """What the holder of an instrument allows. Without `products` no rule may read the score."""

    holder: str
    terms: str
    attribution: Texts
    commercial: bool
    products: bool
    changes: bool


@dataclass(frozen=True)
class PointBand:
    points: Fraction
    interval: Interval


@dataclass(frozen=True)
class ScoreItem:
    """How the answer to a question becomes points.

    `points` by option ("yes" and "no" for a yes/no question), of several options the sum; `bands`
    for an amount; `count` gives 1 for each option chosen, 0 for an exclusive one; without any of
    these the number itself. `ends` are the lowest and highest number of the question, for reverse.
    """

    question: str
    points: Mapping[str, Fraction] | None
    bands: tuple[PointBand, ...]
    count: bool
    reverse: bool
    weight: Fraction
    cap: Fraction | None
    ends: tuple[int, int] = (0, 0)

    def of(self, value: Value) -> Fraction:
        return self.weighed(self._recoded(value))

    def weighed(self, points: Fraction) -> Fraction:
        weighted = points * self.weight
        return weighted if self.cap is None else min(weighted, self.cap)

    def _recoded(self, value: Value) -> Fraction:
        if self.points is not None:
            return self._pointed(value, self.points)
        if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
            raise TypeError(f"{self.question} is not a number")
        number = sum(self.ends) - value if self.reverse else value
        if self.bands:
            return next(band.points for band in self.bands if band.interval.holds(number))
        return Fraction(number)

    def _pointed(self, value: Value, points: Mapping[str, Fraction]) -> Fraction:
        if isinstance(value, bool):
            return points["yes" if value else "no"]
        if isinstance(value, str):
            return points[value]
        if isinstance(value, frozenset):
            return sum((points[option] for option in value), Fraction(0))
        raise TypeError(f"{self.question} has no options")


@dataclass(frozen=True)
class Subscale:
    """Some of the items, by question key, never by position."""

    key: str
    title: Texts
    of: tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """What an answer that is unknown or skipped does to the score.

    "no_score": the score is not known. "prorate": as if the missing items were like the others,
    when at least `least` are answered. "treat_as": each stands for `points`, weight and cap
    included.
    """

    policy: str
    least: int = 0
    points: Fraction = Fraction(0)


@dataclass(frozen=True)
class ScoreBand:
    """A name for some values: `total` None and subscales that are not named may be anything."""

    key: str
    label: Texts
    total: Interval | None
    subscales: Mapping[str, Interval]

    def holds(self, total: Fraction, subscales: Mapping[str, Fraction]) -> bool:
        if self.total is not None and not self.total.holds(total):
            return False
        return all(within.holds(subscales[key]) for key, within in self.subscales.items())


@dataclass(frozen=True)
class Score:
    key: str
    title: Texts
    items: tuple[ScoreItem, ...]
    subscales: tuple[Subscale, ...]
    combine: str
    cap: Fraction | None
    missing: Missing
    bands: tuple[ScoreBand, ...]
    licence: Licence
    citation: str
    note: str = ""

    def total(self, lookup: Lookup) -> Points:
        """Return the score of these answers, or why there is none."""
        total = self._combined(self.items, lookup, whole=True)
        if self.cap is None or isinstance(total, NoValue):
            return total
        return min(total, self.cap)

    def subscale(self, subscale: Subscale, lookup: Lookup) -> Points:
        """Return the same for a subscale. It is never prorated: `least` speaks of the whole."""
        own = [item for item in self.items if item.question in subscale.of]
        return self._combined(own, lookup, whole=False)

    def band(self, total: Answer, subscales: Mapping[str, Answer]) -> str | NoValue:
        """Return the key of the band: the only one that holds, as `score_reach` proves."""
        if isinstance(total, NoValue):
            return total
        if not isinstance(total, Fraction):
            raise TypeError(f"{self.key} is not a number")
        known = {key: value for key, value in subscales.items() if isinstance(value, Fraction)}
        return next(band.key for band in self.bands if band.holds(total, known))

    def _combined(self, items: Sequence[ScoreItem], lookup: Lookup, *, whole: bool) -> Points:
        answers = [(item, lookup(Subject("answer", item.question))) for item in items]
        if any(answer is NoValue.NOT_ASKED for _, answer in answers):
            return NoValue.NOT_ASKED
        found = [item.of(value) for item, value in answers if not isinstance(value, NoValue)]
        missing = len(items) - len(found)
        policy = self.missing.policy
        if missing and policy == "treat_as":
            found += [self.missing.points] * missing
        elif missing and (policy == "no_score" or not whole or len(found) < self.missing.least):
            return NoValue.DONT_KNOW
        combined = COMBINE[self.combine](found)
        # Of a mean the missing items are like the others already.
        return combined * len(items) / len(found) if self.combine == "sum" else combined


@dataclass(frozen=True)
class ScoreResult:
    """`band` is "" for a score without bands; `answered` counts items with a value, of `of`."""

    key: str
    value: Points
    subscales: Mapping[str, Points]
    band: str | NoValue
    answered: int
    of: int


def result(score: Score, lookup: Lookup) -> ScoreResult:
    """Work a score out. `lookup` needs to know the answers to its items alone."""
    total = score.total(lookup)
    subscales = {part.key: score.subscale(part, lookup) for part in score.subscales}
    answers: list[Answer] = [lookup(Subject("answer", item.question)) for item in score.items]
    return ScoreResult(
        key=score.key,
        value=total,
        subscales=subscales,
        band=score.band(total, subscales) if score.bands else "",
        answered=sum(not isinstance(answer, NoValue) for answer in answers),
        of=len(score.items),
    )


def shown_number(value: Points) -> int | float | None:
    """Return a whole number, or one rounded to two decimals; None when there is none."""
    if isinstance(value, NoValue):
        return None
    return value.numerator if value.denominator == 1 else round(float(value), 2)
