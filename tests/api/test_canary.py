"""A canary: what a visitor answered is afterwards nowhere, in no log, table, cache, index or file.

The frozen version itself holds it (tests/canary.py), so every place is counted before and after; it
may not be found once more. Redis, Elasticsearch and the logs of real processes are looked at in
tests/integration/test_canary.py.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from api import answers, docs
from cms.advice import blocked
from cms.published import work
from cms.published.models import Failure
from cms.published.replica import replica
from cms.screening.freeze import freeze
from tests.api.client import Client
from tests.canary import CANARY, EVALUATE, FOLDER, SAID, visit, with_a_canary
from tests.example_database import example_database
from tests.molds import WITH_EXAMPLE

pytestmark = pytest.mark.django_db
EVERYTHING = "SELECT * FROM {}"


class Records(logging.Handler):
    """Everything about every record, also what no format would show."""

    def __init__(self) -> None:
        super().__init__(level=logging.DEBUG)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(f"{record.getMessage()} {record.__dict__!r} {record.exc_info!r}")


@pytest.fixture
def records() -> Iterator[Records]:
    handler = Records()
    loggers = [logging.getLogger(name) for name in ["", *logging.root.manager.loggerDict]]
    before = [(each, each.level) for each in loggers]
    for each in loggers:
        each.setLevel(logging.DEBUG)
    logging.root.addHandler(handler)
    yield handler
    logging.root.removeHandler(handler)
    for each, level in before:
        each.setLevel(level)


@pytest.fixture(scope="module")
def served(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """This process serves the whole example, from a database of its own."""
    with django_db_blocker.unblock(), example_database(WITH_EXAMPLE):
        replica.reset()
        freeze(with_a_canary())
        call_command("publish_rules", FOLDER / "rules.yaml", stdout=StringIO())
        settle()
        yield
    replica.reset()
    forget()


def forget() -> None:
    caches["default"].clear()
    blocked.notebook.clear()


def settle() -> None:
    """What the threads of a process do about once a second."""
    work.number_all()
    blocked.record()
    replica.refresh()


# --- the places where it could be ---------------------------------------------------------------


def tables() -> Iterator[tuple[str, str]]:
    """Every value of every column of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(EVERYTHING.format(connection.ops.quote_name(table)))
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    yield f"table {table}.{column}", readable(value)


def readable(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


def cached() -> Iterator[tuple[str, str]]:
    for alias in configured.CACHES:
        for key, value in caches[alias]._cache.items():
            yield f"cache {alias}", f"{key} {readable(value)}"


def files() -> Iterator[tuple[str, str]]:
    """Whatever the process writes beside its database: spools, copies, uploads."""
    for path in configured.DATA_DIR.rglob("*"):
        if path.is_file() and "sqlite3" not in path.name:
            yield f"file {path.name}", readable(path.read_bytes())


def answered_to_anybody(client: Client) -> Iterator[tuple[str, str]]:
    """What every address says to a stranger, health and any metrics among them."""
    places = {"slug": "lage-rugpijn", "version": "3", "locale": "nl", "path": "rug/lage-rugpijn"}
    places |= {"key": "lage-rugpijn", "token": "none"}
    for template, methods in docs.document()["paths"].items():
        if "get" in methods:
            address = template.format(**places) + ("?q=rug" if "search" in template else "")
            yield f"answer {template}", readable(client.get(address).body)
    yield "answer /metrics", readable(client.get("/metrics").body)
    found = client.get(f"/api/v1/search?q={CANARY}").json
    yield "index", " ".join(CANARY for _ in found["hits"])


def kept_in_memory() -> Iterator[tuple[str, str]]:
    """What a process keeps between two requests about advice."""
    notebook = blocked.notebook
    yield "notebook", f"{notebook._waiting} {notebook._written}"
    view = replica.view()
    for row in view.rows.values():
        yield "view", readable(row.body or b"")


def counted(client: Client, records: Records) -> Counter[str]:
    found: Counter[str] = Counter()
    for place, text in (
        *tables(),
        *cached(),
        *files(),
        *answered_to_anybody(client),
        *kept_in_memory(),
        *(("log", text) for text in records.seen),
    ):
        found[place] += text.count(CANARY)
    return found


def test_nothing_of_an_answer_is_left_anywhere(
    served: None, client: Client, records: Records
) -> None:
    visit(client)  # a first time, for whatever is made only once
    settle()
    records.seen.clear()
    before = counted(client, records)
    assert before["table screening_frozenversion.definition"] > 0  # it can be found where it is
    assert before["answer /api/v1/screenings/{slug}/versions/{version}"] > 0
    records.seen.clear()

    refused = visit(client).refused
    settle()

    more = counted(client, records) - before
    assert not more
    assert records.seen
    assert not [reply.body for reply in refused if CANARY in reply.body.decode()]


def test_a_first_visit_leaves_nothing_either(
    served: None, client: Client, records: Records
) -> None:
    before = counted(client, records)
    records.seen.clear()

    visit(client)
    settle()

    assert not counted(client, records) - before


def test_a_fault_of_ours_says_nothing_of_it(
    served: None, client: Client, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception may quote what was answered; neither its log line nor the answer does."""

    def break_down(*args: Any) -> Any:
        raise ValueError(f"cannot evaluate {args}")

    before = counted(client, records)
    records.seen.clear()
    monkeypatch.setattr(answers.run, "evaluate", break_down)

    reply = client.post(EVALUATE, {"version": 3, "answers": SAID})

    assert (reply.status, reply.problem) == (500, "internal-error")
    assert CANARY not in reply.body.decode()
    assert "ValueError" in "".join(records.seen)
    assert not counted(client, records) - before


# --- that the test can fail ---------------------------------------------------------------------


def log_it() -> None:
    logging.getLogger("api.screenings").debug("evaluated", extra={"answers": SAID})


def keep_it_in_a_table() -> None:
    now = timezone.now()
    Failure.objects.create(reader="render", key="page:1", reason=CANARY, at=now, retry_at=now)


def cache_it() -> None:
    caches["default"].set("outcome", SAID)


def write_it() -> None:
    (configured.DATA_DIR / "leak").write_text(CANARY)


def advise_by_it() -> None:
    blocked.notebook.note(frozenset({CANARY}), timezone.now())


@pytest.mark.parametrize(
    ("leak", "place"),
    [
        (log_it, "log"),
        (keep_it_in_a_table, "table published_failure.reason"),
        (cache_it, "cache default"),
        (write_it, "file leak"),
        (advise_by_it, "notebook"),
    ],
)
def test_a_leak_would_be_seen(
    served: None, client: Client, records: Records, leak: Callable[[], None], place: str
) -> None:
    before = counted(client, records)
    records.seen.clear()
    try:
        leak()

        assert (counted(client, records) - before)[place] >= 1
    finally:
        forget()
        (configured.DATA_DIR / "leak").unlink(missing_ok=True)
