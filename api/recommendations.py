"""POST /recommendations: advice with its reasons, or a referral and not a single item."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api import answers
from api.describe import Answer
from api.endpoint import Endpoint, operation
from api.feed import LOCALES
from api.fields import Choice, Pattern, StrictSerializer, Whole
from api.problems import FieldError, Refused, bad_field
from api.shapes import advice as shapes
from cms.advice import advise
from cms.published.replica import replica
from cms.published.view import View
from cms.screening import run
from recommender import Context, DefinitionError, InProgress, Result
from recommender.context import LARGEST_LIMIT, PLACEMENTS


class ContextFields(StrictSerializer):
    """What is no answer. It may add constraints, never take one away."""

    locale = Choice(LOCALES)
    placement = Choice(PLACEMENTS, required=False)
    limits = serializers.DictField(
        child=Whole(min_value=0, max_value=LARGEST_LIMIT),
        required=False,
        help_text="the most items wanted, by slot",
    )
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
    screening = Pattern(r"[a-z0-9][a-z0-9-]*", "the slug of a screening", max_length=80)
    version = Whole(min_value=1)
    answers = answers.Answers()
    context: Any = ContextFields()


class Recommendations(Endpoint):
    @operation(
        "recommendations",
        "Advice, or a referral",
        body=Wish,
        body_example=shapes.WISH_EXAMPLE,
        answers=[Answer(200, "advice or a referral", shapes.advice(), shapes.ADVICE_EXAMPLE)],
        problems=["incomplete", "withdrawn", "advice-away"],
    )
    def post(self, request: Request, body: dict[str, Any]) -> Response:
        """The answers are evaluated again: an outcome made elsewhere is not accepted. `referral`
        carries no items at all. `advice` has slots of items, each with every reason for its place
        (`why`: the points add up to `score`), cautions, and free alternatives; `withheld` counts
        by reason what is not shown. Show everything in `must_show`.

        The envelope names what the decision was made on. Nothing is stored.
        """
        view, now = replica.view(), timezone.now()
        if "snapshot" not in view.derived:
            raise Refused("advice-away")
        context, result = _read(view, body, now)
        if isinstance(result, InProgress):
            raise Refused("incomplete", next=list(result.next))
        shown = advise.advise(view, result.outcome, context, now).shown
        wrong = [error.to_dict() for error in answers.wrong_answers(result)]
        return Response(shown | {"errors": wrong, "unused": list(result.unused)})


def _read(view: View, body: dict[str, Any], now: datetime) -> tuple[Context, Result]:
    """Raises Refused with everything that is wrong in either."""
    errors: list[FieldError] = []
    slug, version = body["screening"], body["version"]
    try:
        context = advise.read_context(view, body["context"])
    except DefinitionError as error:
        errors = [
            FieldError("pointer", f"/context{problem.pointer}", problem.message)
            for problem in error.problems
        ]
    try:
        result = answers.judged(view, slug, body["answers"], now, version)
    except run.UnknownScreening:
        errors.append(_unknown(slug, run.names(view, now)))
    except Refused as refused:
        if refused.name != "bad-request":
            raise
        errors += refused.errors
    if errors:
        raise Refused("bad-request", errors=errors)
    return context, result


def _unknown(slug: str, newest: Mapping[str, int]) -> FieldError:
    if slug in newest:
        return answers.unknown_version(newest[slug])
    return bad_field(f"must be one of: {', '.join(newest) or 'none yet'}", "screening")
