"""A condition's default advice: for somebody of whom nothing is known but the page they read.

It depends on nothing about a visitor, so it is made once and may be kept by any cache: until the
View changes, until something in it begins or ends by the clock, or until the day is over.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

import orjson
from django.conf import settings
from django.utils import timezone

from cms.advice.advise import Advice, advise
from cms.advice.blocked import blocked
from cms.advice.catalogue import Moments
from cms.published import compose
from cms.published.compose import Composed
from cms.published.view import COPY_ADVISABLE, View
from recommender import Context, default_assessment

DERIVED = ("snapshot", "timed_items", "sold_out", "conditions", "moments")
PLACEMENT = "condition"


def default_advice(view: View, condition: str, locale: str, now: datetime) -> Advice | None:
    """The advice for a condition by its key; None when no page of it is live in this language.

    No rule about a person fires and no constraint is ruled out: nothing that anything says "avoid"
    to is in it, and every "ask first" carries its caution.
    """
    page = _page(view, condition, locale, now)
    if page is None:
        return None
    context = Context(locale=locale, placement=PLACEMENT, demo=settings.DEMO)
    # Nobody has asked this visitor about alarm signs: what the page says of them goes with it.
    safety_net = {locale: found} if (found := " ".join(_safety_net(page))) else {}
    nobody = replace(default_assessment(condition), safety_net=safety_net)
    return advise(view, nobody, context, now)


def composed(view: View, condition: str, locale: str, now: datetime) -> Composed | None:
    """The same as it is sent: its bytes, when they change by the clock, and every key in them."""
    return _kept.get(view, condition, locale, now)


def _compose(view: View, condition: str, locale: str, now: datetime) -> Composed | None:
    made = default_advice(view, condition, locale, now)
    if made is None:
        return None
    body = orjson.dumps({"condition": condition, **made.shown})
    items = [item for slot in made.shown["slots"] for item in slot["items"]]
    shown = {each["key"] for item in items for each in (item, *item["offers"])}
    return Composed(
        body=body,
        etag=hashlib.sha256(body).hexdigest(),
        expires=next_turn(view, now),
        tags=tuple(sorted({*shown, *view.derived["conditions"][locale, condition]})),
    )


def next_turn(view: View, now: datetime) -> datetime:
    """The first moment after `now` at which the clock may change advice, at the latest midnight:
    advice names its day, and reviews end by the day.
    """
    moments: Moments = view.derived["moments"]
    coming = [at for pair in moments.values() for at in pair if at is not None and at > now]
    if view.copied_at is not None and view.copied_at + COPY_ADVISABLE >= now:
        coming.append(view.copied_at + COPY_ADVISABLE)
    local = timezone.localtime(now)
    tomorrow = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return min([*coming, tomorrow])


def _page(view: View, condition: str, locale: str, now: datetime) -> dict[str, Any] | None:
    for key in view.derived["conditions"].get((locale, condition), ()):
        found = compose.page(view, key, now)
        if found is not None:
            return dict(orjson.loads(found.body))
    return None


def _safety_net(page: dict[str, Any]) -> Iterable[str]:
    return (found["text"] for found in page["must_show"] if found["kind"] == "safety_net")


@dataclass(frozen=True)
class _Made:
    value: Composed | None
    blocked: frozenset[str]
    at: datetime


class _Kept:
    """What was made of the newest View. One View at a time: an old one must not stay in memory."""

    def __init__(self) -> None:
        self._view: View | None = None
        self._made: dict[tuple[str, str], _Made] = {}
        self._lock = Lock()

    def get(self, view: View, condition: str, locale: str, now: datetime) -> Composed | None:
        keys = blocked(view, now)
        with self._lock:
            if self._view is not view:
                self._view, self._made = view, {}
            made = self._made.get((condition, locale))
        if made is None or made.blocked != keys or not _holds(made, now):
            made = _Made(_compose(view, condition, locale, now), keys, now)
            # A name that nobody has must not fill the memory.
            if made.value is not None:
                with self._lock:
                    if self._view is view:
                        self._made[condition, locale] = made
        return made.value


def _holds(made: _Made, now: datetime) -> bool:
    expires = made.value.expires if made.value else None
    return made.at <= now and expires is not None and now < expires


_kept = _Kept()
