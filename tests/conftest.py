"""Which tests run: by the services that are there, and by the database of this run.

`@pytest.mark.needs("redis", "elasticsearch")` names the services a test cannot do without. The
run on SQLite leaves tests that need PostgreSQL to the run on PostgreSQL, which in turn leaves out
what uses no database. Whatever no run can do is listed at the end.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from tests import molds

# A deadline would make a slow machine fail what is right.
hypothesis_settings.register_profile("no deadline", deadline=None)
hypothesis_settings.load_profile("no deadline")

VARIABLES = {
    "postgres": "TEST_POSTGRES_URL",
    "redis": "TEST_REDIS_URL",
    "elasticsearch": "TEST_ELASTICSEARCH_URL",
    "chromium": "TEST_CHROMIUM",
}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}
LONG = {"integration", "browser", "packaging", "test_story.py"}
UNMET = pytest.StashKey[dict[str, list[str]]]()


def needed(item: pytest.Item) -> list[str]:
    return [service for marker in item.iter_markers("needs") for service in marker.args]


def missing_variables(item: pytest.Item) -> list[str]:
    return [
        VARIABLES[service] for service in needed(item) if not os.environ.get(VARIABLES[service])
    ]


def belongs_to_this_run(item: pytest.Item) -> bool:
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return "postgres" not in needed(item)
    uses_database = bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))
    return uses_database or "postgres" in needed(item) or bool(item.get_closest_marker("django_db"))


@cache
def group_of(file: Path) -> str:
    return "services" if "mark.needs(" in file.read_text(encoding="utf-8") else str(file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Of pytest-xdist: which tests stay together in one process.

    (Its own mark for groups has no effect with pytest 9.2: pytest-xdist issue 1386.)
    """
    from xdist.scheduler import LoadScopeScheduling  # only where it is in use

    class ByFile(LoadScopeScheduling):
        """What a module sets up is set up once; modules that need services go one after another,
        for they stop and stall what they share."""

        def _split_scope(self, nodeid: str) -> str:
            return group_of(Path(config.rootpath, nodeid.partition("::")[0]))

    return ByFile(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    unmet = {item.nodeid: names for item in items if (names := missing_variables(item))}
    runs = [item.nodeid not in unmet and belongs_to_this_run(item) for item in items]
    config.hook.pytest_deselected(
        items=[item for item, run in zip(items, runs, strict=True) if not run]
    )
    config.stash[UNMET] = unmet
    if hasattr(config, "workeroutput"):  # of a worker of pytest-xdist: only the controller prints
        config.workeroutput["unmet"] = unmet
    items[:] = [item for item, run in zip(items, runs, strict=True) if run]
    # With the long ones last, one process would be at them while the others have nothing to do.
    items.sort(key=lambda item: LONG.isdisjoint(item.nodeid.partition("::")[0].split("/")))
    for item in items:
        if commits(item):
            item.add_marker(
                pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False
            )


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The database of this process: with all migrations, poured from a mold instead of made anew.

    As the one of pytest-django otherwise: every test may ask for the rows of the migrations.
    """
    with django_db_blocker.unblock():
        with tempfile.TemporaryDirectory() as folder:
            molds.pour_as(connection.creation._get_test_db_name(), molds.MIGRATED, Path(folder))
        made = setup_databases(0, False, keepdb=True, serialized_aliases={"default"})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, 0)


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tests quote what editors read as it stands in the source, so their editors read English.

    An editor with a language of their own, or a browser that asks for one, gets that.
    """
    monkeypatch.setattr(Client, "_base_environ", _asks_for_english(Client._base_environ))
    with translation.override("en"):
        yield


def _asks_for_english(environ: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def with_language(client: Client, **request: Any) -> dict[str, Any]:
        return {"HTTP_ACCEPT_LANGUAGE": "en"} | environ(client, **request)

    return with_language


@pytest.fixture(autouse=True)
def _as_a_process_that_just_started(request: pytest.FixtureRequest) -> None:
    """Nothing counts that an earlier test, or a thread it left behind, noted, kept or heard.

    What was kept follows from settings that tests change; who did not answer is asked again.
    """
    from tests import fresh  # reads models, and pytest loads this file before there are settings

    fresh.forget()
    if commits(request.node):
        request.getfixturevalue("transactional_db")
        fresh.forget_touches()


def commits(item: pytest.Item) -> bool:
    """Whether a test writes for real, and so has every table emptied at its end."""
    marker = item.get_closest_marker("django_db")
    return "transactional_db" in getattr(item, "fixturenames", ()) or bool(
        marker and marker.kwargs.get("transaction")
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """The rows that migrations made come back: any test may follow in this process. (Django lets
    only the next test that commits find them.)"""
    database = connection.settings_dict["NAME"]
    yield
    # After the last test it is another one: that of the tests is gone.
    if commits(item) and connection.settings_dict["NAME"] == database:
        from tests import fresh  # as above

        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
            fresh.forget_touches()
            fresh.forget_content_types()
            connection.close()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """The controller of pytest-xdist collects nothing itself: every worker found the same."""
    node.config.stash[UNMET] = getattr(node, "workeroutput", {}).get("unmet", {})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    unmet = terminalreporter.config.stash.get(UNMET, {})
    if not unmet:
        return
    terminalreporter.section(f"not run: {len(unmet)} tests need a service that is not there")
    for nodeid, names in unmet.items():
        terminalreporter.line(f"{nodeid}  needs {', '.join(names)}")
    terminalreporter.line('To run them too: eval "$(make -s services)" && make test')
