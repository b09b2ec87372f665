from collections.abc import Iterator

import pytest

from cms.published import registry
from tests.published.world import World


@pytest.fixture
def world(db: None) -> Iterator[World]:
    world = World()
    registry.register(
        "thing",
        load=world.load,
        ids=lambda: list(world.things),
        render=world.render,
        after=world.indexed.append,
    )
    yield world
    registry._kinds.pop("thing")
