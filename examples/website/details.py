"""What is particular about a kind of product, as rows of a label and a value."""

from collections.abc import Callable, Mapping
from typing import Any

Said = Mapping[str, Any]
Write = Callable[[Said, str, Any], str]


def rows(details: Mapping[str, Any], said: Said, locale: str) -> list[tuple[str, str]]:
    """In this order, whatever the kind; a field that this website has no words for is left out."""
    return [
        (said["details"][name], write(said, locale, details[name]))
        for name, write in FIELDS.items()
        if details.get(name) not in (None, "", [])
    ]


def _text(said: Said, locale: str, value: str) -> str:
    return value


def _yes_no(said: Said, locale: str, value: bool) -> str:
    return str(said["answers"]["yes" if value else "no"])


def _amount(unit: str) -> Write:
    return lambda said, locale, value: f"{value} {said['measures'][unit]}"


def _choice(group: str) -> Write:
    return lambda said, locale, value: str(said[group].get(value, said[group]["other"]))


def _choices(group: str) -> Write:
    one = _choice(group)
    return lambda said, locale, values: ", ".join(one(said, locale, value) for value in values)


def _terms(said: Said, locale: str, terms: list[Mapping[str, Any]]) -> str:
    return ", ".join(term["labels"].get(locale) or term["title"] for term in terms)


FIELDS: dict[str, Write] = {
    "contexts": _terms,
    "level": _choice("levels"),
    "adjustable": _yes_no,
    "space": _text,
    "skills": _text,
    "firmness": _choice("firmness"),
    "sleeping_positions": _choices("positions"),
    "trial_nights": _amount("nights"),
    "body_weight": _text,
    "shoe": _text,
    "professional": _text,
    "measures": _text,
    "accuracy": _text,
    "privacy": _text,
    "medical_device": _yes_no,
    "longest_minutes": _amount("minutes"),
    "longest_minutes_a_day": _amount("minutes_a_day"),
    "temperature": _text,
    "temporary": _yes_no,
    "dont": _text,
}
