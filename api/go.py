"""GET /go/<token>: counts a click and sends the visitor to the partner.

A plain view without the rest of the API's machinery: nothing about it is negotiated, and a visitor
who was given a link must not be refused for what a browser or a mail program made of the request.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from api import front
from api.errors import problem
from api.problems import Refused
from cms.affiliate import clicks
from cms.published.replica import NotReady, replica

PREFIX: Final = "/go/"
TEMPLATE: Final = "/go/{token}"
TEXT: Final = "text/plain; charset=utf-8"
PURPOSES = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")
# The partner learns from which site a visitor comes, never from which page.
HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "strict-origin",
}


def go(request: HttpRequest, token: str) -> HttpResponse:
    """The query is not looked at: what somebody hangs on to a link goes nowhere."""
    if request.method not in {"GET", "HEAD"}:
        refused = problem(Refused("method-not-allowed"))
        refused["Allow"] = "GET, HEAD"
        return refused
    now = timezone.now()
    found = clicks.find(replica.view(), token, now)
    if found is None:
        return problem(Refused("not-found"))
    if request.method == "HEAD":
        return _to(found.target.destination)
    return _to(clicks.follow(found, *_said(request.META), now))


def _to(location: str) -> HttpResponse:
    return HttpResponse(status=302, content_type=TEXT, headers={"Location": location, **HEADERS})


def _said(environ: Mapping[str, Any]) -> tuple[str, str]:
    """What a request says of the program that makes it, and what for."""
    purposes = " ".join(environ[name] for name in PURPOSES if name in environ)
    return environ.get("HTTP_USER_AGENT", ""), purposes


class Ahead:
    """A click before Django, as the front does with pages: a GET of a live link, asked for plainly.
    Whatever else there is gives None and takes the ordinary way."""

    def __init__(self) -> None:
        self._enabled = front.knows_the_middleware()
        self._kept: dict[bool, front.Headers] = {}

    def answer(self, environ: Mapping[str, Any], path: str) -> front.Ready | None:
        secure = front.is_secure(environ)
        if (
            not self._enabled
            or environ["REQUEST_METHOD"] != "GET"
            or "HTTP_ORIGIN" in environ
            or not front.is_ours(environ.get("HTTP_HOST", ""))
            or (settings.SECURE_SSL_REDIRECT and not secure)
        ):
            return None
        try:
            view = replica.view()
        except NotReady:
            return None
        now = timezone.now()
        found = clicks.find(view, path[len(PREFIX) :], now)
        if found is None:
            return None
        location = clicks.follow(found, *_said(environ), now)
        return front.Ready("302 Found", [("Location", location), *self._headers(secure)], b"")

    def _headers(self, secure: bool) -> front.Headers:
        if secure not in self._kept:
            own = [("Content-Type", TEXT), *HEADERS.items(), ("Content-Length", "0")]
            self._kept[secure] = front.through_middleware(own, secure, "")
        return self._kept[secure]
