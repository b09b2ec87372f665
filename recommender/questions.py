"""Questions: what is asked, why, and which answers each kind takes.

Every question also takes the two unknowns, so that nobody has to guess to get on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from recommender.answers import (
    UNKNOWN_RULE,
    Answer,
    AnswerError,
    Value,
    read_days,
    read_number,
    read_unknown,
)
from recommender.criteria import Criterion
from recommender.criteria_data import Domain
from recommender.reading import Texts, listed


@dataclass(frozen=True)
class Option:
    key: str
    label: Texts
    exclusive: bool  # "none of these": chosen alone


@dataclass(frozen=True)
class Question:
    """One question of a screening.

    `why` tells the visitor what the answer is used for; `seconds` is how long answering takes;
    consecutive questions with the same `page` are asked together; `show_if` None: always asked.
    """

    key: str
    kind: str
    text: Texts
    why: Texts
    seconds: int
    page: str
    options: tuple[Option, ...] = ()
    unit: str = ""
    low: int = 0
    high: int = 0
    decimals: int = 0
    units: tuple[str, ...] = ()
    show_if: Criterion | None = None

    @property
    def domain(self) -> Domain:
        """What a criterion may compare the answer with."""
        return DOMAINS[self.kind](self)

    @property
    def rule(self) -> str:
        """What a right answer looks like, for a message."""
        return f"{RULES[self.kind](self)} {UNKNOWN_RULE}"

    def read(self, value: object) -> Answer:
        """Turn JSON into an answer. Raises AnswerError, saying what would be right."""
        unknown = read_unknown(value)
        return unknown if unknown is not None else READERS[self.kind](self, value)


def _yes_no(question: Question, value: object) -> Value:
    if isinstance(value, bool):
        return value
    raise AnswerError(question.rule)


def _single(question: Question, value: object) -> Value:
    if isinstance(value, str) and value in {option.key for option in question.options}:
        return value
    raise AnswerError(question.rule)


def _several(question: Question, value: object) -> Value:
    options = {option.key: option for option in question.options}
    if not isinstance(value, list) or not value:
        raise AnswerError(question.rule)
    if not all(isinstance(key, str) and key in options for key in value):
        raise AnswerError(question.rule)
    if len(set(value)) != len(value):
        raise AnswerError(f"names an option twice; {question.rule}")
    if len(value) > 1 and any(options[key].exclusive for key in value):
        alone = listed([key for key in value if options[key].exclusive])
        raise AnswerError(f"{alone} cannot be combined with another option")
    return frozenset(value)


def _number(question: Question, value: object) -> Value:
    number = read_number(value)
    if number is None or not question.low <= number <= question.high:
        raise AnswerError(question.rule)
    if round(number, question.decimals) != number:
        raise AnswerError(question.rule)
    return number if isinstance(number, int) else Fraction(str(number))


def _duration(question: Question, value: object) -> Value:
    return read_days(value, question.units, question.rule)


def _keys(question: Question) -> Domain:
    return Domain("key", frozenset(option.key for option in question.options))


READERS: dict[str, Callable[[Question, object], Value]] = {
    "yes_no": _yes_no,
    "single": _single,
    "several": _several,
    "number": _number,
    "duration": _duration,
}
DOMAINS: dict[str, Callable[[Question], Domain]] = {
    "yes_no": lambda question: Domain("boolean"),
    "single": _keys,
    "several": _keys,
    "number": lambda question: Domain("number"),
    "duration": lambda question: Domain("number"),
}
RULES: dict[str, Callable[[Question], str]] = {
    "yes_no": lambda question: "must be true or false",
    "single": lambda question: f"must be one of: {_option_keys(question)}",
    "several": lambda question: f"must be a list of at least one of: {_option_keys(question)}",
    "number": lambda question: (
        f"must be a number from {question.low} to {question.high} ({question.unit})"
        f" with at most {question.decimals} decimals"
    ),
    "duration": lambda question: (
        'must be a duration such as {"value": 9, "unit": "weeks"}, not below 0;'
        f" units: {', '.join(question.units)}"
    ),
}


def _option_keys(question: Question) -> str:
    return ", ".join(option.key for option in question.options)
