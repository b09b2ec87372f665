from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from cms.published import registry, touches, work
from cms.published.models import Touch
from tests.content import builders
from tests.content.builders import Tree


@pytest.fixture(autouse=True)
def _own_media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def tree(db: None) -> Tree:
    """A live site that readers know, with no touches left."""
    made = builders.tree()
    Touch.objects.all().delete()
    with transaction.atomic():
        touches.touch_all(registry.every_key())
    work.number_all()
    return made
