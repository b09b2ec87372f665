"""The verb `number`: from touches to numbered rows.

Hides are numbered without rendering anything. Everything else is read, rendered outside any
transaction, and stored in one transaction that deletes exactly the touches that were seen before
reading. If one of them is gone, somebody rendered this key meanwhile, perhaps from something
newer, and this rendering is dropped. A touch that arrives during rendering stays and is next.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import DatabaseError, transaction

from cms.published import failures, head, registry, stops, touches
from cms.published.models import ItemHistory, Publication, State, Touch
from cms.published.registry import Rendering

READER = "render"
HIDER = "hide"
AFTER = "after"
VIEWS = ("link", "card", "body", "item", "text")
COLUMNS = ("state", "kind", "locale", "translation_key", "path", "valid_from", "valid_until")


class Overtaken(Exception):
    """Another process rendered this key meanwhile."""


@dataclass(frozen=True)
class Seen:
    """A key as it was read: the touches first, then the object."""

    key: str
    touches: list[int]
    rendering: Rendering | None
    deleted: bool


def hide(key: str) -> None:
    """Withdraw a key at once, if one of its touches asks for it.

    All its touches go, so that a rendering under way (made from what was true before) is dropped
    when it wants to be stored; one new touch stays, so that what is true now is looked at next.
    Raises Overtaken when somebody stored or hid this key meanwhile: the row may have come into
    being after it was looked for, and the hide must not be spent on nothing.
    """
    with transaction.atomic():
        row = Publication.objects.select_for_update().filter(key=key).first()
        seen = dict(Touch.objects.filter(key=key).values_list("id", "hide"))
        if not any(seen.values()):
            return
        if touches.delete(list(seen)) < len(seen):
            raise Overtaken
        Touch.objects.bulk_create([Touch(key=key)])
        if row and row.state == State.LIVE:
            _store(row, _hidden(row, State.HIDDEN))


def number_hides() -> int:
    """Withdraw every key that asks for it and say how many were tried."""
    keys = list(Touch.objects.filter(hide=True).values_list("key", flat=True).distinct())
    for key in keys:
        try:
            hide(key)
        except Overtaken:
            continue  # its touch is still there: tried again in a moment
        except DatabaseError as error:  # the same
            failures.record(HIDER, key, failures.reason_of(error))
        else:
            failures.clear(HIDER, key)
    return len(keys)


def number(key: str, *, serving: bool = False) -> None:
    """Render and number one key, or record why it could not be done. Raises nothing of its own.

    A serving process asks whether its code is in charge after it has read the touches: a release
    takes charge in the transaction of its touches, so whoever reads one of them knows.
    """
    ids: list[int] = []
    try:
        ids = touches.seen(key)
        if not ids or (serving and not head.may_render()):
            return
        kind, id_ = registry.kind_of(key)
        found = kind.load(id_)
        rendering = None if found is None or stops.active(key) else kind.render(found)
        store(Seen(key, ids, rendering, deleted=found is None))
    except Overtaken:
        return
    except Exception as error:  # whatever it is, it is this row's failure and stops nobody
        failures.record(READER, key, failures.reason_of(error), max(ids, default=0))
    else:
        failures.clear(READER, key)
        do_after(key, kind, found)


def do_after(key: str, kind: registry.Kind, found: Any) -> None:
    """What follows numbering and changes no publication: a failure of its own reader."""
    if kind.after is None or found is None:
        return
    try:
        kind.after(found)
    except Exception as error:  # the row is numbered; this is tried again as a chore
        failures.record(AFTER, key, failures.reason_of(error))
    else:
        failures.clear(AFTER, key)


@transaction.atomic
def store(seen: Seen) -> None:
    """Raises Overtaken; whatever the database raises leaves row and touches as they were."""
    row = Publication.objects.select_for_update().filter(key=seen.key).first()
    if touches.delete(seen.touches) < len(seen.touches):
        raise Overtaken
    if seen.rendering is not None:
        new = columns_of(seen.rendering)
    elif row is not None:
        new = _hidden(row, State.GONE if seen.deleted else State.HIDDEN)
    else:
        return  # never went live
    _touch_below(row, new)
    _store(row or Publication(key=seen.key), new)


def columns_of(rendering: Rendering) -> dict[str, Any]:
    """The columns of a live row. Pure: equal renderings give equal bytes."""
    columns = {name: getattr(rendering, name) for name in COLUMNS if name != "state"}
    return (
        columns
        | {"state": State.LIVE.value}
        | {name: canonical(getattr(rendering, name)) for name in VIEWS}
    )


def canonical(view: registry.View | None) -> bytes | None:
    return None if view is None else orjson.dumps(view, option=orjson.OPT_SORT_KEYS)


def _hidden(row: Publication, state: State) -> dict[str, Any]:
    nothing = dict.fromkeys((*VIEWS, "valid_from", "valid_until"))
    kept = {name: getattr(row, name) for name in ("kind", "locale", "translation_key", "path")}
    return kept | nothing | {"state": state.value}


def _store(row: Publication, new: dict[str, Any]) -> None:
    """Give the row the next number if anything changed. Head is locked last and by everyone."""
    former = row.former_paths
    if row.path is not None and row.path != new["path"]:
        former = [path for path in former if path != new["path"]] + [row.path]
    digest = _hash(new, former)
    if row.hash == digest:
        return
    adding = row._state.adding
    item_before = row.item
    for name, value in new.items():
        setattr(row, name, value)
    row.former_paths, row.hash = former, digest
    row.seq = head.next_number()
    row.save(force_insert=adding, force_update=not adding)
    if adding or item_before != row.item:
        ItemHistory.objects.bulk_create([ItemHistory(key=row.key, seq=row.seq, item=row.item)])


def _hash(columns: dict[str, Any], former_paths: list[str]) -> str:
    digest = hashlib.sha256(orjson.dumps([columns[name] for name in COLUMNS] + [former_paths]))
    for name in VIEWS:
        view = columns[name]
        digest.update(b"\0" if view is None else b"\1%d:" % len(view) + view)
    return digest.hexdigest()


def _touch_below(row: Publication | None, new: dict[str, Any]) -> None:
    """A page that moved takes along everything under its old address."""
    if row is None or row.path is None or (row.path, row.locale) == (new["path"], new["locale"]):
        return
    below = Publication.objects.filter(locale=row.locale).exclude(key=row.key)
    if row.path:
        below = below.filter(path__startswith=f"{row.path}/")
    touches.touch_all(below.values_list("key", flat=True))
