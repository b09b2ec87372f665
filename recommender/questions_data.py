"""Reads a question from plain data."""

from collections.abc import Callable
from typing import Any

from recommender.answers import DAYS_IN
from recommender.questions import READERS, Option, Question
from recommender.reading import Reader


def read_question(reader: Reader, locales: tuple[str, ...]) -> Question:
    """Read everything of a question but its show_if, which may name facts that come later."""
    kind = reader.choice("kind", READERS)
    extra = EXTRAS[kind](reader, locales) if kind in EXTRAS else {}
    return Question(
        key=reader.key("key"),
        kind=kind,
        text=reader.texts("text", locales),
        why=reader.texts("why", locales),
        seconds=reader.whole("seconds", 1, 120),
        page=reader.key("page", optional=True),
        **extra,
    )


def _single(reader: Reader, locales: tuple[str, ...]) -> dict[str, Any]:
    options = [_option(part, locales, exclusive=False) for part in _option_readers(reader)]
    return {"options": _different(reader, options)}


def _several(reader: Reader, locales: tuple[str, ...]) -> dict[str, Any]:
    options = [
        _option(part, locales, exclusive=part.boolean("exclusive", default=False))
        for part in _option_readers(reader)
    ]
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
            reader.fault(f"another option is called {key} too", "options", index, "key")
    return tuple(options)


def _number(reader: Reader, locales: tuple[str, ...]) -> dict[str, Any]:
    low = reader.whole("low", -1_000_000, 1_000_000)
    high = reader.whole("high", -1_000_000, 1_000_000)
    if low > high:
        reader.fault("must not be below low", "high")
    decimals = reader.whole("decimals", 0, 3, default=0)
    return {"unit": reader.text("unit"), "low": low, "high": high, "decimals": decimals}


def _duration(reader: Reader, locales: tuple[str, ...]) -> dict[str, Any]:
    units = reader.keys("units", least=1, of=DAYS_IN)
    return {"units": tuple(units)}


EXTRAS: dict[str, Callable[[Reader, tuple[str, ...]], dict[str, Any]]] = {
    "single": _single,
    "several": _several,
    "number": _number,
    "duration": _duration,
}
