"""What a process knows: one immutable View of everything live, swapped whole.

Pure: rows in, a new View out. A request takes one View and keeps it to its end.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, TypeVar

import orjson

from cms.published.models import Publication

# Items of a copy on disk older than this are shown but not advised: what was withdrawn since
# is not known.
COPY_ADVISABLE = timedelta(hours=1)

Place = tuple[str, str]  # locale, path
K = TypeVar("K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A Publication as readers hold it. `link`, `card`, `body` are JSON bytes or None."""

    key: str
    seq: int
    state: str
    kind: str
    locale: str
    translation_key: str
    path: str | None
    former_paths: tuple[str, ...]
    valid_from: datetime | None
    valid_until: datetime | None
    link: bytes | None
    card: bytes | None
    body: bytes | None
    item: Mapping[str, Any] | None
    text: Mapping[str, Any] | None
    hash: str

    def live_at(self, now: datetime) -> bool:
        """Live by its state and by the clock: expiry does not wait for anybody's numbering."""
        return (
            self.state == "live"
            and (self.valid_from is None or self.valid_from <= now)
            and (self.valid_until is None or now < self.valid_until)
        )

    @property
    def places(self) -> set[Place]:
        """Every address it has or had."""
        paths = set(self.former_paths) | ({self.path} if self.path is not None else set())
        return {(self.locale, path) for path in paths}


def row_of(publication: Publication) -> Row:
    def read(view: Any) -> bytes | None:
        return None if view is None else bytes(view)

    def parse(view: Any) -> Mapping[str, Any] | None:
        return None if view is None else orjson.loads(bytes(view))

    return Row(
        key=publication.key,
        seq=publication.seq,
        state=publication.state,
        kind=publication.kind,
        locale=publication.locale,
        translation_key=publication.translation_key,
        path=publication.path,
        former_paths=tuple(publication.former_paths),
        valid_from=publication.valid_from,
        valid_until=publication.valid_until,
        link=read(publication.link),
        card=read(publication.card),
        body=read(publication.body),
        item=parse(publication.item),
        text=parse(publication.text),
        hash=publication.hash,
    )


@dataclass(frozen=True)
class Found:
    """`what`: here (200) · moved to `row`'s address (301) · hidden (404) · gone (410)."""

    what: Literal["here", "moved", "hidden", "gone"]
    row: Row


@dataclass(frozen=True, kw_only=True)
class View:
    """`withheld`: items whose rendering lags; `copied_at`: when it comes from a copy on disk."""

    epoch: int
    seq: int = 0
    rows: Mapping[str, Row] = field(default_factory=dict)
    claims: Mapping[Place, tuple[str, ...]] = field(default_factory=dict)
    siblings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    copied_at: datetime | None = None
    derived: Mapping[str, Any] = field(default_factory=dict)

    def live(self, key: str, now: datetime) -> Row | None:
        row = self.rows.get(key)
        return row if row is not None and row.live_at(now) else None

    def advisable(self, key: str, now: datetime) -> bool:
        """Live, rendered from what its editors last said, and not from an old copy."""
        if self.copied_at is not None and now - self.copied_at > COPY_ADVISABLE:
            return False
        return key not in self.withheld and self.live(key, now) is not None

    def find(self, locale: str, path: str, now: datetime) -> Found | None:
        """Who answers at an address: live here beats moved away beats hidden beats gone."""
        candidates = [self.rows[key] for key in self.claims.get((locale, path), ())]
        if not candidates:
            return None
        return min((self._as_found(row, path, now) for row in candidates), key=_precedence)

    @staticmethod
    def _as_found(row: Row, path: str, now: datetime) -> Found:
        if row.live_at(now):
            return Found("here" if row.path == path else "moved", row)
        return Found("gone" if row.state == "gone" else "hidden", row)

    @cached_property
    def by_number(self) -> tuple[Row, ...]:
        return tuple(sorted(self.rows.values(), key=lambda row: row.seq))

    def changes(self, since: int, limit: int) -> tuple[Row, ...]:
        """At most `limit` rows above `since`, in order."""
        first = bisect_right(self.by_number, since, key=lambda row: row.seq)
        return self.by_number[first : first + max(limit, 0)]


def _precedence(found: Found) -> tuple[int, int]:
    return ("here", "moved", "hidden", "gone").index(found.what), -found.row.seq


def applied(view: View, rows: Iterable[Row], seq: int) -> View:
    """The next View. Addresses are worked out after the whole batch, so that two pages that
    swap their places never shadow each other."""
    known, claims, siblings = dict(view.rows), dict(view.claims), dict(view.siblings)
    for row in rows:
        if before := known.get(row.key):
            for place in before.places:
                _leave(claims, place, row.key)
            _leave(siblings, before.translation_key, row.key)
        known[row.key] = row
        for place in row.places:
            _join(claims, place, row.key)
        if row.translation_key:
            _join(siblings, row.translation_key, row.key)
    return replace(
        view,
        seq=max(seq, view.seq),
        rows=MappingProxyType(known),
        claims=MappingProxyType(claims),
        siblings=MappingProxyType(siblings),
    )


def _join(table: dict[K, tuple[str, ...]], place: K, key: str) -> None:
    table[place] = tuple(sorted({*table.get(place, ()), key}))


def _leave(table: dict[K, tuple[str, ...]], place: K, key: str) -> None:
    left = tuple(other for other in table.get(place, ()) if other != key)
    if left:
        table[place] = left
    else:
        table.pop(place, None)
