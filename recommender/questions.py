"""Questions: what is asked, why, and which answers each kind takes.

Every question also takes the two unknowns, so that nobody has to guess to get on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
from recommender.intervals import FROM_ZERO, Span
from recommender.reading import Texts, is_whole, listed


@dataclass(frozen=True)
class Option:
    key: str
    label: Texts
    exclusive: bool  # "none of these": chosen alone
    site: str = ""  # of a question about body sites: where, and on which side
    side: str = ""


@dataclass(frozen=True)
class Question:
    """One question of a screening.

    `why` tells the visitor what the answer is used for; `seconds` is how long answering takes;
    consecutive questions with the same `page` are asked together; `show_if` None: always asked.
    `skipped_means` says what a question that branching skips tells about a constraint that reads
    it: "excluded", the author's word that it does not apply, or "not_asked", nothing at all.
    `note` is for editors.
    """

    key: str
    kind: str
    text: Texts
    why: Texts
    seconds: int
    page: str
    options: tuple[Option, ...] = ()
    unit: Texts = field(default_factory=dict)
    low_label: Texts = field(default_factory=dict)  # of a scale: what its ends mean
    high_label: Texts = field(default_factory=dict)
    low: int = 0
    high: int = 0
    decimals: int = 0
    units: tuple[str, ...] = ()
    show_if: Criterion | None = None
    skipped_means: str = ""
    note: str = ""

    @property
    def domain(self) -> Domain:
        """What a criterion may compare the answer with."""
        return DOMAINS[self.kind](self)

    @property
    def span(self) -> Span:
        """The numbers that its answer can be; only for kinds in SPANS."""
        return SPANS[self.kind](self)

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


def _scale(question: Question, value: object) -> Value:
    if isinstance(value, int) and is_whole(value) and question.low <= value <= question.high:
        return value
    raise AnswerError(question.rule)


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
    "scale": _scale,
    "body_site": _several,
}
DOMAINS: dict[str, Callable[[Question], Domain]] = {
    "yes_no": lambda question: Domain("boolean"),
    "single": _keys,
    "several": _keys,
    "number": lambda question: Domain("number"),
    "duration": lambda question: Domain("number", in_days=True),
    "scale": lambda question: Domain("number", frozenset(range(question.low, question.high + 1))),
    "body_site": _keys,
}
SPANS: Mapping[str, Callable[[Question], Span]] = {
    "number": lambda question: Span(
        question.low, question.high, Fraction(1, 10**question.decimals)
    ),
    "scale": lambda question: Span(question.low, question.high, Fraction(1)),
    "duration": lambda question: FROM_ZERO,
}
RULES: dict[str, Callable[[Question], str]] = {
    "yes_no": lambda question: "must be true or false",
    "single": lambda question: f"must be one of: {_option_keys(question)}",
    "several": lambda question: f"must be a list of at least one of: {_option_keys(question)}",
    "number": lambda question: (
        f"must be a number from {question.low} to {question.high} ({_unit(question)})"
        f" with at most {question.decimals} decimals"
    ),
    "scale": lambda question: f"must be a whole number from {question.low} to {question.high},",
    "body_site": lambda question: f"must be a list of at least one of: {_option_keys(question)}",
    "duration": lambda question: (
        'must be a duration such as {"value": 9, "unit": "weeks"}, not below 0;'
        f" units: {', '.join(question.units)}"
    ),
}


def _option_keys(question: Question) -> str:
    return ", ".join(option.key for option in question.options)


def _unit(question: Question) -> str:
    return " / ".join(dict.fromkeys(question.unit.values()))
