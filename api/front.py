"""Content before Django: a page that is here, asked for plainly, costs one look-up.

Django's handler alone costs five times as much as everything below. Whatever is not plain (a
query, a redirect, an error, another method, a host that is not ours) gives None and takes the
ordinary way; tests/api/test_front.py compares the two answers byte for byte.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.http.request import split_domain_port, validate_host
from django.middleware.security import SecurityMiddleware
from django.utils import timezone

from api import addresses, pages
from api.headers import accepts_gzip, accepts_json, etag_matches
from api.problems import Refused
from cms.published.replica import NotReady, replica
from cms.published.view import View

PREFIX = f"{addresses.BASE}/content/"
TEMPLATE = f"{PREFIX}{{locale}}/{{path}}"
READS = {"GET", "HEAD"}
SECURITY = "django.middleware.security.SecurityMiddleware"

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Ready:
    status: str
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    page: pages.Page
    full: Ready
    unchanged: Ready


class Front:
    """Keeps what it answered for as long as the View is the same."""

    def __init__(self) -> None:
        # Another middleware might add headers that only it knows.
        self._enabled = settings.PUBLIC_MIDDLEWARE == [SECURITY]
        self._security = {secure: _security_headers(secure) for secure in (False, True)}
        self._kept: tuple[View | None, dict[tuple[str, bool, bool], Kept]] = (None, {})

    def answer(self, environ: dict[str, Any], path: str) -> Ready | None:
        secure = _is_secure(environ)
        if (
            not self._enabled
            or environ["REQUEST_METHOD"] not in READS
            or environ.get("QUERY_STRING")
            or not _is_ours(environ.get("HTTP_HOST", ""))
            or not accepts_json(environ.get("HTTP_ACCEPT", ""))
            or "HTTP_TRANSFER_ENCODING" in environ
            or (settings.SECURE_SSL_REDIRECT and not secure)
        ):
            return None
        gzipped = accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        kept = self._find(path, gzipped, secure)
        if kept is None:
            return None
        known = environ.get("HTTP_IF_NONE_MATCH")
        return kept.unchanged if known and etag_matches(known, kept.page.etag) else kept.full

    def _find(self, path: str, gzipped: bool, secure: bool) -> Kept | None:
        try:
            view = replica.view()
        except NotReady:
            return None
        if self._kept[0] is not view:
            self._kept = (view, {})
        ready = self._kept[1]
        kept = ready.get((path, gzipped, secure))
        if kept is None or (kept.page.until is not None and kept.page.until <= timezone.now()):
            kept = self._made(view, path, gzipped, secure)
            if kept is None:
                return None
            ready[path, gzipped, secure] = kept
        return kept

    def _made(self, view: View, path: str, gzipped: bool, secure: bool) -> Kept | None:
        now = timezone.now()
        try:
            locale, _, rest = path[len(PREFIX) :].encode("latin-1").decode().partition("/")
            found = pages.find(view, locale, rest, now)
        except (UnicodeError, Refused):
            return None
        if isinstance(found, pages.Moved):
            return None
        page = pages.page(found, now, gzipped=gzipped)
        added = self._security[secure]
        return Kept(
            page,
            Ready("200 OK", [*page.headers, *page.body_headers, *added], page.body),
            Ready("304 Not Modified", [*page.headers, *added], b""),
        )


def _security_headers(secure: bool) -> Headers:
    """What Django's own middleware adds to a bare answer, so that the settings are read once."""
    scheme = "https" if secure else "http"
    request = WSGIRequest(
        {"REQUEST_METHOD": "GET", "wsgi.url_scheme": scheme, "wsgi.input": BytesIO()}
    )
    middleware = SecurityMiddleware(lambda request: HttpResponse())
    response = middleware.process_response(request, HttpResponse())
    return [(name, value) for name, value in response.items() if name != "Content-Type"]


def _is_secure(environ: dict[str, Any]) -> bool:
    """Django's rule: the proxy's header when one is configured and sent, else the scheme."""
    if proxy := settings.SECURE_PROXY_SSL_HEADER:
        name, expected = proxy
        if (said := environ.get(name)) is not None:
            return bool(said.split(",", 1)[0].strip() == expected)
    return bool(environ.get("wsgi.url_scheme") == "https")


@lru_cache(maxsize=256)
def _is_ours(host: str) -> bool:
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
