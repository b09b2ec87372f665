import logging
from collections.abc import Iterator

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from api.application import Application
from cms.published import registry
from cms.published.replica import Replica, replica
from cms.published.view import View
from tests.api.client import Client
from tests.example_database import example_database
from tests.published.world import World

APPLICATION = Application()


@pytest.fixture
def client() -> Client:
    return Client(APPLICATION)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Things to publish, followed by the replica that the API reads."""
    world = World(replica=replica)
    registry.register("thing", load=world.load, ids=lambda: list(world.things), render=world.render)
    world.settle()
    yield world
    registry._kinds.pop("thing")
    replica.reset()


@pytest.fixture
def empty() -> Iterator[None]:
    """Before the first full load."""
    replica.reset()
    yield
    replica.reset()


@pytest.fixture(scope="session")
def example(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> View:
    """The View of the whole example: pages, screening and rules."""
    with django_db_blocker.unblock(), example_database():
        return Replica().refresh()


@pytest.fixture(scope="module")
def demo(example: View) -> Iterator[View]:
    """This process serves the example, without a database."""
    with override_settings(DEMO=True):
        replica.start_from(example)
        yield replica.view()
        replica.reset()


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(level=logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(logging.Formatter("%(name)s %(message)s").format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Everything that any logger says, at the most talkative level."""
    handler = Lines()
    names = [name for name in logging.root.manager.loggerDict if name.startswith(("api", "django"))]
    loggers = [logging.getLogger(name) for name in ["", *names]]
    before = [(each, each.level) for each in loggers]
    logging.root.addHandler(handler)
    for each in loggers:
        each.setLevel(logging.DEBUG)
    yield handler.lines
    logging.root.removeHandler(handler)
    for each, level in before:
        each.setLevel(level)
