"""The same measure says the same everywhere: on a page, and on its translations."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from cms.content.block_errors import BlockProblem, Steps
from cms.content.vocabulary import StatisticUnit


class Statistic(NamedTuple):
    """One statistic of a stream and where it stands. `measure` is the key of a term."""

    steps: Steps
    measure: str
    population: str
    numbers: tuple[Any, ...]  # low, high, unit


def statistics_in(stream: Any) -> Iterator[Statistic]:
    """Those that are whole enough to compare."""
    for section, block in enumerate(stream or ()):
        for number, value in enumerate(block.value.get("statistics") or ()):
            measure, low, unit = value["measure"], value["low"], value["unit"]
            if measure is None or low is None or not unit:
                continue
            high = low if value["high"] is None else value["high"]
            yield Statistic(
                (section, "statistics", number, "low"),
                measure.key,
                (value["population"] or "").strip().casefold(),
                (low, high, unit),
            )


def contradictions(stream: Any) -> Iterator[BlockProblem]:
    """Statistics that say something else of the same people than one before them."""
    seen: dict[tuple[str, str], tuple[Any, ...]] = {}
    for one in statistics_in(stream):
        before = seen.setdefault((one.measure, one.population), one.numbers)
        if before != one.numbers:
            yield (
                one.steps,
                _("Above, the same measure says %(numbers)s.") % {"numbers": written(before)},
            )


def contradictions_between(stream: Any, others: Iterable[Any]) -> Iterator[BlockProblem]:
    """Statistics whose measure has other numbers on every place of another page that has it.

    Words for the same people differ by language, so only measures are compared.
    """
    for other in others:
        there = _by_measure(list(statistics_in(other)))
        for one in statistics_in(stream):
            if one.measure in there and one.numbers not in there[one.measure]:
                said = ", ".join(written(numbers) for numbers in there[one.measure])
                yield (
                    one.steps,
                    _("A translation of this page says %(numbers)s.") % {"numbers": said},
                )


def written(numbers: tuple[Any, ...]) -> str:
    low, high, unit = numbers
    amount = f"{low:f}" if low == high else f"{low:f}-{high:f}"
    name = str(StatisticUnit(unit).label).lower() if unit in StatisticUnit.values else unit
    return f"{amount} {name}"


def _by_measure(found: Sequence[Statistic]) -> dict[str, list[tuple[Any, ...]]]:
    by: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for one in found:
        by[one.measure].append(one.numbers)
    return by
