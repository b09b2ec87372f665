"""What publishing a page changes: the live pages that name it, and whether it can be advised."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cms.published import compose
from cms.published.view import Row, View


@dataclass(frozen=True)
class Shown:
    """A live page that names another one, as a card or as a link."""

    key: str
    kind: str
    locale: str
    title: str
    url: str | None


@dataclass(frozen=True)
class Consequences:
    """`shown_on`: what shows the page, or will as soon as it is live."""

    live: bool
    shown_on: list[Shown]
    advised: bool


def consequences(view: View, key: str, now: datetime) -> Consequences:
    """`advised`: it is an item that advice may show, wherever its gates let it."""
    row = view.live(key, now)
    return Consequences(
        live=row is not None,
        shown_on=[
            _shown(view, user, now)
            for user in view.rows.values()
            if user.key != key and user.body is not None and _names(view, user, key, now)
        ],
        advised=row is not None and row.item is not None,
    )


def _names(view: View, user: Row, key: str, now: datetime) -> bool:
    made = compose.page(view, user.key, now)
    return made is not None and key in made.tags


def _shown(view: View, user: Row, now: datetime) -> Shown:
    link: dict[str, Any] = compose.link(view, user.key, now) or {}
    return Shown(
        key=user.key,
        kind=user.kind,
        locale=user.locale,
        title=link.get("title", user.key),
        url=link.get("url"),
    )
