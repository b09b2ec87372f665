"""The Replica: holds this process's View, brings it up to date and swaps it whole."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from django.utils import timezone

from cms.published import changes, failures
from cms.published.models import Touch
from cms.published.view import Row, View, applied

log = logging.getLogger(__name__)

# A touch older than this means that rendering lags: advice must not rest on what was.
LAG = timedelta(seconds=5)

Build = Callable[[Any, View, "tuple[Row, ...] | None"], Any]


@dataclass(frozen=True)
class Failed:
    """Why something could not be derived, how often in a row, and when it is tried again."""

    reason: str
    tries: int
    again: datetime


class NotReady(RuntimeError):
    """Before the first full load: answer 503, never 404."""


class Replica:
    """One a process. `refresh` is called by one thread at a time; `view` by everyone."""

    def __init__(self) -> None:
        self._view: View | None = None
        self._builds: dict[str, Build] = {}
        self._failed: dict[str, Failed] = {}
        self._refreshing = Lock()

    def derive(self, name: str, build: Build) -> None:
        """Have `build(previous, view, changed)` make view.derived[name] whenever rows changed.

        `changed` is None when it has to start over from all of view.rows. What it makes belongs
        to exactly the View that carries it. If it raises, the old object stays, `failing` says why,
        and the next change or `try_again` starts it over: a withdrawal must not wait for an index.
        """
        self._builds[name] = build

    def view(self) -> View:
        """Raises NotReady."""
        if self._view is None:
            raise NotReady
        return self._view

    @property
    def failing(self) -> Mapping[str, str]:
        """What could not be derived from the newest View, and why."""
        return {name: failed.reason for name, failed in dict(self._failed).items()}

    @property
    def ready(self) -> bool:
        return self._view is not None

    def reset(self) -> None:
        """Forget everything; the next refresh loads it again."""
        self._view = None

    def start_from(self, view: View) -> None:
        """Serve a copy from disk until the database answers."""
        self._view = self._with_derived(view, {}, None)

    def refresh(self) -> View:
        """Follow the publications once: all rows at first, then what has a higher number."""
        with self._refreshing:
            view = self._view
            if view is None or view.copied_at is not None:
                view = View(epoch=0)
            start = view
            fresh, changed = self._follow(view)
            withheld = _lagging(timezone.now())
            if withheld != fresh.withheld:
                fresh = replace(fresh, withheld=withheld)
            if changed != ():
                fresh = self._with_derived(fresh, start.derived, changed)
            if fresh is not start:
                self._view = fresh
            return fresh

    def try_again(self) -> None:
        """Derive once more what could not be derived, when it has waited long enough. Nothing has
        to change for it, and the database may be away."""
        with self._refreshing:
            now = timezone.now()
            due = [name for name, failed in self._failed.items() if failed.again <= now]
            if self._view is not None and due:
                self._view = self._with_derived(self._view, self._view.derived, None, due)

    @staticmethod
    def _follow(view: View) -> tuple[View, tuple[Row, ...] | None]:
        """The next View and the rows that made it; None: it is made from all of them."""
        taken: list[Row] = []
        restarted = False
        since = view.seq
        while True:
            batch = changes.read(view.epoch, since)
            if batch.reset:
                view, taken, restarted, since = View(epoch=batch.epoch), [], True, 0
                continue
            taken.extend(batch.rows)
            since = batch.seq
            if not batch.more:
                break
        if not restarted and not taken and since == view.seq:
            return view, ()
        return applied(view, taken, since), None if restarted else tuple(taken)

    def _with_derived(
        self,
        view: View,
        before: Mapping[str, Any],
        changed: tuple[Row, ...] | None,
        names: Iterable[str] | None = None,
    ) -> View:
        """A View with everything derived anew, or what is in `names`."""
        derived = dict(before)
        for name in self._builds if names is None else names:
            # one that failed has missed rows: it starts over
            since = None if name in self._failed else changed
            try:
                derived[name] = self._builds[name](before.get(name), view, since)
            except Exception as error:
                log.exception("could not derive %s", name)
                self._failed[name] = _failed(self._failed.get(name), error)
            else:
                self._failed.pop(name, None)
        return replace(view, derived=derived)


def _failed(before: Failed | None, error: Exception) -> Failed:
    tries = before.tries + 1 if before else 1
    again = timezone.now() + failures.wait_after(tries)
    return Failed(failures.reason_of(error), tries, again)


def _lagging(now: datetime) -> frozenset[str]:
    """Bulk touches do not count: a release has everything looked at again, and withholds nothing
    meanwhile, since no object said anything new."""
    late = Touch.objects.filter(bulk=False, at__lt=now - LAG)
    return frozenset(late.values_list("key", flat=True).distinct())


replica = Replica()
