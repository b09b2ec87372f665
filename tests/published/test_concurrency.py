"""Rules 3, 4 and 7 with real threads: editors, renderers and readers at once, on a real database.

What is published lives in a table of the test's own, so that editors' changes are as
transactional as they are in Wagtail.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread
from time import monotonic, sleep

import orjson
import pytest
from django.db import OperationalError, connection, connections, transaction

from cms.published import changes, numbering, readers, registry, stops, touches, work
from cms.published.leases import lease
from cms.published.models import Failure, Publication, Touch
from cms.published.registry import Rendering
from cms.published.replica import Replica
from cms.published.threads import Threads
from cms.published.touches import touch, touch_all

PATIENCE = 60.0  # how long a test waits for what must come; it asserts no speed


def query(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def load(id_: str) -> tuple | None:
    rows = query("SELECT id, value, live FROM thing WHERE id = %s", id_)
    return rows[0] if rows else None


def render(row: tuple) -> Rendering | None:
    id_, value, live = row
    if not live:
        return None
    return Rendering(kind="thing", locale="nl", path=f"p{id_}", link={"value": value})


@pytest.fixture
def things(transactional_db: None) -> Iterator[None]:
    query("CREATE TABLE thing (id varchar(20) PRIMARY KEY, value integer, live boolean)")
    registry.register(
        "thing",
        load=load,
        ids=lambda: [id_ for (id_,) in query("SELECT id FROM thing")],
        render=render,
    )
    yield
    registry._kinds.pop("thing")
    query("DROP TABLE thing")


@contextmanager
def running(*loops: Callable[[], None]) -> Iterator[Event]:
    """Each loop again and again in a thread of its own, until the block ends."""
    ending = Event()
    errors: list[BaseException] = []

    def run(loop: Callable[[], None]) -> None:
        try:
            while not ending.is_set():
                loop()
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(loop,)) for loop in loops]
    for thread in threads:
        thread.start()
    try:
        yield ending
    finally:
        ending.set()
        for thread in threads:
            thread.join()
    assert errors == []


def eventually(condition: Callable[[], bool], what: str) -> None:
    until = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < until, f"{what} did not happen within {PATIENCE:.0f} s"
        sleep(0.05)


def create(count: int, *, bulk: bool = False) -> list[str]:
    ids = [str(number) for number in range(count)]
    with transaction.atomic():
        for id_ in ids:
            query("INSERT INTO thing VALUES (%s, 0, true)", id_)
        touch_all([f"thing:{id_}" for id_ in ids], bulk=bulk)
    return ids


class Reader:
    """Follows changes and minds that no number goes back and none has two contents."""

    def __init__(self) -> None:
        self.epoch = self.seq = 0
        self.rows: dict[str, int] = {}
        self.seen: dict[int, str] = {}

    def __call__(self) -> None:
        found = changes.read(self.epoch, self.seq, limit=7)
        assert found.reset or found.seq >= self.seq
        for row in found.rows:
            assert row.seq > self.rows.get(row.key, 0)
            assert self.seen.setdefault(row.seq, row.hash) == row.hash
            self.rows[row.key] = row.seq
        self.epoch, self.seq = found.epoch, found.seq


def equals_the_table(reader: Reader) -> bool:
    reader()
    return reader.rows == dict(Publication.objects.values_list("key", "seq"))


@pytest.mark.needs("postgres")
def test_rules_03_and_04_six_editors_three_renderers_and_two_readers_end_alike(
    things: None,
) -> None:
    ids = create(12)
    work.number_all()  # what is hidden before it was ever live has no row
    edits = [0]

    def editor() -> None:
        id_ = random.choice(ids)
        with transaction.atomic():
            live = random.random() > 0.2
            query("UPDATE thing SET value = value + 1, live = %s WHERE id = %s", live, id_)
            touch(f"thing:{id_}", hide=not live)
            edits[0] += 1

    def renderer() -> None:
        numbering.number_hides()
        for key in work.pending():
            # without the lease: a lease only saves work, the rules must hold without it
            numbering.number(key)

    followers = [Reader(), Reader()]
    with running(*[editor] * 6, *[renderer] * 3, *followers):
        sleep(5)
        eventually(lambda: edits[0] > 100, "so many changes")
    work.number_all()

    assert not Touch.objects.exists()
    for id_, value, live in query("SELECT id, value, live FROM thing"):
        row = Publication.objects.get(key=f"thing:{id_}")
        assert (row.state == "live") is live
        assert (row.link and orjson.loads(bytes(row.link))) == ({"value": value} if live else None)
    for reader in followers:
        eventually(lambda reader=reader: equals_the_table(reader), "the reader is equal")


@pytest.mark.needs("postgres")
def test_rule_03_a_hide_that_meets_a_first_publication_is_not_spent_on_nothing(
    things: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row comes into being after the hide looked for it and before it takes the touches."""
    create(1)
    seen = numbering.Seen("thing:0", touches.seen("thing:0"), render(("0", 0, True)), False)
    inserting, go_on = Event(), Event()
    number = numbering.head.next_number

    def slowly() -> int:
        inserting.set()
        go_on.wait(PATIENCE)
        return number()

    def store() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(numbering.head, "next_number", slowly)
            numbering.store(seen)
        connections.close_all()

    def hide() -> None:
        numbering.number_hides()
        connections.close_all()

    renderer, follower = Thread(target=store), Thread(target=hide)
    renderer.start()
    assert inserting.wait(PATIENCE)
    stops.stop("thing:0", by="Noor", why="recall")
    follower.start()
    sleep(1)  # until it waits for the touch that the renderer holds
    go_on.set()
    renderer.join()
    follower.join()
    numbering.number_hides()

    assert Publication.objects.get().state == "hidden"


@pytest.mark.parametrize("stuck", [1, 6], ids=["one hangs", "more hang than threads are left"])
def test_rule_07_a_hide_passes_a_renderer_that_hangs_and_a_long_import(
    things: None, stuck: int
) -> None:
    """The hide is seen while nothing at all can be rendered."""
    ids = create(3)
    work.number_all()
    release = Event()

    def hang(row: tuple) -> Rendering | None:
        if row[0].startswith("stuck"):
            release.wait(PATIENCE)
        return render(row)

    registry.register("thing", load=load, ids=lambda: ids, render=hang)
    with transaction.atomic():
        for number in range(stuck):
            query("INSERT INTO thing VALUES (%s, 0, true)", f"stuck{number}")
            touch(f"thing:stuck{number}")
        touch_all([f"thing:import{number}" for number in range(500)], bulk=True)
    replica = Replica()
    threads = Threads(replica, None)
    threads.start()
    try:
        eventually(lambda: replica.ready, "the first load")
        now = datetime.now(tz=UTC)
        assert replica.view().live("thing:0", now)

        stops.stop("thing:0", by="Noor", why="recall")

        eventually(lambda: replica.view().live("thing:0", now) is None, "the hide")
        assert not release.is_set()
        position = readers.position(readers.own_name())
        assert position[0] == replica.view().epoch
    finally:
        release.set()
        threads.stop()
        threads._renderer.loop.end()
        threads._renderer.loop.thread.join(timeout=PATIENCE)


def test_rule_07_a_renderer_that_never_ends_is_left_behind(
    things: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its key fails and waits; everything else goes on in a new thread."""
    monkeypatch.setattr("cms.published.leases.SECONDS", 1)
    release = Event()

    def hang(row: tuple) -> Rendering | None:
        if row[0] == "0":
            release.wait(PATIENCE)
        return render(row)

    ids = create(2)
    registry.register("thing", load=load, ids=lambda: ids, render=hang)
    replica = Replica()
    threads = Threads(replica, None)
    first = threads._renderer
    threads.start()
    try:
        now = datetime.now(tz=UTC)
        eventually(
            lambda: replica.ready and replica.view().live("thing:1", now) is not None,
            "the other key",
        )
        assert threads._renderer is not first
    finally:
        release.set()
        threads.stop()
        for renderer in (first, threads._renderer):
            renderer.loop.end()
            renderer.loop.thread.join(timeout=PATIENCE)


@pytest.mark.needs("postgres")
def test_rule_04_without_the_lock_on_head_this_reader_would_miss_numbers(things: None) -> None:
    """The yardstick for the test above: a plain sequence, the same reader, and rows are missed."""
    query("CREATE TABLE plain (id bigserial PRIMARY KEY)")
    missed: set[int] = set()
    last = [0]

    def writer() -> None:
        with transaction.atomic():
            query("INSERT INTO plain DEFAULT VALUES")
            sleep(random.random() / 100)

    def reader() -> None:
        for (id_,) in query("SELECT id FROM plain WHERE id > %s ORDER BY id", last[0]):
            missed.discard(id_)
            missed.update(range(last[0] + 1, id_))
            last[0] = id_

    def came_late() -> bool:
        return bool({id_ for (id_,) in query("SELECT id FROM plain")} & set(missed))

    try:
        with running(*[writer] * 6, reader):
            eventually(came_late, "a row with a number that the reader has passed")
    finally:
        query("DROP TABLE plain")


def test_a_lease_is_held_by_one_and_taken_over_from_the_dead(things: None) -> None:
    with lease("work") as mine, lease("work") as other:
        assert mine
        assert not other
    with lease("work", seconds=-1), lease("work") as taken:
        assert taken
        assert taken.overdue
    assert not Failure.objects.exists()


def test_a_database_that_goes_away_is_said_and_survived(
    things: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(1)
    work.number_all()
    replica = Replica()
    threads = Threads(replica, None)
    threads.start()
    try:
        eventually(lambda: replica.ready and threads.database, "the first load")
        before = replica.view()
        with monkeypatch.context() as patch:
            patch.setattr("cms.published.changes.read", _raises)
            eventually(lambda: not threads.database, "noticing that the database is away")
            assert replica.view() is before
        eventually(lambda: threads.database, "noticing that it is back")
    finally:
        threads.stop()
        threads._renderer.loop.thread.join(timeout=PATIENCE)


def _raises(*args: object, **kwargs: object) -> None:
    raise OperationalError("the server closed the connection")
