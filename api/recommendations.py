"""POST /recommendations: advice with its reasons, or a referral and not a single item."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api import answers
from api.describe import Answer
from api.endpoint import Endpoint, Sent, operation, right_fields
from api.feed import DEFAULT_LOCALE, LOCALES
from api.fields import Choice, Pattern, StrictSerializer, Whole
from api.problems import FieldError, Refused, bad_field
from api.shapes import advice as shapes
from cms.advice import advise
from cms.content.vocabulary import ProductCategory
from cms.published import compose
from cms.published.replica import replica
from cms.published.view import View
from cms.screening import run, tokens
from recommender import Context, DefinitionError, InProgress, Result, compile_snapshot
from recommender.context import LARGEST_LIMIT, PLACEMENTS
from recommender.slots import CARE_SLOTS

# What stands for what could not be derived: no items, and no vocabulary to hold a term against.
MADE_OF_NOTHING: dict[str, Any] = {
    "snapshot": compile_snapshot((), ()),
    "timed_items": frozenset(),
    "sold_out": frozenset(),
    "constraints": None,
}
SLOTS = (*CARE_SLOTS, *ProductCategory.values)
GIVEN_BY_US = "an outcome_token that POST /screenings/{slug}/evaluate gave within the last hour"


class Limits(StrictSerializer):
    """The most items wanted, by slot."""

    def get_fields(self) -> dict[str, Any]:
        return {slot: Whole(min_value=0, max_value=LARGEST_LIMIT, required=False) for slot in SLOTS}


class ContextFields(StrictSerializer):
    """What is no answer. It may add constraints, never take one away."""

    locale = Choice(LOCALES)
    placement = Choice(PLACEMENTS, required=False)
    limits: Any = Limits(required=False)
    exclude = serializers.ListField(
        child=Pattern(r"[^\s\x00-\x1f]+", "a key of an item, such as page:12", max_length=200),
        required=False,
        max_length=200,
        help_text="keys of items that are not wanted",
    )
    constraints = serializers.ListField(
        child=Pattern(r"[a-z][a-z0-9_-]*", "the key of a constraint term", max_length=80),
        required=False,
        max_length=50,
        help_text="keys of constraint terms that hold as well, such as pregnancy",
    )


class Wish(StrictSerializer):
    """Answers, or the token that stands for them."""

    forms = (("screening", "version", "answers"), ("token",))
    screening = Pattern(
        r"[a-z0-9][a-z0-9-]*", "the slug of a screening", max_length=80, required=False
    )
    version = Whole(min_value=1, required=False)
    answers = answers.Answers(required=False)
    token = Pattern(
        tokens.FORM, GIVEN_BY_US, required=False, help_text="the outcome_token of a finished one"
    )
    context: Any = ContextFields()


class Recommendations(Endpoint):
    @operation(
        "recommendations",
        "Advice, or a referral",
        body=Wish,
        body_example=shapes.WISH_EXAMPLE,
        answers=[Answer(200, "advice or a referral", shapes.advice(), shapes.ADVICE_EXAMPLE)],
        problems=["incomplete", "withdrawn", "advice-away"],
        hears_faults=True,
    )
    def post(self, request: Request, sent: Sent) -> Response:
        """Send `screening`, `version` and `answers`, or instead of these three the `token` that
        evaluating them gave. The answers are evaluated again: an outcome made elsewhere is not
        accepted. `referral` carries no items at all. `advice` has slots of items, each with every
        reason for its place (`why`: the points add up to `score`), cautions, and free
        alternatives; `withheld` counts by reason what is not shown. Show everything in `must_show`.

        Whatever is wrong is refused, but never holds back a referral as long as `screening`,
        `version` and `answers`, or the `token`, can be read: then `errors` has it.

        The envelope names what the decision was made on. Nothing is stored.
        """
        view, now = replica.view(), timezone.now()
        away = MADE_OF_NOTHING.keys() - view.derived.keys()
        # For a referral only: it is found in the answers alone.
        seen = replace(view, derived=MADE_OF_NOTHING | dict(view.derived)) if away else view
        context, faults = _context(seen, sent)
        result, wrong = _judged(view, sent, faults, now, context.locale)
        if isinstance(result, InProgress):
            raise Refused("incomplete", next=list(result.next))
        if away and not answers.refers(result):
            raise Refused("advice-away")
        shown = advise.advise(seen, result.outcome, context, now).shown
        errors = [error.to_dict() for error in wrong]
        _encode_cards(view, shown, now)
        return Response(shown | {"errors": errors, "unused": list(result.unused)})


def _encode_cards(view: View, shown: dict[str, Any], now: datetime) -> None:
    """Put the bytes of its card into each item: cards are most of an answer, and the same for all
    visitors."""
    for slot in shown.get("slots", ()):
        for item in slot["items"]:
            card = compose.card_json(view, item["key"], now)
            if card is not None:
                item["card"] = orjson.Fragment(card)


def _context(view: View, sent: Sent) -> tuple[Context, list[FieldError]]:
    """The context that was asked for, and everything that is wrong in what was sent. Beside a
    fault it is the context of nothing but a language: the one asked for, if that is right."""
    faults = list(sent.faults)
    if "context" in sent.right:
        try:
            return advise.read_context(view, sent.right["context"]), faults
        except DefinitionError as error:
            faults += [
                FieldError("pointer", f"/context{problem.pointer}", problem.message)
                for problem in error.problems
            ]
    given = sent.body.get("context") if isinstance(sent.body, dict) else None
    locale = right_fields(ContextFields, given).get("locale", DEFAULT_LOCALE)
    return advise.read_context(view, {"locale": locale}), faults


def _judged(
    view: View, sent: Sent, faults: Sequence[FieldError], now: datetime, locale: str
) -> tuple[Result, list[FieldError]]:
    slug = sent.right.get("screening")
    given = sent.body.get("answers") if isinstance(sent.body, dict) else None
    if "token" in sent.right and not (slug and isinstance(given, dict)):
        return _redeemed(view, sent.right["token"], faults, now, locale)
    try:
        return answers.judged(view, slug, sent, faults, now, locale)
    except run.UnknownScreening:
        unknown = _unknown(str(slug), run.names(view, now))
        asked = answers.Asked(str(slug), None, given or {}, locale)
        shown = answers.still_shown(view, asked)
        raise Refused("bad-request", errors=[*faults, unknown], **shown) from None


def _redeemed(
    view: View, token: str, faults: Sequence[FieldError], now: datetime, locale: str
) -> tuple[Result, list[FieldError]]:
    """As `answers.judged`, of the answers that a token stands for."""
    try:
        claims = tokens.read(token, now)
        result = tokens.evaluate(view, claims, now)
    except tokens.BadToken:
        bad = bad_field(f"must be {GIVEN_BY_US}", "token")
        raise Refused("bad-request", errors=[*faults, bad]) from None
    except run.WithdrawnScreening as error:
        asked = answers.Asked(claims.slug, claims.version, dict(claims.answers), locale)
        raise answers.withdrawn(view, asked, error.successor, faults) from None
    if faults and not answers.refers(result):
        raise Refused("bad-request", errors=faults)
    return result, list(faults)


def _unknown(slug: str, newest: Mapping[str, int]) -> FieldError:
    if slug in newest:
        return answers.unknown_version(newest[slug])
    return bad_field(f"must be one of: {', '.join(newest) or 'none yet'}", "screening")
