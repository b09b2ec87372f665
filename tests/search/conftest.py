import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from cms.published import registry
from cms.published.replica import Replica
from search import find as finding
from search import reader
from search.engines import elastic, elastic_index, embedded
from search.find import Results
from tests.published.world import World, thing
from tests.search import corpus

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    world = World(replica=Replica())
    world.replica.derive("search", embedded.build)
    registry.register("thing", load=world.load, ids=lambda: list(world.things), render=world.render)
    yield world
    registry._kinds.pop("thing")


@pytest.fixture
def cluster(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A real Elasticsearch, in it a corner of this test's own. It is waited for longer than a
    visitor would: whether it is fast on a busy machine is not what is tested."""
    monkeypatch.setattr(elastic, "ASKING", elastic.WRITING)
    elastic._client.cache_clear()
    settings.ELASTICSEARCH_URL = os.environ["TEST_ELASTICSEARCH_URL"]
    settings.ELASTICSEARCH_PREFIX = f"test-{uuid4().hex[:12]}"
    url, prefix = settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX
    yield settings
    settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX = url, prefix
    for index in elastic_index.every_index():
        elastic_index.remove(index)
    elastic._client.cache_clear()


@dataclass
class Searching:
    """One engine, fed from the world's publications."""

    engine: str
    world: World

    def publish(self, texts: dict[str, corpus.Text], locale: str = "nl") -> None:
        for id_, text in texts.items():
            self.world.change(id_, thing(**corpus.columns_of(text, locale)))
        self.settle()

    def settle(self) -> None:
        self.world.settle()
        if self.engine == "elasticsearch":
            mirror()

    def find(self, q: str, locale: str = "nl", **how: Any) -> Results:
        """Through the front door; the engine that is meant has to be the one that answers."""
        results = finding.find(self.world.replica.view(), q, locale, now=NOW, **how)
        assert results.engine == self.engine
        return results

    def found(self, q: str, locale: str = "nl", **how: Any) -> list[str]:
        return [hit.key.removeprefix("thing:") for hit in self.find(q, locale, **how).hits]


def mirror() -> None:
    """Elasticsearch with everything there is, and visible."""
    progress = reader.catch_up()
    assert progress.finished, progress.why
    elastic.client().indices.refresh(index=elastic.alias())


@pytest.fixture(
    params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.needs("elasticsearch"))]
)
def searching(request: pytest.FixtureRequest, world: World) -> Searching:
    if request.param == "elasticsearch":
        request.getfixturevalue("cluster")
    return Searching(request.param, world)
