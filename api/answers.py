"""What POST /evaluate and POST /recommendations have in common: finding a version, judging what
was answered, and refusing what is wrong in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.endpoint import Sent
from api.problems import FieldError, Refused, bad_field
from cms.advice import must_show
from cms.published.view import View
from cms.screening import run
from recommender import InProgress, Referral, Result, evaluate
from recommender.flags import NOT_SURE

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


@dataclass(frozen=True)
class Asked:
    """What was answered, to which version (None: the newest), and the language to answer in."""

    slug: str
    version: int | None
    answers: dict[str, Any]
    locale: str


def judged(
    view: View,
    slug: str | None,
    sent: Sent,
    faults: Sequence[FieldError],
    now: datetime,
    locale: str,
) -> tuple[Result, list[FieldError]]:
    """The result, and whatever is wrong beside a referral: `faults` and the wrong answers.

    A referral is never held back because something else that was sent is wrong. Without one, raises
    Refused with everything that is wrong, or for a withdrawn version. Raises run.UnknownScreening.
    """
    given = sent.body.get("answers") if isinstance(sent.body, dict) else None
    if slug is None or not isinstance(given, dict):
        raise Refused("bad-request", errors=faults)
    asked = Asked(slug, sent.right.get("version"), given, locale)
    # Another version may ask something else by the same name: a version that cannot be read is not
    # replaced by the newest, one that was not given is.
    if "version" in sent.body and asked.version is None:
        raise Refused("bad-request", errors=faults, **still_shown(view, asked))
    try:
        result = run.evaluate(view, slug, given, now, asked.version)
    except run.WithdrawnScreening as error:
        raise withdrawn(view, asked, error.successor, faults) from None
    wrong = [*faults, *_wrong_answers(result)]
    if wrong and not refers(result):
        raise Refused("bad-request", errors=wrong)
    return result, wrong


def withdrawn(
    view: View, asked: Asked, successor: int | None, faults: Sequence[FieldError]
) -> Refused:
    shown = still_shown(view, asked)
    if faults:
        return Refused("bad-request", errors=faults, **shown)
    return Refused("withdrawn", successor=successor, **shown)


def still_shown(view: View, asked: Asked) -> dict[str, Any]:
    """What a refusal must show because of the version: an alarm sign is heard by the version that
    knows most of these answers. Nobody goes on from there, so there is no outcome with it."""
    screening = run.nearest(view, asked.slug, asked.version)
    if screening is None:
        return {}
    result = evaluate(screening, asked.answers)
    if isinstance(result, InProgress) or not isinstance(result.outcome, Referral):
        return {"must_show": must_show.without_outcome(screening, asked.locale)}
    outcome = result.outcome
    if screening.version != asked.version:
        # It may have been asked with other words.
        outcome = replace(outcome, certainty=NOT_SURE, not_sure=screening.texts["not_sure"])
    return {"must_show": must_show.of_outcome(outcome, view, asked.locale)}


def refers(result: Result) -> bool:
    return not isinstance(result, InProgress) and isinstance(result.outcome, Referral)


def _wrong_answers(result: Result) -> list[FieldError]:
    """At most as many as there may be answers: beyond that, their number is what is wrong."""
    faults = result.errors[:MOST_ANSWERS]
    return [bad_field(fault.message, "answers", fault.question) for fault in faults]


def unknown_version(newest: int) -> FieldError:
    return bad_field(f"must be a version that exists; the newest is {newest}", "version")
