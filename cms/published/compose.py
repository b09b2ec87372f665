"""The verb `compose`: a body with the views of its references, as the bytes that are served.

What is composed is kept until one of its references says something else or begins or ends by
the clock. A reference to something not live composes to nothing: a card goes, an emptied list goes
with its heading, a link in a text becomes its text.
"""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from html import escape
from typing import Any, Final
from weakref import ref

import orjson
from django.conf import settings

from cms.published import offers as offering
from cms.published.view import Row, View

Mark = tuple[str, ...]  # hashes: the same mark means the same content, whatever its number


@dataclass(frozen=True)
class Composed:
    """`etag` without quotes; `expires`: when the clock changes it; `tags`: every key it shows."""

    body: bytes
    etag: str
    expires: datetime | None
    tags: tuple[str, ...]

    @cached_property
    def gzip(self) -> bytes:
        return gzip.compress(self.body, 6, mtime=0)


# The name of everything that shares a translation key: translations of a page, links to partners.
SIBLINGS = "siblings:"


class _Nothing:
    """What a reference to something not live composes to."""


NOTHING: Final = _Nothing()


@dataclass
class _Work:
    """One composition: the view it reads, and what it turned out to depend on.

    `locale` is the language of what is composed, for what links of no language say in each."""

    view: View
    now: datetime
    key: str
    locale: str
    used: dict[str, Mark] = field(default_factory=dict)
    turns: list[datetime] = field(default_factory=list)

    def row(self, key: str) -> Row | None:
        row = self.view.rows.get(key)
        self.used[key] = _mark(self.view, key)
        if row is None:
            return None
        moments = (row.valid_from, row.valid_until)
        self.turns.extend(at for at in moments if at is not None and at > self.now)
        return row if row.live_at(self.now) else None

    def siblings(self, translation_key: str) -> list[Row]:
        keys = self.view.siblings.get(translation_key, ())
        name = f"{SIBLINGS}{translation_key}"
        self.used[name] = _mark(self.view, name)
        return [row for key in keys if (row := self.row(key))]


def _mark(view: View, name: str) -> Mark:
    """What a name stands at in a view: another mark means that what used it is out of date."""
    if name.startswith(SIBLINGS):
        return view.siblings.get(name.removeprefix(SIBLINGS), ())
    row = view.rows.get(name)
    return (row.hash,) if row else ()


@dataclass
class _Kept:
    """`seen`: the view in which it was last found to hold. Weak: an old view must not stay."""

    used: dict[str, Mark]
    value: Any
    made: datetime
    expires: datetime | None
    seen: "ref[View]"

    def holds(self, view: View, now: datetime) -> bool:
        if now < self.made or (self.expires is not None and now >= self.expires):
            return False
        if self.seen() is not view:
            if any(_mark(view, name) != mark for name, mark in self.used.items()):
                return False
            # A view never changes, so within this one only the clock has to be looked at.
            self.seen = ref(view)
        return True


_kept: dict[tuple[str, str], _Kept] = {}
KEEP_AT_MOST = 50_000


def page(view: View, key: str, now: datetime) -> Composed | None:
    """The whole page of a live key, ready to be sent; None when it is not live or has no body."""
    return _remember("page", view, key, now, _page)


def card(view: View, key: str, now: datetime) -> dict[str, Any] | None:
    """The card of a live key as data; not to be changed by the caller."""
    return _remember("card", view, key, now, lambda work: _shown(work, key, "card"))


def card_json(view: View, key: str, now: datetime) -> bytes | None:
    """The same as it is sent: answers that hold many cards need not encode them each time."""
    return _remember("card json", view, key, now, lambda work: _json(_shown(work, key, "card")))


def _json(made: dict[str, Any] | None) -> bytes | None:
    return None if made is None else orjson.dumps(made)


def link(view: View, key: str, now: datetime) -> dict[str, Any] | None:
    return _remember("link", view, key, now, lambda work: _shown(work, key, "link"))


def draft(
    view: View,
    key: str,
    kind: str,
    locale: str,
    path: str | None,
    body: dict[str, Any],
    now: datetime,
) -> dict[str, Any]:
    """A body that is not published, with its references as they are live now. Never kept."""
    return _address(key, kind, locale, path) | _fields(_Work(view, now, key, locale), body)


def offers(
    view: View, translation_key: str, placement: str, locale: str, now: datetime
) -> list[dict[str, Any]]:
    """The offers of a product where no page asks for them; not to be changed by the caller."""
    found = _remember(
        f"offers {placement} {locale}",
        view,
        translation_key,
        now,
        lambda work: _offers(work, [translation_key, placement]),
        locale,
    )
    return found or []


def _remember(
    what: str, view: View, key: str, now: datetime, make: Callable[..., Any], locale: str = ""
) -> Any | None:
    kept = _kept.get((what, key))
    if kept is None or not kept.holds(view, now):
        row = view.rows.get(key)
        work = _Work(view, now, key, row.locale if row else locale)
        value = make(work, key) if what == "page" else make(work)
        kept = _Kept(work.used, value, now, min(work.turns, default=None), ref(view))
        if len(_kept) >= KEEP_AT_MOST:
            _kept.clear()
        _kept[what, key] = kept
    return kept.value


def _page(work: _Work, key: str) -> Composed | None:
    shown = _shown(work, key, "body")
    if shown is None:
        return None
    body = orjson.dumps(shown)
    return Composed(
        body=body,
        etag=hashlib.sha256(body).hexdigest(),
        expires=min(work.turns, default=None),
        tags=tuple(sorted(name for name in work.used if not name.startswith(SIBLINGS))),
    )


def _shown(work: _Work, key: str, which: str) -> dict[str, Any] | None:
    row = work.row(key)
    view = getattr(row, which) if row else None
    if row is None or view is None:
        return None
    resolved = _resolve(work, orjson.loads(view))
    address = _address(row.key, row.kind, row.locale, row.path)
    return address | resolved if isinstance(resolved, dict) else None


def _address(key: str, kind: str, locale: str, path: str | None) -> dict[str, Any]:
    """Who and where it is: the one thing that every link, card and body says alike."""
    address: dict[str, Any] = {"key": key, "type": kind}
    if locale:
        address["locale"] = locale
    if path is not None:
        address["path"] = path
        address["url"] = site_url(locale, path)
    return address


def site_url(locale: str, path: str) -> str:
    """Where the front end shows a page."""
    return f"{settings.SITE_URL}/{locale}/{path}".rstrip("/")


def _resolve(work: _Work, node: Any) -> Any:
    if isinstance(node, list):
        resolved = (_resolve(work, child) for child in node)
        return [child for child in resolved if child is not NOTHING]
    if not isinstance(node, dict):
        return node
    for sign, resolver in _RESOLVERS.items():
        if sign in node:
            return resolver(work, node)
    return _fields(work, node)


def _fields(work: _Work, node: dict[str, Any]) -> dict[str, Any]:
    resolved = {name: _resolve(work, child) for name, child in node.items()}
    return {name: None if child is NOTHING else child for name, child in resolved.items()}


def _needs(work: _Work, node: dict[str, Any]) -> Any:
    field_name = node["$needs"]
    resolved = _fields(work, {name: child for name, child in node.items() if name != "$needs"})
    return resolved if resolved.get(field_name) else NOTHING


def _rich(work: _Work, node: dict[str, Any]) -> str:
    return "".join(
        piece if isinstance(piece, str) else _anchor(work, piece) for piece in node["$rich"]
    )


def _anchor(work: _Work, piece: dict[str, Any]) -> str:
    row = work.row(piece["$link"])
    inner = str(piece["inner"])
    if row is None or row.path is None:
        return inner
    return f'<a href="{escape(site_url(row.locale, row.path))}">{inner}</a>'


def _said(work: _Work, texts: dict[str, str]) -> str:
    return texts.get(work.locale) or next(iter(texts.values()), "")


def _translations(work: _Work, node: dict[str, Any]) -> list[Any]:
    rows = work.siblings(node["$translations"])
    others = (row for row in rows if row.key != work.key and row.path is not None)
    return [_shown(work, row.key, "link") for row in others if row.link is not None]


def _offers(work: _Work, which: list[str]) -> list[dict[str, Any]]:
    translation_key, placement = which
    links = (row for row in work.siblings(translation_key) if row.kind == offering.KIND)
    return offering.in_order(
        [
            offering.offer(row.key, orjson.loads(row.link), placement, work.locale)
            for row in links
            if row.link is not None
        ]
    )


_RESOLVERS: dict[str, Callable[[_Work, dict[str, Any]], Any]] = {
    "$link": lambda work, node: _shown(work, node["$link"], "link") or NOTHING,
    "$card": lambda work, node: _shown(work, node["$card"], "card") or NOTHING,
    "$needs": _needs,
    "$rich": _rich,
    "$said": lambda work, node: _said(work, node["$said"]),
    "$media": lambda work, node: f"{settings.MEDIA_BASE_URL}/{node['$media']}",
    "$translations": _translations,
    "$offers": lambda work, node: _offers(work, node["$offers"]),
}
