"""Reads what a screening definition says about itself."""

from types import MappingProxyType
from typing import Any

from recommender.reading import LOCALE, Problem, Reader
from recommender.review import read_review
from recommender.screening import General

LABELS = ("yes", "no", "dont_know", "rather_not_say")
TEXTS = ("not_sure", "safety_net")


def read_locales(reader: Reader) -> tuple[str, ...]:
    """Read the languages in which every text of the definition must be given."""
    found: list[str] = []
    for at, value in reader.elements("locales", least=1):
        if isinstance(value, str) and LOCALE.fullmatch(value) and value not in found:
            found.append(value)
        else:
            reader.problems.append(Problem(at, "must be a locale such as nl, once"))
    return tuple(found)


def read_head(reader: Reader, locales: tuple[str, ...]) -> dict[str, Any]:
    """Read the fields that the Screening takes as they are."""
    promised = reader.whole("promised_seconds", 1, 3600)
    part = reader.part("labels")
    labels = MappingProxyType({label: part.texts(label, locales) for label in LABELS})
    part.close()
    return {
        "slug": reader.key("slug"),
        "version": reader.whole("version", 1, 1_000_000),
        "locales": locales,
        "title": reader.texts("title", locales),
        "notice": reader.texts("notice", locales),
        "review": read_review(reader.part("review")),
        "promised_seconds": promised,
        "labels": labels,
        "information": _read_information(reader, locales),
        "texts": MappingProxyType({name: reader.texts(name, locales) for name in TEXTS}),
    }


def _read_information(reader: Reader, locales: tuple[str, ...]) -> General | None:
    if not reader.has("information"):
        return None
    part = reader.part("information")
    found = General(part.texts("text", locales), frozenset(part.keys("conditions")))
    part.close()
    return found
