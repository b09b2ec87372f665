"""The reasons of an outcome in the author's words: what was asked, and what was answered to it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cms.advice import texts
from recommender import Ground, Reason, Screening
from recommender.questions import Question

# One of it, and more; a fraction takes the second.
UNITS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "nl": {
        "days": ("dag", "dagen"),
        "weeks": ("week", "weken"),
        "months": ("maand", "maanden"),
        "years": ("jaar", "jaar"),
    },
    "en": {
        "days": ("day", "days"),
        "weeks": ("week", "weeks"),
        "months": ("month", "months"),
        "years": ("year", "years"),
    },
}
DECIMAL = {"nl": ",", "en": "."}


def shown(
    screening: Screening, reasons: Sequence[Reason], answers: Mapping[str, Any], locale: str
) -> list[dict[str, Any]]:
    """`answers` as they were sent: what is said back is what the visitor said."""
    return [
        {
            "kind": reason.kind,
            "key": reason.key,
            "because": [_because(screening, g, answers, locale) for g in reason.grounds],
        }
        for reason in reasons
    ]


def _because(
    screening: Screening, ground: Ground, answers: Mapping[str, Any], locale: str
) -> dict[str, Any]:
    question = next(found for found in screening.questions if found.key == ground.question)
    given = answers[ground.question]
    return {
        "question": question.key,
        "text": texts.in_language(question.text, locale),
        "answers": list(_said(screening, question, ground, given, locale)),
    }


def _said(
    screening: Screening, question: Question, ground: Ground, given: Any, locale: str
) -> Iterator[str]:
    labels = screening.labels
    if isinstance(given, bool):
        yield texts.in_language(labels["yes" if given else "no"], locale)
    elif isinstance(given, dict) and "unknown" in given:
        yield texts.in_language(labels[given["unknown"]], locale)
    elif isinstance(given, dict):
        yield _amount(given["value"], UNITS[_language(locale)][given["unit"]], locale)
    elif isinstance(given, int | float):
        unit = texts.in_language(question.unit, locale)
        yield _amount(given, (unit, unit), locale)
    else:
        chosen = ground.options or ({given} if isinstance(given, str) else set(given))
        for option in question.options:
            if option.key in chosen:
                yield texts.in_language(option.label, locale)


def _amount(value: float, units: tuple[str, str], locale: str) -> str:
    number = str(int(value) if value == int(value) else value)
    return f"{number.replace('.', DECIMAL[_language(locale)])} {units[value != 1]}".rstrip()


def _language(locale: str) -> str:
    return locale if locale in UNITS else "nl"
