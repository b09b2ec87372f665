"""A tiny world of things to publish: each test says what they are, nothing else is involved."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from cms.published import registry, work
from cms.published.registry import Rendering
from cms.published.replica import Replica
from cms.published.touches import touch


@dataclass
class World:
    """Things by id. `None` is a draft; a thing that is an exception raises when rendered."""

    things: dict[str, Rendering | Exception | None] = field(default_factory=dict)
    replica: Replica = field(default_factory=Replica)
    indexed: list[Any] = field(default_factory=list)

    def change(self, id_: str, thing: Rendering | Exception | None) -> None:
        """What an editor's save does: the change and its touch in one transaction."""
        with transaction.atomic():
            self.things[id_] = thing
            touch(f"thing:{id_}", hide=thing is None)

    def delete(self, id_: str) -> None:
        with transaction.atomic():
            del self.things[id_]
            touch(f"thing:{id_}", hide=True)

    def settle(self) -> None:
        work.number_all()
        self.replica.refresh()

    def publish(self, id_: str, **columns: Any) -> None:
        self.change(id_, thing(**columns))
        self.settle()

    def load(self, id_: str) -> Any:
        return (id_, self.things[id_]) if id_ in self.things else None

    def render(self, found: tuple[str, Any]) -> Rendering | None:
        if isinstance(found[1], Exception):
            raise found[1]
        return found[1]


def thing(title: str = "A thing", **columns: Any) -> Rendering:
    return Rendering(**{"kind": "thing", "locale": "nl", "link": {"title": title}} | columns)


@contextmanager
def a_world() -> Iterator[World]:
    """A world whose things are the only ones with keys "thing:…"."""
    world = World()
    registry.register(
        "thing",
        load=world.load,
        ids=lambda: list(world.things),
        render=world.render,
        after=world.indexed.append,
    )
    try:
        yield world
    finally:
        registry._kinds.pop("thing")
