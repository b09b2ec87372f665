from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cms.published import work
from cms.published.replica import replica
from cms.published.view import View
from cms.screening.files import read_yaml


class Desk:
    """Where versions are frozen and followed: each look numbers what waits and reads it."""

    def view(self) -> View:
        work.number_all()
        return replica.refresh()


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    replica.reset()
    yield Desk()
    replica.reset()


@pytest.fixture
def file() -> Path:
    path: Path = settings.EXAMPLES_DIR / "lage-rugpijn" / "screening.yaml"
    return path


@pytest.fixture
def definition(file: Path) -> dict[str, Any]:
    """The example, numbered as the first version."""
    found: dict[str, Any] = read_yaml(file)
    return found | {"version": 1}
