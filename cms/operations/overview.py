"""What the admin shows of the publications: readers, failures, what waits, the history of a key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.utils import timezone

from cms.published import head, readers, registry
from cms.published.models import (
    Cursor,
    EmergencyStop,
    Failure,
    Head,
    ItemHistory,
    Publication,
    Touch,
)


@dataclass(frozen=True)
class Reader:
    """`behind`: numbers it has not read yet (gaps count, so at most so many rows)."""

    name: str
    seq: int
    behind: int
    epoch_differs: bool
    seen_at: datetime
    present: bool


@dataclass(frozen=True)
class Overview:
    head: Head
    own_renderer_in_charge: bool
    readers: list[Reader]
    failures: list[Failure]
    waiting: int
    oldest: Touch | None
    stops: list[EmergencyStop]


@dataclass(frozen=True)
class History:
    """Everything known of one key, the newest first."""

    key: str
    publication: Publication | None
    stop: EmergencyStop | None
    stops: list[EmergencyStop]
    touches: list[Touch]
    failures: list[Failure]
    items: list[dict[str, Any]]


def overview() -> Overview:
    now = head.read()
    return Overview(
        head=now,
        own_renderer_in_charge=head.may_render(),
        readers=[_reader(cursor, now) for cursor in Cursor.objects.order_by("-at")],
        failures=list(Failure.objects.order_by("-at")[:200]),
        waiting=Touch.objects.count(),
        oldest=Touch.objects.order_by("id").first(),
        stops=list(EmergencyStop.objects.order_by("-at")[:50]),
    )


def _reader(cursor: Cursor, now: Head) -> Reader:
    differs = cursor.epoch != now.epoch
    return Reader(
        name=cursor.reader,
        seq=cursor.seq,
        behind=now.seq if differs else now.seq - cursor.seq,
        epoch_differs=differs,
        seen_at=cursor.at,
        present=timezone.now() - cursor.at < readers.PRESENT,
    )


def history(key: str) -> History:
    """Raises registry.UnknownKey."""
    registry.kind_of(key)
    stops = list(EmergencyStop.objects.filter(key=key).order_by("-at"))
    return History(
        key=key,
        publication=Publication.objects.filter(key=key).first(),
        stop=next((stop for stop in stops if stop.lifted_at is None), None),
        stops=stops,
        touches=list(Touch.objects.filter(key=key).order_by("-id")),
        failures=list(Failure.objects.filter(key=key).order_by("-at")),
        items=[
            {"seq": row.seq, "at": row.at, "item": _readable(row.item)}
            for row in ItemHistory.objects.filter(key=key).order_by("-seq")[:50]
        ],
    )


def _readable(item: Any) -> str:
    if item is None:
        return ""
    return orjson.dumps(orjson.loads(bytes(item)), option=orjson.OPT_INDENT_2).decode()
