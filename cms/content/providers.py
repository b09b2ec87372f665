"""Finding a provider: by specialism and place, from what every process holds in memory.

Pure: rows in, providers out. Nothing of a question is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, radians, sin, sqrt
from typing import Any

import orjson

from cms.published.view import Row, View

KIND = "provider"
EARTH_RADIUS_KM = 6371.0088  # mean radius (IUGG)


@dataclass(frozen=True)
class Point:
    """Degrees of WGS 84."""

    lat: float
    lon: float


@dataclass(frozen=True)
class Provider:
    """What the finder has to know of a provider; its card says the rest."""

    key: str
    locale: str
    title: str
    specialisms: frozenset[str]
    at: Point | None
    online: bool
    waiting_days: int | None


@dataclass(frozen=True)
class Wish:
    """`radius` in kilometres, only beside `near`. None: it does not matter."""

    locale: str
    specialism: str | None = None
    near: Point | None = None
    radius: float | None = None
    online: bool | None = None


@dataclass(frozen=True)
class Found:
    """`distance` in kilometres; None when nobody asked for it or the provider has no place."""

    key: str
    distance: float | None


Changed = tuple[Row, ...] | None
Providers = Mapping[str, Provider]


def derive(previous: Providers | None, view: View, changed: Changed) -> Providers:
    """Every live provider of a View by its key, brought up to date row by row."""
    known = dict(previous or {}) if changed is not None else {}
    for row in view.rows.values() if changed is None else changed:
        known.pop(row.key, None)
        if row.kind == KIND and row.state == "live" and row.card is not None:
            known[row.key] = _provider(row.key, row.locale, orjson.loads(row.card))
    return known


def _provider(key: str, locale: str, card: dict[str, Any]) -> Provider:
    return Provider(
        key=key,
        locale=locale,
        title=card["title"],
        specialisms=frozenset(link["$link"].removeprefix("term:") for link in card["specialisms"]),
        at=Point(**card["location"]) if card["location"] else None,
        online=card["online"],
        waiting_days=card["waiting_days"],
    )


def find(view: View, wish: Wish, now: datetime) -> list[Found]:
    """The live providers that fit, in order: the nearest first, and those without a place last; or
    else the shortest wait, and those of whom it is not known last; then by title."""
    known: Providers = view.derived.get("providers", {})
    fitting = [
        (each, _distance(each, wish))
        for each in known.values()
        if _fits(each, wish) and view.live(each.key, now)
    ]
    near = [pair for pair in fitting if _near_enough(pair[1], wish)]
    near.sort(key=lambda pair: _order(*pair))
    return [Found(each.key, distance) for each, distance in near]


def _fits(provider: Provider, wish: Wish) -> bool:
    return (
        provider.locale == wish.locale
        and wish.specialism in (None, *provider.specialisms)
        and wish.online in (None, provider.online)
    )


def _distance(provider: Provider, wish: Wish) -> float | None:
    if wish.near is None or provider.at is None:
        return None
    return kilometres(wish.near, provider.at)


def _near_enough(distance: float | None, wish: Wish) -> bool:
    return wish.radius is None or (distance is not None and distance <= wish.radius)


def _order(provider: Provider, distance: float | None) -> tuple[bool, float, bool, int, str, str]:
    waiting = provider.waiting_days
    return (
        distance is None,
        distance or 0.0,
        waiting is None,
        waiting or 0,
        provider.title.casefold(),
        provider.key,
    )


def kilometres(one: Point, other: Point) -> float:
    """Along a great circle, by the haversine formula."""
    lat1, lat2 = radians(one.lat), radians(other.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, radians(other.lon - one.lon) / 2
    a = sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, a)))


def specialisms(view: View, now: datetime) -> Iterable[str]:
    """The keys that a question may name."""
    for row in view.rows.values():
        is_term = row.key.startswith("term:") and row.link is not None and row.live_at(now)
        if is_term and orjson.loads(row.link or b"{}").get("term_kind") == "specialism":
            yield row.key.removeprefix("term:")
