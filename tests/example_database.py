"""The example in the database of a test, as `make demo` loads it, poured instead of loaded."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import override_settings

from tests import molds


@contextmanager
def example_database(commands: tuple[molds.Command, ...] = molds.FURNISHED) -> Iterator[None]:
    """Within it the connection leads to a database of its own, and MEDIA_ROOT to its images."""
    own = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix="herstelwijzer-example-") as folder:
        on_server = connection.vendor == "postgresql"
        name = f"{own}_example" if on_server else str(Path(folder) / "example.sqlite3")
        molds.pour_as(name, commands, Path(folder))
        _lead_to(name)
        try:
            with override_settings(DEMO=True, MEDIA_ROOT=Path(folder) / "media"):
                yield
        finally:
            _lead_to(own)
            if on_server:
                molds.drop(os.environ["DATABASE_URL"], name)


def _lead_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    # What was kept of the other one has other ids here.
    ContentType.objects.clear_cache()
    cache.clear()
