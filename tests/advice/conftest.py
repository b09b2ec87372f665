from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from cms.advice.advise import Advice, advise, read_context
from cms.advice.blocked import notebook
from cms.published import registry, work
from cms.published.replica import replica
from cms.published.view import View
from recommender import Outcome
from tests.content import builders as content
from tests.published.world import World, thing
from tests.recommender import builders


class Shelf(World):
    """Things that can be advised, the terms they use, and the replica that advice reads."""

    def put(self, id_: str, *, card: dict[str, Any] | None = None, **item: Any) -> None:
        """Publish an item; what is not said about it is as in tests/recommender/builders.py."""
        columns = {name: item.pop(name) for name in ("valid_from", "valid_until") if name in item}
        data = builders.item(translation_key=id_, **item)
        shown = {"title": id_, "cautions": [], **(card or {})}
        self.change(id_, thing(id_, item=data, card=shown, **columns))

    def view(self) -> View:
        work.number_all()
        return replica.refresh()

    def advise(self, outcome: Outcome | None = None, **context: Any) -> Advice:
        view = self.view()
        wanted = read_context(view, {"locale": "nl", **context})
        return advise(view, outcome or builders.assessment(), wanted, timezone.now())


@pytest.fixture
def shelf(db: None, settings: Settings) -> Iterator[Shelf]:
    settings.DEMO = True
    replica.reset()
    shelf = Shelf(replica=replica)
    registry.register("thing", load=shelf.load, ids=lambda: list(shelf.things), render=shelf.render)
    for key in ("pregnancy", "kidney_disease"):
        content.term(key, "constraint")
    content.term("sleep", "factor")
    yield shelf
    registry._kinds.pop("thing")
    replica.reset()
    notebook.clear()
