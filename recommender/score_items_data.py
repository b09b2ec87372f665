"""Reads the items of a score: how the answer to each question becomes points."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from recommender.intervals import cover_faults, read_interval
from recommender.questions import SPANS, Question
from recommender.reading import Reader, join
from recommender.scores import PointBand, ScoreItem

ONE_OPTION, OPTIONS = ("single", "yes_no"), ("several", "body_site")
NUMBERS = ("number", "scale")
# Which questions can be made into points in which way; without a way the number itself counts.
WAYS: Mapping[str, Sequence[str]] = {
    "points": ONE_OPTION + OPTIONS,
    "count": OPTIONS,
    "bands": tuple(SPANS),
}
LARGEST = 1_000_000
AMOUNT_RULE = f"must be a number of at most {LARGEST}"


def read_items(reader: Reader, questions: Mapping[str, Question]) -> tuple[ScoreItem, ...]:
    items: list[ScoreItem] = []
    for at, value in reader.elements("items", least=1):
        part = Reader(value, at, reader.problems)
        key = part.choice("question", questions)
        if key and key in [item.question for item in items]:
            part.fault(f"{key} stands here twice", "question", code="twice")
        item = _read_item(part, key, questions.get(key))
        part.close()
        items.append(item)
    return tuple(items)


def _read_item(part: Reader, key: str, question: Question | None) -> ScoreItem:
    way = _way(part, question)
    count = part.boolean("count", default=False)
    points = _read_points(part, question) if way == "points" else None
    if count and question:
        points = {option.key: Fraction(not option.exclusive) for option in question.options}
    reverse = part.boolean("reverse", default=False)
    if reverse and question and question.kind not in NUMBERS:
        part.fault("only a scale or a number can be reversed", "reverse")
    weight = read_amount(part, "weight") if part.has("weight") else Fraction(1)
    if weight == 0:
        part.fault("must not be 0: the question would count for nothing", "weight")
    return ScoreItem(
        question=key,
        points=points,
        bands=_read_point_bands(part, question) if way == "bands" else (),
        count=count,
        reverse=reverse,
        weight=weight,
        cap=read_amount(part, "cap") if part.has("cap") else None,
        ends=(question.low, question.high) if question else (0, 0),
    )


def _way(part: Reader, question: Question | None) -> str:
    """Return the one way in which this item gets its points; "" for the number itself."""
    found = [way for way in WAYS if part.has(way)]
    if len(found) > 1:
        part.fault("needs at most one of: points, count, bands", found[1])
        for way in found:
            part.raw(way, "", optional=True)
        return ""
    way = found[0] if found else ""
    if question and question.kind not in WAYS.get(way, NUMBERS):
        fitting = [name for name, kinds in WAYS.items() if question.kind in kinds]
        part.fault(f"a {question.kind} question needs {' or '.join(fitting)}", *found)
        part.raw(way, "", optional=True)
        return ""
    return way


def _read_points(part: Reader, question: Question | None) -> Mapping[str, Fraction]:
    """Every option has points, and nothing else has."""
    points = part.part("points")
    options = [option.key for option in question.options] if question else points.names()
    if question and question.kind == "yes_no":
        options = ["yes", "no"]
    found = {option: read_amount(points, option) for option in options}
    points.close()
    return MappingProxyType(found)


def _read_point_bands(part: Reader, question: Question | None) -> tuple[PointBand, ...]:
    before = len(part.problems)
    bands = []
    for at, value in part.elements("bands", least=1):
        band = Reader(value, at, part.problems)
        points = read_amount(band, "points")
        in_days = question is not None and question.domain.in_days
        interval = read_interval(band, in_days=in_days)
        band.close()
        if interval:
            bands.append(PointBand(points, interval))
    if question and bands and len(part.problems) == before:
        intervals = [band.interval for band in bands]
        part.problems.extend(cover_faults(intervals, join(part.at, "bands"), question.span))
    return tuple(bands)


def read_amount(reader: Reader, name: str) -> Fraction:
    """Read a number exactly as it is written; 0 after noting that it is none."""
    value = reader.raw(name, AMOUNT_RULE)
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if number and isinstance(value, (int, float)) and abs(value) <= LARGEST:
        return Fraction(str(value))
    if reader.has(name):
        reader.fault(AMOUNT_RULE, name)
    return Fraction(0)
