"""GET /screenings and POST /screenings/{slug}/evaluate. Nothing that is answered is stored."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from api import answers
from api.describe import Answer
from api.endpoint import Endpoint, Sent, operation
from api.feed import DEFAULT_LOCALE, LOCALES
from api.fields import Choice, StrictSerializer, Whole
from api.problems import Refused
from api.sending import send
from api.shapes import screenings as shapes
from cms.advice import must_show, present, reasons
from cms.published import compose
from cms.published.replica import replica
from cms.published.view import View
from cms.screening import run, tokens
from recommender import Complete, InProgress, Result, Screening, plain

SLUG = {"slug": "the name of a screening, such as lage-rugpijn"}
VERSION = [
    Answer(200, "the version", shapes.Version, shapes.VERSION_EXAMPLE),
    Answer(304, "unchanged: If-None-Match names its ETag"),
]


class Evaluation(StrictSerializer):
    version = Whole(min_value=1, required=False, help_text="absent: the newest")
    answers = answers.Answers()
    locale = Choice(LOCALES, default=DEFAULT_LOCALE)


class Screenings(Endpoint):
    @operation(
        "screenings",
        "All screenings",
        answers=[Answer(200, "the newest version of each", shapes.Listed, shapes.LISTED_EXAMPLE)],
    )
    def get(self, request: Request) -> Response:
        """The newest version of each screening that can be evaluated now."""
        view, now = replica.view(), timezone.now()
        keys = [f"screening:{slug}@{version}" for slug, version in run.names(view, now).items()]
        cards = [card for key in keys if (card := compose.card(view, key, now))]
        return Response({"screenings": cards})


class Newest(Endpoint):
    @operation("screening", "A screening", answers=VERSION, problems=["not-found"], path=SLUG)
    def get(self, request: Request, slug: str) -> HttpResponse:
        """Its newest version: everything that is needed to ask its questions."""
        version = run.names(replica.view(), timezone.now()).get(slug)
        if version is None:
            raise Refused("not-found")
        return _version(request, slug, version)


class Version(Endpoint):
    @operation(
        "screening_version",
        "A version of a screening",
        answers=VERSION,
        problems=["not-found"],
        path=SLUG | {"version": "its number"},
    )
    def get(self, request: Request, slug: str, version: str) -> HttpResponse:
        """A version never changes and stays readable. Once it is withdrawn it says so, with its
        successor, and evaluating it answers 410."""
        if not re.fullmatch(r"[1-9][0-9]{0,8}", version):
            raise Refused("not-found")
        return _version(request, slug, int(version))


class Evaluate(Endpoint):
    @operation(
        "evaluate",
        "What to ask next, or how it ends",
        body=Evaluation,
        body_example=shapes.EVALUATION_EXAMPLE,
        answers=[Answer(200, "the next step", shapes.result(), shapes.RESULT_EXAMPLE)],
        problems=["not-found", "withdrawn"],
        path=SLUG,
        hears_faults=True,
    )
    def post(self, request: Request, slug: str, sent: Sent) -> Response:
        """Send all answers so far. `in_progress`: ask the questions in `next`. `stopped`: an
        emergency; show it at once. `complete`: a referral or an assessment, with a token that
        stands for the answers in POST /recommendations. `reasons` tell which answers decided it.

        Nothing is stored, so going back is sending other answers. `unused` names answers without
        influence. Whatever is wrong is refused, but never holds back a referral as long as
        `answers` and `version` can be read: then `errors` has it. Show everything in `must_show`.
        """
        view, now = replica.view(), timezone.now()
        locale = sent.right.get("locale", DEFAULT_LOCALE)
        try:
            result, wrong = answers.judged(view, slug, sent, sent.faults, now, locale)
        except run.UnknownScreening:
            raise _unknown(view, slug, sent, now, locale) from None
        given = sent.body["answers"]
        used = run.screening(view, slug, now, sent.right.get("version"))
        errors = [error.to_dict() for error in wrong]
        made = {"screening": slug, "version": used.version, "errors": errors}
        made |= _shown(view, result, locale) | _why(used, result, given, locale)
        return Response(made | _token(used, result, given, now))


def _unknown(view: View, slug: str, sent: Sent, now: datetime, locale: str) -> Refused:
    newest = run.names(view, now).get(slug)
    faults = [*sent.faults, *([answers.unknown_version(newest)] if newest else [])]
    shown = answers.still_shown(view, answers.Asked(slug, None, sent.body["answers"], locale))
    return Refused("bad-request" if faults else "not-found", errors=faults, **shown)


def _version(request: Request, slug: str, version: int) -> HttpResponse:
    now = timezone.now()
    composed = compose.page(replica.view(), f"screening:{slug}@{version}", now)
    if composed is None:
        raise Refused("not-found")
    return send(request, composed, now)


def _shown(view: View, result: Result, locale: str) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "status": result.status,
        "unused": list(result.unused),
    }
    if isinstance(result, InProgress):
        return shown | {"next": list(result.next), "progress": plain(result.progress)}
    return shown | {
        "outcome": present.outcome(result.outcome, locale),
        "must_show": must_show.of_outcome(result.outcome, view, locale),
    }


def _why(used: Screening, result: Result, given: Mapping[str, Any], locale: str) -> dict[str, Any]:
    if isinstance(result, InProgress):
        return {}
    return {"reasons": reasons.shown(used, result.reasons, given, locale)}


def _token(
    used: Screening, result: Result, given: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """An emergency gets none: there is nothing to go on to."""
    if not isinstance(result, Complete):
        return {}
    sealed = tokens.seal(used, given, result, now)
    return {"outcome_token": sealed.token, "outcome_token_expires": sealed.expires}
