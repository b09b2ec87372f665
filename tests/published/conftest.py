from collections.abc import Iterator

import pytest

from tests.published.world import World, a_world


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with a_world() as world:
        yield world
