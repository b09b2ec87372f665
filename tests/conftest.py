"""Which tests run: by the services that are there, and by the database of this run.

`@pytest.mark.needs("redis", "elasticsearch")` names the services a test cannot do without. The
run on SQLite leaves tests that need PostgreSQL to the run on PostgreSQL, which in turn leaves out
what uses no database. Whatever no run can do is listed at the end.
"""

import os
from typing import Any

import pytest
from django.conf import settings
from hypothesis import settings as hypothesis_settings

from cms.advice.blocked import notebook

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
    for item in items:
        if needed(item):  # one after another, for they stop and stall what they share
            item.add_marker(pytest.mark.xdist_group("services"))


@pytest.fixture(autouse=True)
def _no_sets_of_another_test() -> None:
    """A web server in a thread of an earlier test may have noted what it advised with."""
    notebook.clear()


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
