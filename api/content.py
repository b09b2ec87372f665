"""GET /content: the whole page in one request."""

from typing import Any

import orjson
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from api import pages
from api.describe import Answer
from api.endpoint import Endpoint, operation
from api.fields import Names, StrictSerializer
from api.sending import send
from api.shapes import pages as shapes
from cms.published.replica import replica


class ContentQuery(StrictSerializer):
    # Any: a serializer has an attribute of this name, which the declaration does not touch
    fields: Any = Names(
        shapes.FIELDS,
        required=False,
        help_text="only these top-level fields: a list with commas",
    )


HEADERS = {
    "ETag": "the sha256 of the body, in quotes; with -gzip for the compressed one",
    "Cache-Control": "shorter when the clock is about to change the page",
    "Cache-Tag": "the key of everything that the page shows, for purging a cache",
}
ANSWERS = [
    Answer(200, "the page", shapes.whole_page(), shapes.EXAMPLE, HEADERS),
    Answer(301, "it moved", shapes.Moved, shapes.MOVED_EXAMPLE, {"Location": "where it is"}),
    Answer(304, "unchanged: If-None-Match names its ETag"),
]
LOCALE = "a language, such as nl"


class Content(Endpoint):
    @operation(
        "content",
        "A page",
        query=ContentQuery,
        answers=ANSWERS,
        problems=["not-found", "gone"],
        path={"locale": LOCALE, "path": "the path inside the locale, such as rug/lage-rugpijn"},
    )
    def get(self, request: Request, locale: str, path: str, query: dict[str, Any]) -> HttpResponse:
        """Sections, rich text as HTML and as text, images, cards of what belongs to it, links to
        translations, sources, and what must be shown with it.

        404 alike for what is absent, hidden or a draft; 410 for what was deleted.
        """
        return answer(request, locale, path, query.get("fields"))


class Home(Endpoint):
    @operation(
        "home",
        "The home page of a locale",
        query=ContentQuery,
        answers=ANSWERS,
        problems=["not-found", "gone"],
        path={"locale": LOCALE},
    )
    def get(self, request: Request, locale: str, query: dict[str, Any]) -> HttpResponse:
        """Like any page; its path is empty."""
        return answer(request, locale, "", query.get("fields"))


def answer(request: Request, locale: str, path: str, fields: list[str] | None) -> HttpResponse:
    now = timezone.now()
    found = pages.find(replica.view(), locale, path, now)
    if isinstance(found, pages.Moved):
        return _moved(found, request.META.get("QUERY_STRING", ""))
    if fields is not None:
        found = pages.narrowed(found, fields)
    return send(request, found, now)


def _moved(moved: pages.Moved, query_string: str) -> HttpResponse:
    response = HttpResponse(
        orjson.dumps({"location": moved.to, "url": moved.url}),
        status=301,
        content_type="application/json",
    )
    response["Location"] = moved.to + (f"?{query_string}" if query_string else "")
    response["Cache-Control"] = pages.cache_control(None, timezone.now())
    return response
