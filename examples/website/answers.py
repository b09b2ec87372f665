"""What a visitor filled in as an answer of the API, and back. Pure; static/answers.js does the same
in a browser, and tests/browser holds the two against one table."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

UNKNOWNS = ("dont_know", "rather_not_say")
LONGEST = 9
NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
PREFIX = "unknown:"  # an option may be called dont_know too

Question = Mapping[str, Any]
Answer = Any
Fields = Mapping[str, Sequence[str]]


class Fault(ValueError):
    """`code` names the sentence in the texts; `field` is the part of the form to go to."""

    def __init__(self, code: str, field: str = "value") -> None:
        super().__init__(code)
        self.code, self.field = code, field


def read(question: Question, fields: Fields) -> Answer:
    """The answer in the form of the API. `fields`: what was sent, a list for each name.

    Raises Fault when nothing was filled in, or something that the question does not take.
    """
    unknown = [v.removeprefix(PREFIX) for v in _values(fields) if v.startswith(PREFIX)]
    chosen = [value for value in _values(fields) if not value.startswith(PREFIX)]
    typed = any(text.strip() for name in ("amount", "number") for text in fields.get(name, ()))
    if unknown:
        if chosen or typed or len(unknown) > 1 or unknown[0] not in UNKNOWNS:
            raise Fault("unknown_alone")
        return {"unknown": unknown[0]}
    return READERS[str(question["kind"])](question, chosen, fields)


def _values(fields: Fields) -> Sequence[str]:
    return fields.get("value", ())


def _yes_no(question: Question, chosen: Sequence[str], fields: Fields) -> bool:
    if list(chosen) not in (["yes"], ["no"]):
        raise Fault("choose")
    return chosen[0] == "yes"


def _single(question: Question, chosen: Sequence[str], fields: Fields) -> str:
    if len(chosen) != 1 or chosen[0] not in _options(question):
        raise Fault("choose")
    return chosen[0]


def _several(question: Question, chosen: Sequence[str], fields: Fields) -> list[str]:
    options = _options(question)
    if not chosen or any(value not in options for value in chosen):
        raise Fault("choose_some")
    if len(chosen) > 1 and any(options[value].get("exclusive") for value in chosen):
        raise Fault("none_alone")
    return list(chosen)


def _number(question: Question, chosen: Sequence[str], fields: Fields) -> int | float:
    number = _amount(fields.get("number", ()), "number")
    if not question["low"] <= number <= question["high"]:
        raise Fault("number_range", "number")
    return number


def _duration(question: Question, chosen: Sequence[str], fields: Fields) -> dict[str, Any]:
    amount = _amount(fields.get("amount", ()), "amount")
    units = list(fields.get("unit", ()))
    if len(units) != 1 or units[0] not in question["units"]:
        raise Fault("unit", "unit")
    return {"value": amount, "unit": units[0]}


def _amount(texts: Sequence[str], field: str) -> int | float:
    """Dutch and English ways of writing a number, without thousands."""
    text = texts[0].strip().replace(",", ".") if texts else ""
    if len(text) > LONGEST or not NUMBER.fullmatch(text):
        raise Fault("number", field)
    return float(text) if "." in text else int(text)


def _options(question: Question) -> dict[str, Mapping[str, Any]]:
    return {option["key"]: option for option in question.get("options", ())}


READERS = {
    "yes_no": _yes_no,
    "single": _single,
    "several": _several,
    "number": _number,
    "duration": _duration,
}


def filled(question: Question, answer: Answer) -> dict[str, list[str]]:
    """The fields that `read` makes this answer of; none without an answer."""
    if answer is None:
        return {}
    if isinstance(answer, Mapping) and "unknown" in answer:
        return {"value": [PREFIX + str(answer["unknown"])]}
    match question["kind"]:
        case "yes_no":
            return {"value": ["yes" if answer else "no"]}
        case "several":
            return {"value": list(answer)}
        case "number":
            return {"number": [str(answer)]}
        case "duration":
            return {"amount": [str(answer["value"])], "unit": [str(answer["unit"])]}
        case _:
            return {"value": [str(answer)]}
