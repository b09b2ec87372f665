"""Every value that a score can reach, and the proof that each lies in exactly one band."""

from collections.abc import Iterable, Mapping, Sequence, Sized
from fractions import Fraction
from math import lcm

from recommender.questions import Question
from recommender.reading import Problem, join
from recommender.scores import Score, ScoreItem

MOST_VALUES = 1_000_000
NAMED_AT_MOST = 3

Reached = tuple[Fraction, ...]  # the total, then each subscale in order


class TooMany(ValueError):
    """More than MOST_VALUES; the message says what to simplify."""


def reachable(score: Score, questions: Mapping[str, Question]) -> frozenset[Reached]:
    """Return every (total, subscale, …) that answers can give; for prorated ones totals alone.

    Raises TooMany.
    """
    values = [_values(item, questions[item.question]) for item in score.items]
    if score.missing.policy == "prorate":
        return frozenset((total,) for total in _prorated(score, values))
    if score.missing.policy == "treat_as":
        values = [found | {score.missing.points} for found in values]
    return frozenset(_capped(score, reached) for reached in _combined(score, values))


def _values(item: ScoreItem, question: Question) -> set[Fraction]:
    """Return the points that the answers to one question can give."""
    if item.bands:
        recoded = {band.points for band in item.bands}
    elif item.points is None:
        recoded = _numbers(question)
    elif question.kind in ("several", "body_site"):
        recoded = _sums(item.points, question)
    else:
        recoded = set(item.points.values())
    return {item.weighed(points) for points in recoded}


def _numbers(question: Question) -> set[Fraction]:
    """Reversing gives the same numbers again."""
    steps = 10**question.decimals
    if (question.high - question.low) * steps >= MOST_VALUES:
        raise TooMany(f"question {question.key} takes too many numbers: give it bands of points")
    return {Fraction(n, steps) for n in range(question.low * steps, question.high * steps + 1)}


def _sums(points: Mapping[str, Fraction], question: Question) -> set[Fraction]:
    alone = {points[option.key] for option in question.options if option.exclusive}
    found: set[Fraction] = set()
    for option in question.options:
        if not option.exclusive:
            own = points[option.key]
            found |= {own} | {before + own for before in found}
            _limit(found)
    return found | alone


def _combined(score: Score, values: Sequence[set[Fraction]]) -> Iterable[Reached]:
    """Add item by item, in whole numbers of the smallest fraction: that is ten times as fast."""
    unit = lcm(*(value.denominator for found in values for value in found))
    groups = [tuple(item.question for item in score.items), *(part.of for part in score.subscales)]
    join_points = {"max": max, "min": min}.get(score.combine, lambda pair: sum(pair))
    reached: set[tuple[int | None, ...]] = {(None,) * len(groups)}
    for item, found in zip(score.items, values, strict=True):
        whole = [int(value * unit) for value in found]
        concerned = [item.question in group for group in groups]
        grown: set[tuple[int | None, ...]] = set()
        for state in reached:
            grown |= {
                tuple(
                    (points if old is None else join_points((old, points))) if counts else old
                    for old, counts in zip(state, concerned, strict=True)
                )
                for points in whole
            }
            _limit(grown)
        reached = grown
    sizes = [len(group) if score.combine == "mean" else 1 for group in groups]
    for state in reached:
        yield tuple(
            Fraction(points or 0, unit * size) for points, size in zip(state, sizes, strict=True)
        )


def _capped(score: Score, reached: Reached) -> Reached:
    total = reached[0] if score.cap is None else min(reached[0], score.cap)
    return (total, *reached[1:])


def _prorated(score: Score, values: Sequence[set[Fraction]]) -> Iterable[Fraction]:
    reached = {(0, Fraction(0))}
    for found in values:
        reached |= {(answered + 1, sums + one) for answered, sums in reached for one in found}
        _limit(reached)
    times = len(values) if score.combine == "sum" else 1
    for answered, total in reached:
        if answered and answered >= score.missing.least:
            yield _capped(score, (total * times / answered,))[0]


def _limit(found: Sized) -> None:
    if len(found) > MOST_VALUES:
        raise TooMany(
            f"reaches more than {MOST_VALUES} values: use fewer subscales or rounder points"
        )


def band_faults(score: Score, questions: Mapping[str, Question], at: str) -> list[Problem]:
    """Say which reachable values lie in no band or in two, and which bands nothing reaches."""
    try:
        reached = sorted(reachable(score, questions))
    except TooMany as error:
        return [Problem(at, str(error), "too_many")] if score.bands else []
    gaps: list[Reached] = []
    overlaps: dict[tuple[int, int], list[Reached]] = {}
    used: set[int] = set()
    names = [part.key for part in score.subscales]
    for total, *parts in reached:
        subscales = dict(zip(names, parts, strict=False))
        fits = [i for i, band in enumerate(score.bands) if band.holds(total, subscales)]
        used |= set(fits)
        if not fits:
            gaps.append((total, *parts))
        for lower in fits[1:]:
            overlaps.setdefault((fits[0], lower), []).append((total, *parts))
    return [
        *_gap_faults(score, gaps, at),
        *_overlap_faults(score, overlaps, at),
        *(
            Problem(join(at, "bands", index), "is reached by no answers", "unreachable")
            for index in range(len(score.bands))
            if index not in used
        ),
    ]


def _gap_faults(score: Score, gaps: Sequence[Reached], at: str) -> list[Problem]:
    if not gaps or not score.bands:
        return []
    message = f"leaves a gap: no band holds for {_named(score, gaps)}"
    return [Problem(join(at, "bands", len(score.bands) - 1), message, "gap")]


def _overlap_faults(
    score: Score, overlaps: Mapping[tuple[int, int], Sequence[Reached]], at: str
) -> list[Problem]:
    return [
        Problem(
            join(at, "bands", lower),
            f"overlaps band {score.bands[upper].key}: both hold for {_named(score, reached)}",
            "overlap",
        )
        for (upper, lower), reached in overlaps.items()
    ]


def _named(score: Score, reached: Sequence[Reached]) -> str:
    names = ["total", *(part.key for part in score.subscales)]
    shown = [
        ", ".join(f"{name} {value}" for name, value in zip(names, one, strict=False))
        for one in reached[:NAMED_AT_MOST]
    ]
    more = len(reached) - len(shown)
    return "; ".join(shown) + (f" and {more} more" if more else "")
