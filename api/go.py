"""GET /go/<token>: counts a click and sends the visitor to the partner.

A plain view without the rest of the API's machinery: nothing about it is negotiated, and a visitor
who was given a link must not be refused for what a browser or a mail program made of the request.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from api.errors import problem
from api.problems import Refused
from cms.affiliate import clicks
from cms.published.replica import replica

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
    said = request.META
    purposes = " ".join(said[name] for name in PURPOSES if name in said)
    return _to(clicks.follow(found, said.get("HTTP_USER_AGENT", ""), purposes, now))


def _to(location: str) -> HttpResponse:
    headers = {"Location": location, **HEADERS}
    return HttpResponse(status=302, content_type="text/plain; charset=utf-8", headers=headers)
