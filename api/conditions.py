"""GET /conditions/{key}/recommendations: advice without a screening. Takes nothing about a visitor,
so every cache may keep it."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from api.describe import Answer
from api.endpoint import Endpoint, operation
from api.feed import LocaleQuery
from api.problems import Refused
from api.sending import send
from api.shapes import advice as shapes
from cms.advice import defaults
from cms.published.replica import replica

HEADERS = {
    "ETag": "the sha256 of the body, in quotes; with -gzip for the compressed one",
    "Cache-Control": "shorter when the clock is about to change the advice",
    "Cache-Tag": "the key of every item and offer in it and of the condition's page",
}


class Recommendations(Endpoint):
    @operation(
        "condition_recommendations",
        "What is advised for a condition, without a screening",
        query=LocaleQuery,
        answers=[
            Answer(200, "advice", shapes.DefaultAdvice, shapes.DEFAULT_EXAMPLE, HEADERS),
            Answer(304, "unchanged: If-None-Match names its ETag"),
        ],
        problems=["not-found", "advice-away"],
        path={"key": "the key of a condition, such as lage-rugpijn"},
    )
    def get(self, request: Request, key: str, query: dict[str, Any]) -> HttpResponse:
        """For a visitor of whom nothing is known: only what nothing says *avoid* to, with a caution
        wherever something says *ask first*. Who wants advice for one person asks the screening and
        then `POST /recommendations`: this takes no facts about anybody.

        404 for a condition without a live page in this language. Show everything in `must_show`.
        """
        view, now = replica.view(), timezone.now()
        if any(name not in view.derived for name in defaults.DERIVED):
            raise Refused("advice-away")
        composed = defaults.composed(view, key, query["locale"], now)
        if composed is None:
            raise Refused("not-found")
        return send(request, composed, now)
