"""The two threads of a serving process: one follows, one renders.

They share nothing but the database, so a renderer that hangs never delays a withdrawal.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from django.db import Error as DatabaseError
from django.db import close_old_connections, connections
from django.utils import timezone

from cms.published import copy, head, history, leases, numbering, readers, wake, work
from cms.published.replica import Replica
from cms.published.view import View

log = logging.getLogger(__name__)

FOLLOW_EVERY = 0.25
RENDER_EVERY = 1.0
REPORT_EVERY = 2.0
COPY_EVERY = 60.0
TIDY_EVERY = 600.0
# A rendering that outlasts its lease leaves its thread behind for a new one, this many times.
REPLACEMENTS = 5


class Timer:
    """True about every so many seconds, the first time at once."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.next = 0.0

    def due(self) -> bool:
        if monotonic() < self.next:
            return False
        self.next = monotonic() + self.seconds
        return True


class Loop:
    """A thread that does something again and again, whatever happens, until it is told to end."""

    def __init__(self, name: str, once: Callable[[], None], bell: Event, seconds: float) -> None:
        self.once, self.bell, self.seconds = once, bell, seconds
        self.ending = Event()
        self.thread = Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self.thread.start()

    def end(self) -> None:
        self.ending.set()
        self.bell.set()

    def _run(self) -> None:
        while not self.ending.is_set():
            self.bell.clear()
            try:
                close_old_connections()
                self.once()
            except DatabaseError as error:
                name = type(error).__name__
                log.warning("%s: the database does not answer (%s)", self.thread.name, name)
                connections.close_all()
            except Exception:
                # logged with its traceback; the next round must come all the same, or this
                # process would go on serving what it knew
                log.exception("%s", self.thread.name)
            self.bell.wait(self.seconds)
        connections.close_all()


class Renderer:
    """Chores, then everything that has touches, one key after the other."""

    def __init__(self) -> None:
        self.loop = Loop("render", self.once, wake.renderer, RENDER_EVERY)
        self.began: float | None = None
        self._chores, self._tidying = Timer(RENDER_EVERY * 0.9), Timer(TIDY_EVERY)

    def once(self) -> None:
        self._do_chores()
        while head.may_render() and not self.loop.ending.is_set():
            numbered = [self._number(key) for key in work.pending()]
            if not any(numbered):
                return  # nothing waits, or others are at it
            self._do_chores()  # a long import must not keep schedules waiting

    def _do_chores(self) -> None:
        if not self._chores.due():
            return
        with self._watched():
            work.do_chores()
            if self._tidying.due():
                readers.forget_dead()
                history.forget()

    def _number(self, key: str) -> bool:
        if self.loop.ending.is_set():
            return False
        with self._watched():
            mine = work.number_leased(key)
        wake.follower.set()
        return mine

    @contextmanager
    def _watched(self) -> Iterator[None]:
        self.began = monotonic()
        try:
            yield
        finally:
            self.began = None

    @property
    def stuck(self) -> bool:
        began = self.began
        return began is not None and monotonic() - began > leases.SECONDS


class Follower:
    """Numbers hides, applies changes, says that it is there, keeps the copy on disk."""

    def __init__(self, replica: Replica, copy_path: Path | None, idle: Callable[[], None]) -> None:
        self.loop = Loop("follow", self.once, wake.follower, FOLLOW_EVERY)
        self.replica, self.copy_path, self.idle = replica, copy_path, idle
        self.name = readers.own_name()
        self.database = False
        self._reporting, self._copying = Timer(REPORT_EVERY), Timer(COPY_EVERY)
        self._copied: tuple[int, int, frozenset[str]] | None = None
        self._copier: Thread | None = None

    def once(self) -> None:
        self.idle()
        try:
            numbering.number_hides()
            view = self.replica.refresh()
            if self._reporting.due():
                readers.report(self.name, view.epoch, view.seq)
        except DatabaseError:
            self.database = False
            raise
        finally:
            # whatever the database does: what was derived from a copy may have failed too
            self.replica.try_again()
        self.database = True
        self._keep_copy(view)

    def _keep_copy(self, view: View) -> None:
        """In a thread of its own: writing 10,000 rows takes seconds, and a hide does not wait."""
        content = (view.epoch, view.seq, view.withheld)
        writing = self._copier is not None and self._copier.is_alive()
        if self.copy_path is None or writing or content == self._copied or not self._copying.due():
            return
        self._copied = content
        self._copier = Thread(target=self._copy, args=(view, self.copy_path), daemon=True)
        self._copier.start()

    def _copy(self, view: View, path: Path) -> None:
        try:
            copy.write(view, head.own_renderer(), path, timezone.now())
        except OSError as error:
            log.error("the copy on disk could not be written: %s", error)
            self._copied = None


class Threads:
    """`database`: whether the last look at it succeeded, for the health page."""

    def __init__(self, replica: Replica, copy_path: Path | None) -> None:
        self._renderer = Renderer()
        self._follower = Follower(replica, copy_path, self._replace_stuck_renderer)
        self._replacements = 0
        self._replica, self._copy_path = replica, copy_path

    @property
    def database(self) -> bool:
        return self._follower.database

    def start(self) -> None:
        if self._copy_path:
            try:
                self._replica.start_from(copy.read(self._copy_path, head.own_renderer()))
            except copy.Unusable as reason:
                log.info("starting without a copy: %s", reason)
        self._follower.loop.start()
        self._renderer.loop.start()

    def stop(self) -> None:
        self._renderer.loop.end()
        self._follower.loop.end()
        self._follower.loop.thread.join(timeout=5)

    def _replace_stuck_renderer(self) -> None:
        if self._renderer.stuck and self._replacements < REPLACEMENTS:
            log.error("a rendering hangs; going on in a new thread")
            self._replacements += 1
            self._renderer.loop.end()
            self._renderer = Renderer()
            self._renderer.loop.start()
