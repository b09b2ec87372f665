"""Reads a question from plain data."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from recommender.answers import DAYS_IN
from recommender.questions import READERS, Option, Question
from recommender.reading import Reader, Texts
from recommender.sites import BODY_SITES, SIDES
from recommender.timing import slowest

SKIPPED_MEANS = ("excluded", "not_asked")
LONGEST_SCALE = 10


def read_question(reader: Reader, locales: tuple[str, ...]) -> Question:
    """Read everything of a question but its show_if, which may name facts that come later."""
    kind = reader.choice("kind", READERS)
    extra = EXTRAS[kind](reader, locales) if kind in EXTRAS else {}
    timed = reader.has("seconds")
    question = Question(
        key=reader.key("key"),
        kind=kind,
        text=reader.texts("text", locales),
        why=reader.texts("why", locales),
        seconds=reader.whole("seconds", 1, 120) if timed else 0,
        page=reader.key("page", optional=True),
        skipped_means=reader.choice("skipped_means", SKIPPED_MEANS, optional=True),
        note=reader.text("note", optional=True),
        **extra,
    )
    reader.raw("seconds", "", optional=True)  # known here, given or not
    return question if timed else replace(question, seconds=slowest(question, locales))


def _single(reader: Reader, locales: tuple[str, ...]) -> dict[str, Any]:
    options = [_option(part, locales, exclusive=False) for part in _option_readers(reader)]
    return {"options": _different(reader, options)}


def _several(reader: Reader, locales: tuple[str, ...]) -> dict[str, Any]:
    return _with_none(reader, [_one_of(part, locales) for part in _option_readers(reader)])


def _body_site(reader: Reader, locales: tuple[str, ...]) -> dict[str, Any]:
    return _with_none(reader, [_place(part, locales) for part in _option_readers(reader)])


def _one_of(part: Reader, locales: tuple[str, ...]) -> Option:
    return _option(part, locales, exclusive=part.boolean("exclusive", default=False))


def _place(part: Reader, locales: tuple[str, ...]) -> Option:
    """Only "nowhere else" needs no place of the body."""
    exclusive = part.boolean("exclusive", default=False)
    site = part.choice("site", BODY_SITES, optional=exclusive)
    side = part.choice("side", SIDES, optional=True)
    return replace(_option(part, locales, exclusive=exclusive), site=site, side=side)


def _with_none(reader: Reader, options: list[Option]) -> dict[str, Any]:
    if options and sum(option.exclusive for option in options) != 1:
        reader.fault('needs exactly one option with exclusive: true, "none of these"', "options")
    return {"options": _different(reader, options)}


def _option_readers(reader: Reader) -> list[Reader]:
    return [Reader(value, at, reader.problems) for at, value in reader.elements("options", least=2)]


def _option(part: Reader, locales: tuple[str, ...], *, exclusive: bool) -> Option:
    option = Option(part.key("key"), part.texts("label", locales), exclusive)
    part.close()
    return option


def _different(reader: Reader, options: list[Option]) -> tuple[Option, ...]:
    keys = [option.key for option in options]
    for index, key in enumerate(keys):
        if key and key in keys[:index]:
            message = f"another option is called {key} too"
            reader.fault(message, "options", index, "key", code="twice")
    return tuple(options)


def _number(reader: Reader, locales: tuple[str, ...]) -> dict[str, Any]:
    low = reader.whole("low", -1_000_000, 1_000_000)
    high = reader.whole("high", -1_000_000, 1_000_000)
    if low > high:
        reader.fault("must not be below low", "high")
    decimals = reader.whole("decimals", 0, 3, default=0)
    return {"unit": _unit(reader, locales), "low": low, "high": high, "decimals": decimals}


def _unit(reader: Reader, locales: tuple[str, ...]) -> Texts:
    """Read a text for each language, or one text: a symbol that is the same in every language."""
    if not isinstance(reader.raw("unit", "must be a text for each locale, or one text"), str):
        return reader.texts("unit", locales) if reader.has("unit") else {}
    symbol = reader.text("unit")
    return MappingProxyType(dict.fromkeys(locales, symbol))


def _scale(reader: Reader, locales: tuple[str, ...]) -> dict[str, Any]:
    low = reader.whole("low", -LONGEST_SCALE, LONGEST_SCALE)
    high = reader.whole("high", -LONGEST_SCALE, 2 * LONGEST_SCALE)
    if reader.has("low") and reader.has("high") and not 1 <= high - low <= LONGEST_SCALE:
        reader.fault(f"must lie 1 to {LONGEST_SCALE} above low", "high")
    high = min(max(high, low + 1), low + LONGEST_SCALE)
    ends = {name: reader.texts(name, locales) for name in ("low_label", "high_label")}
    return {"low": low, "high": high, **ends}


def _duration(reader: Reader, locales: tuple[str, ...]) -> dict[str, Any]:
    units = reader.keys("units", least=1, of=DAYS_IN)
    return {"units": tuple(units)}


EXTRAS: dict[str, Callable[[Reader, tuple[str, ...]], dict[str, Any]]] = {
    "single": _single,
    "several": _several,
    "number": _number,
    "duration": _duration,
    "scale": _scale,
    "body_site": _body_site,
}
