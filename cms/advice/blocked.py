"""Which items cannot be offered now, and the record of the sets that decisions were made with."""

from collections.abc import Collection
from datetime import datetime, timedelta
from threading import Lock

from django.conf import settings
from django.utils import timezone

from cms.advice.models import BlockedSet
from cms.published.view import View
from recommender import blocked_hash

DAY = timedelta(days=1)


def blocked(view: View, now: datetime) -> frozenset[str]:
    """Return the items of a view that may not be advised at this moment.

    Those whose rendering lags behind what their editors last said (rule 8), those that begin or
    end by the clock (rule 9), paid products that no partner has in stock (law 7), and all of them
    when the view is an old copy from disk (rule 15).
    """
    items = view.derived["snapshot"].items
    sold_out = view.derived["sold_out"] & items.keys()
    if view.copied_at is not None:
        candidates: Collection[str] = items.keys()
    else:
        candidates = (view.withheld | view.derived["timed_items"]) & items.keys()
    return sold_out | {key for key in candidates if not view.advisable(key, now)}


class Notebook:
    """Sets that were used and are not in the table yet.

    A request must not wait for a database, so it only notes; a chore writes about once a second.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self.clear()

    def clear(self) -> None:
        """Forget what was noted and written, as a process that just started."""
        with self._lock:
            self._waiting: dict[str, frozenset[str]] = {}
            self._written: dict[str, datetime] = {}

    def note(self, keys: frozenset[str], now: datetime) -> None:
        digest = blocked_hash(keys)
        with self._lock:
            if digest not in self._written or now - self._written[digest] > DAY:
                self._waiting[digest] = keys

    def write(self, now: datetime) -> int:
        """Append what waits; a set that is known already keeps its row and gets today's date."""
        with self._lock:
            waiting = dict(self._waiting)
        if not waiting:
            return 0
        BlockedSet.objects.bulk_create(
            [
                BlockedSet(hash=digest, keys=sorted(keys), at=now)
                for digest, keys in waiting.items()
            ],
            update_conflicts=True,
            unique_fields=["hash"],
            update_fields=["at"],
        )
        with self._lock:
            # Dates of long ago have done their work.
            self._written = {d: at for d, at in self._written.items() if now - at <= DAY}
            for digest in waiting:
                del self._waiting[digest]
                self._written[digest] = now
        return len(waiting)


notebook = Notebook()


def record() -> None:
    """A chore: write what was noted, and forget sets that no replay can ask for any more."""
    now = timezone.now()
    if notebook.write(now):
        BlockedSet.objects.filter(at__lt=now - timedelta(days=settings.HISTORY_DAYS)).delete()
