from datetime import datetime

from django.http import HttpResponse
from rest_framework.request import Request

from api import pages
from api.headers import accepts_gzip, etag_matches
from cms.published.compose import Composed


def send(request: Request, composed: Composed, now: datetime) -> HttpResponse:
    """What was composed, compressed when that is accepted, or 304 when it is known already."""
    gzipped = accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    page = pages.page(composed, now, gzipped=gzipped)
    if etag_matches(request.META.get("HTTP_IF_NONE_MATCH", ""), page.etag):
        return _response(b"", 304, page.headers)
    return _response(page.body, 200, page.headers + page.body_headers)


def _response(body: bytes, status: int, headers: pages.Headers) -> HttpResponse:
    response = HttpResponse(body, status=status)
    del response["Content-Type"]
    for name, value in headers:
        response[name] = value
    return response
