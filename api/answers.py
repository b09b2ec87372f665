"""What POST /evaluate and POST /recommendations have in common: finding a version, judging what
was answered, and refusing what is wrong in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.problems import FieldError, Refused, bad_field
from cms.published.view import View
from cms.screening import run
from recommender import InProgress, Referral, Result

MOST_ANSWERS = 200

# Open on purpose: which form is right is for each question to say, and a wrong answer does not keep
# an alarm sign from being heard.
FORMS = (
    "Answers by question key. An answer is `true` or `false`, the key of an option, a list of keys "
    'of options, a number, `{"value": 9, "unit": "weeks"}` (days, weeks, months, years), '
    '`{"unknown": "dont_know"}` or `{"unknown": "rather_not_say"}`. A question that was not asked '
    "yet is absent."
)


@extend_schema_field({"type": "object", "additionalProperties": {}, "description": FORMS})
class Answers(serializers.Field[Any, Any, Any, Any]):
    """Answers by question key; which are right is for the version to say."""

    default_error_messages = {
        "required": "is required",
        "null": "must not be null",
        "invalid": "must be an object of answers by question",
        "too_many": "must hold at most {most} answers",
    }

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict):
            self.fail("invalid")
        if len(data) > MOST_ANSWERS:
            self.fail("too_many", most=MOST_ANSWERS)
        return data


def judged(
    view: View, slug: str, answers: Mapping[str, Any], now: datetime, version: int | None
) -> Result:
    """Raises Refused for a withdrawn version and for wrong answers, and run.UnknownScreening.

    A referral is never held back because something else that was sent is wrong: it comes with its
    `errors`.
    """
    try:
        result = run.evaluate(view, slug, answers, now, version)
    except run.WithdrawnScreening as withdrawn:
        raise Refused("withdrawn", successor=withdrawn.successor) from None
    refers = not isinstance(result, InProgress) and isinstance(result.outcome, Referral)
    if result.errors and not refers:
        raise Refused("bad-request", errors=wrong_answers(result))
    return result


def wrong_answers(result: Result) -> list[FieldError]:
    return [bad_field(fault.message, "answers", fault.question) for fault in result.errors]


def unknown_version(newest: int) -> FieldError:
    return bad_field(f"must be a version that exists; the newest is {newest}", "version")
