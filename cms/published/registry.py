"""What can be published: for each prefix of a key, how its objects are found and rendered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

View = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Rendering:
    """Everything that readers may know about one live object, said by the object itself.

    Whatever another object says (a title, a path, a card) is a reference (references.py).
    `path` is the address inside its locale without slashes around it; None: no address.
    `item` holds keys, flags and small numbers for the recommender: no text, price or partner.
    `text` is `{"title": str, "names": [str], "body": str}`.
    """

    kind: str
    locale: str = ""
    translation_key: str = ""
    path: str | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    link: View | None = None
    card: View | None = None
    body: View | None = None
    item: View | None = None
    text: View | None = None


@dataclass(frozen=True)
class Kind:
    prefix: str
    load: Callable[[str], Any | None]
    ids: Callable[[], Iterable[str]]
    render: Callable[[Any], Rendering | None]
    after: Callable[[Any], None] | None


_kinds: dict[str, Kind] = {}
_chores: list[Callable[[], None]] = []


class UnknownKey(LookupError):
    """No registered prefix begins this key."""


def register(
    prefix: str,
    *,
    load: Callable[[str], Any | None],
    ids: Callable[[], Iterable[str]],
    render: Callable[[Any], Rendering | None],
    after: Callable[[Any], None] | None = None,
) -> None:
    """Make objects publishable under keys "prefix:id".

    `load(id)` reads the object afresh, None when it is deleted. `ids()` names every object there
    is. `render(object)` gives its Rendering, None when it is not live. `after(object)` runs in
    the render thread once the object is numbered (Wagtail's own search index).
    """
    _kinds[prefix] = Kind(prefix, load, ids, render, after)


def chore(work: Callable[[], None]) -> None:
    """Have `work` called about once a second in every process that serves. It takes a lease."""
    _chores.append(work)


def kind_of(key: str) -> tuple[Kind, str]:
    prefix, _, id_ = key.partition(":")
    if prefix not in _kinds or not id_:
        raise UnknownKey(f"{key!r}: a key begins with one of {', '.join(sorted(_kinds))}")
    return _kinds[prefix], id_


def kinds() -> list[Kind]:
    return list(_kinds.values())


def chores() -> list[Callable[[], None]]:
    return list(_chores)


def every_key() -> Iterable[str]:
    for kind in kinds():
        for id_ in kind.ids():
            yield f"{kind.prefix}:{id_}"
