"""What an answer can be: a value, or one of four ways of having none."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import isfinite


class NoValue(Enum):
    """Why there is no value.

    Only `SKIPPED` counts as no: there the author said that the question does not apply.
    """

    NOT_ASKED = "not_asked"
    SKIPPED = "skipped"
    DONT_KNOW = "dont_know"
    RATHER_NOT_SAY = "rather_not_say"


@dataclass(frozen=True)
class Known:
    """A set of which only some members are settled: in `yes`, in `no`, or else unknown."""

    yes: frozenset[str]
    no: frozenset[str]


Value = bool | int | float | Fraction | str | frozenset[str] | Known
Answer = Value | NoValue

UNKNOWNS = {member.value: member for member in (NoValue.DONT_KNOW, NoValue.RATHER_NOT_SAY)}
DAYS_IN = {
    "days": Fraction(1),
    "weeks": Fraction(7),
    "months": Fraction(1461, 48),  # 365.25 / 12
    "years": Fraction(1461, 4),
}
LONGEST_DAYS = 120 * 366  # longer than anybody has had a complaint
UNKNOWN_RULE = 'or {"unknown": "dont_know"} or {"unknown": "rather_not_say"}'


class AnswerError(ValueError):
    """An answer that its question does not take; the message says what would be right."""


def read_unknown(value: object) -> NoValue | None:
    """Return the unknown that `value` states, or None when it states a value."""
    if not isinstance(value, dict) or "unknown" not in value:
        return None
    reason = value["unknown"]
    if len(value) == 1 and isinstance(reason, str) and reason in UNKNOWNS:
        return UNKNOWNS[reason]
    raise AnswerError('an unknown is {"unknown": "dont_know"} or {"unknown": "rather_not_say"}')


def read_number(value: object) -> int | float | None:
    """Return a finite number, or None; true and false are not numbers."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if isinstance(value, int) or isfinite(value) else None


def read_days(value: object, units: tuple[str, ...], rule: str) -> int | Fraction:
    """Return the exact number of days of {"value": 9, "unit": "weeks"}.

    Raises AnswerError with `rule` when the form, the unit or the amount is wrong.
    """
    if not isinstance(value, dict) or set(value) != {"value", "unit"}:
        raise AnswerError(rule)
    amount, unit = read_number(value["value"]), value["unit"]
    if amount is None or not isinstance(unit, str) or unit not in units:
        raise AnswerError(rule)
    # Compared before it is converted: a huge number must not cost a huge calculation.
    if not 0 <= amount <= LONGEST_DAYS:
        raise AnswerError(rule)
    exact = amount if isinstance(amount, int) else Fraction(str(amount))
    days = exact * DAYS_IN[unit]
    if days > LONGEST_DAYS:
        raise AnswerError(rule)
    return days.numerator if days.denominator == 1 else days
