"""GET /legal/{key}: disclaimer, terms, privacy … as they are now and as they were."""

import re
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from api.describe import Answer
from api.endpoint import Endpoint, operation
from api.feed import LocaleQuery
from api.problems import Refused
from api.sending import send
from api.shapes import legal as shapes
from api.shapes.common import LEGAL_KEYS
from cms.published import compose
from cms.published.replica import replica

ANSWERS = [
    Answer(200, "the text", shapes.LegalText, shapes.EXAMPLE),
    Answer(304, "unchanged: If-None-Match names its ETag"),
]
KEY = {"key": f"which text: {', '.join(LEGAL_KEYS)}"}


class Newest(Endpoint):
    @operation(
        "legal",
        "A legal text",
        query=LocaleQuery,
        answers=ANSWERS,
        problems=["not-found"],
        path=KEY,
    )
    def get(self, request: Request, key: str, query: dict[str, Any]) -> HttpResponse:
        """Its newest version in this language."""
        return _sent(request, f"legal:{key}:{query['locale']}")


class Version(Endpoint):
    @operation(
        "legal_version",
        "A version of a legal text",
        query=LocaleQuery,
        answers=ANSWERS,
        problems=["not-found"],
        path=KEY | {"version": "its number"},
    )
    def get(self, request: Request, key: str, version: str, query: dict[str, Any]) -> HttpResponse:
        """A version never changes. Each language counts its own."""
        if not re.fullmatch(r"[1-9][0-9]{0,8}", version):
            raise Refused("not-found")
        return _sent(request, f"legal:{key}:{query['locale']}@{version}")


def _sent(request: Request, key: str) -> HttpResponse:
    now = timezone.now()
    composed = compose.page(replica.view(), key, now)
    if composed is None:
        raise Refused("not-found")
    return send(request, composed, now)
