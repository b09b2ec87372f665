from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings

from cms.published import registry, touches, work
from cms.published.models import Touch
from tests.conftest import commits
from tests.content import builders
from tests.content.builders import Tree


@pytest.fixture(autouse=True)
def _own_media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="module")
def planted(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Tree | None]:
    """The tree of all tests of a module. None where a test commits: it would empty the database."""
    if any(commits(item) for item in request.session.items if item.path == request.path):
        yield None
        return
    with django_db_blocker.unblock(), transaction.atomic():
        yield _plant()
        transaction.set_rollback(True)


@pytest.fixture
def tree(planted: Tree | None, db: None) -> Tree:
    """A live site that readers know, with no touches left."""
    if planted is None:
        return _plant()
    # Read again: another test may have changed what it had in hand.
    pages = {field.name: getattr(planted, field.name) for field in fields(Tree)}
    return Tree(**{name: type(page).objects.get(pk=page.pk) for name, page in pages.items()})


def _plant() -> Tree:
    made = builders.tree()
    Touch.objects.all().delete()
    with transaction.atomic():
        touches.touch_all(registry.every_key())
    work.number_all()
    return made
