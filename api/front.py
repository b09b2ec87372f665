"""Content before Django: a page that is here, asked for plainly, costs one look-up.

Django's handler alone costs five times as much as everything below. Whatever is not plain (a
query, a redirect, an error, another method, a host that is not ours) gives None and takes the
ordinary way; tests/api/test_front.py compares the two answers byte for byte.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.http.request import split_domain_port, validate_host
from django.utils import timezone
from django.utils.module_loading import import_string

from api import addresses, pages
from api.headers import accepts_gzip, accepts_json, etag_matches
from api.problems import Refused
from cms.published.replica import NotReady, replica
from cms.published.view import View

PREFIX = f"{addresses.BASE}/content/"
TEMPLATE = f"{PREFIX}{{locale}}/{{path}}"
READS = {"GET", "HEAD"}
# These add headers by nothing of a request but its scheme and its Origin.
MIDDLEWARE = {
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
}
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?")

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
        self._enabled = knows_the_middleware()
        self._kept: tuple[View | None, dict[tuple[str, bool, bool, str], Kept]] = (None, {})

    def answer(self, environ: dict[str, Any], path: str) -> Ready | None:
        secure = is_secure(environ)
        origin = _origin(environ.get("HTTP_ORIGIN", ""))
        if (
            not self._enabled
            or environ["REQUEST_METHOD"] not in READS
            or environ.get("QUERY_STRING")
            or not is_ours(environ.get("HTTP_HOST", ""))
            or not accepts_json(environ.get("HTTP_ACCEPT", ""))
            or "HTTP_TRANSFER_ENCODING" in environ
            or (settings.SECURE_SSL_REDIRECT and not secure)
            or origin is None
        ):
            return None
        gzipped = accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        kept = self._find(path, gzipped, secure, origin)
        if kept is None:
            return None
        known = environ.get("HTTP_IF_NONE_MATCH")
        return kept.unchanged if known and etag_matches(known, kept.page.etag) else kept.full

    def _find(self, path: str, gzipped: bool, secure: bool, origin: str) -> Kept | None:
        try:
            view = replica.view()
        except NotReady:
            return None
        if self._kept[0] is not view:
            self._kept = (view, {})
        ready = self._kept[1]
        kept = ready.get((path, gzipped, secure, origin))
        if kept is None or (kept.page.until is not None and kept.page.until <= timezone.now()):
            page = _page(view, path, gzipped)
            if page is None:
                return None
            kept = ready[path, gzipped, secure, origin] = _kept(page, secure, origin)
        return kept


def knows_the_middleware() -> bool:
    """Another middleware might add headers that only it knows."""
    return set(settings.PUBLIC_MIDDLEWARE) <= MIDDLEWARE


def _page(view: View, path: str, gzipped: bool) -> pages.Page | None:
    now = timezone.now()
    try:
        locale, _, rest = path[len(PREFIX) :].encode("latin-1").decode().partition("/")
        found = pages.find(view, locale, rest, now)
    except (UnicodeError, Refused):
        return None
    return None if isinstance(found, pages.Moved) else pages.page(found, now, gzipped=gzipped)


def _kept(page: pages.Page, secure: bool, origin: str) -> Kept:
    full = through_middleware([*page.headers, *page.body_headers], secure, origin)
    unchanged = through_middleware([*page.headers], secure, origin)
    return Kept(page, Ready("200 OK", full, page.body), Ready("304 Not Modified", unchanged, b""))


def through_middleware(headers: Headers, secure: bool, origin: str) -> Headers:
    """What PUBLIC_MIDDLEWARE itself makes of these headers, so that settings are read once."""

    def bare(request: WSGIRequest) -> HttpResponse:
        response = HttpResponse()
        del response["Content-Type"]
        for name, value in headers:
            response[name] = value
        return response

    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "wsgi.url_scheme": "https" if secure else "http",
        "wsgi.input": BytesIO(),
    }
    if origin:
        environ["HTTP_ORIGIN"] = origin
    chain = bare
    for name in reversed(settings.PUBLIC_MIDDLEWARE):
        chain = import_string(name)(chain)
    return list(chain(WSGIRequest(environ)).items())


def _origin(sent: str) -> str | None:
    """The origin as far as answers differ by it; None when only the middleware can tell."""
    if not sent or not (settings.CORS_ALLOW_ALL_ORIGINS or settings.CORS_ALLOWED_ORIGINS):
        return ""
    if settings.CORS_ALLOW_ALL_ORIGINS:
        return "*" if ORIGIN.fullmatch(sent) else None
    return sent if sent in settings.CORS_ALLOWED_ORIGINS else None


def is_secure(environ: Mapping[str, Any]) -> bool:
    """Django's rule: the proxy's header when one is configured and sent, else the scheme."""
    if proxy := settings.SECURE_PROXY_SSL_HEADER:
        name, expected = proxy
        if (said := environ.get(name)) is not None:
            return bool(said.split(",", 1)[0].strip() == expected)
    return bool(environ.get("wsgi.url_scheme") == "https")


@lru_cache(maxsize=256)
def is_ours(host: str) -> bool:
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
