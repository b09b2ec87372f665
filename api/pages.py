"""A composed page as HTTP sends it. Pure; the view and the front answer with the same headers."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import orjson

from api import addresses
from api.headers import SAFE_HEADERS
from api.problems import Refused
from cms.published import compose
from cms.published.compose import Composed
from cms.published.view import View

# A cache may show a page for so long after it was hidden; longer is not safe for health advice.
MAX_AGE = 60
STALE = 30
SHRINKS: Final = timedelta(seconds=MAX_AGE + STALE)

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Moved:
    """`to`: the API's address of the page now; `url`: the front end's."""

    to: str
    url: str


@dataclass(frozen=True)
class Page:
    """`etag` with its quotes; `headers` belong to a 200 and a 304, `body_headers` to a 200.

    `until`: as long as these headers are right; None: until the View changes.
    """

    body: bytes
    etag: str
    headers: Headers
    body_headers: Headers
    until: datetime | None


def find(view: View, locale: str, path: str, now: datetime) -> Composed | Moved:
    """Raises Refused: hidden, draft and absent alike are not found; what was deleted is gone."""
    found = view.find(locale, path.removesuffix("/"), now)
    if found is None or found.what == "hidden":
        raise Refused("not-found")
    if found.what == "gone":
        raise Refused("gone")
    row = found.row
    composed = compose.page(view, row.key, now)
    if composed is None or row.path is None:
        raise Refused("not-found")
    if found.what == "moved" or (path.endswith("/") and path != "/"):
        return Moved(
            addresses.content(row.locale, row.path), compose.site_url(row.locale, row.path)
        )
    return composed


def narrowed(composed: Composed, fields: Iterable[str]) -> Composed:
    """Only these top-level fields, in the order they have in the page."""
    wanted = set(fields)
    whole = orjson.loads(composed.body)
    body = orjson.dumps({name: value for name, value in whole.items() if name in wanted})
    return Composed(body, hashlib.sha256(body).hexdigest(), composed.expires, composed.tags)


def page(composed: Composed, now: datetime, *, gzipped: bool) -> Page:
    body = composed.gzip if gzipped else composed.body
    etag = f'"{composed.etag}-gzip"' if gzipped else f'"{composed.etag}"'
    headers = (
        ("ETag", etag),
        ("Cache-Control", cache_control(composed.expires, now)),
        ("Cache-Tag", ", ".join(composed.tags)),
        ("Vary", "Accept-Encoding"),
        *SAFE_HEADERS.items(),
    )
    body_headers = (
        *((("Content-Encoding", "gzip"),) if gzipped else ()),
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
    )
    until = composed.expires - SHRINKS if composed.expires else None
    return Page(body, etag, headers, body_headers, until)


def cache_control(expires: datetime | None, now: datetime) -> str:
    """No cache may show a page beyond the moment when the clock changes it."""
    left = MAX_AGE + STALE if expires is None else max(0, int((expires - now).total_seconds()))
    age = min(MAX_AGE, left)
    stale = min(STALE, left - age)
    return f"public, max-age={age}" + (f", stale-while-revalidate={stale}" if stale else "")
