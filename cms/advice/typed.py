"""Answers as they are typed on a command line, turned into their JSON form.

bladder=no  duration=9weeks  course=same  health=blood_thinners,skin_problems  saddle=dont_know
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from recommender import Screening

WORDS: dict[str, Any] = {
    "yes": True,
    "ja": True,
    "true": True,
    "no": False,
    "nee": False,
    "false": False,
    "dont_know": {"unknown": "dont_know"},
    "rather_not_say": {"unknown": "rather_not_say"},
}
DURATION = re.compile(r"(\d+(?:\.\d+)?) ?(\w+)")


class BadAnswers(ValueError):
    """What was typed has no JSON form; the message says which part."""


def read_answers(typed: Iterable[str], screening: Screening) -> dict[str, Any]:
    """Return answers in JSON form: from key=value pairs, or from one JSON object.

    Only the form is made here; whether an answer is right is for evaluating to say. Raises
    BadAnswers.
    """
    kinds = {question.key: question.kind for question in screening.questions}
    answers: dict[str, Any] = {}
    for part in typed:
        if part.lstrip().startswith("{"):
            answers |= _object(part)
            continue
        key, equals, value = part.partition("=")
        if not equals:
            raise BadAnswers(f"{part!r}: give key=value, or one JSON object")
        if key in answers:
            raise BadAnswers(f"{key} is given twice")
        answers[key] = _value(kinds.get(key, ""), value)
    return answers


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise BadAnswers(f"{text!r} is no JSON: {error}") from error
    return dict(found)


def _value(kind: str, text: str) -> Any:
    unknown = WORDS.get(text)
    if isinstance(unknown, dict):
        return unknown
    return FORMS.get(kind, str)(text)


def _duration(text: str) -> Any:
    found = DURATION.fullmatch(text)
    if found is None:
        return text
    return {"value": _number(found[1]), "unit": found[2]}


def _number(text: str) -> Any:
    if text.isdecimal():
        return int(text)
    return float(text) if re.fullmatch(r"\d+\.\d+", text) else text


FORMS: dict[str, Callable[[str], Any]] = {
    "yes_no": lambda text: WORDS.get(text, text),
    "several": lambda text: text.split(","),
    "number": _number,
    "duration": _duration,
}
