"""The reader that keeps Elasticsearch up to date. It may be late; it loses nothing.

Its place is a cursor in the database, one for each index. A place is left only when everything
before it is in the index or recorded as a failure, so it can be stopped anywhere.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from django.utils import timezone

from cms.published import changes, failures, head, leases, readers
from cms.published.models import Cursor, Failure
from cms.published.view import Row
from search.breaker import Breaker
from search.engines import elastic, elastic_index
from search.engines.elastic_index import Index

log = logging.getLogger(__name__)

READER = "elasticsearch"
BATCH = 500
# Less than a lease: whoever holds it goes home before somebody else may come in.
SECONDS = 40.0
# An index that another release keeps is left alone until nobody has kept it for so long.
ABANDONED = timedelta(days=1)
patience = Breaker(first=1.0, longest=30.0)


@dataclass(frozen=True)
class Progress:
    """`seq`: every number up to it is taken; `finished`: there were no more; `why`: what stopped
    it before that."""

    epoch: int = 0
    seq: int = 0
    finished: bool = False
    why: str = ""


def catch_up() -> Progress:
    """Take what is new into Elasticsearch, as far as it goes. Raises nothing of Elasticsearch's.

    Several may run at once: a lease keeps them apart, and where it does not, numbers do.
    """
    if not elastic.configured():
        return Progress(why="no ELASTICSEARCH_URL")
    if not patience.allows():
        return Progress(why="waiting for Elasticsearch")
    with leases.lease(f"{READER} {elastic.shape()}") as mine:
        if not mine:
            return Progress(why="another worker is at it")
        try:
            progress = follow(head.read().epoch)
        except elastic.Away as error:
            patience.failed()
            log.warning("Elasticsearch: %s", error)
            return Progress(why=str(error))
    patience.succeeded()
    return progress


def follow(epoch: int) -> Progress:
    """Raises Away, with the place kept."""
    index = elastic_index.ready(epoch)
    stood, since = readers.position(index.reader)
    progress = _take(index, epoch, since if stood == epoch else 0)
    if progress.finished:
        _try_failures_again(index, epoch)
        if index.serving:
            _clean_up(index)
        else:
            elastic_index.put_in_charge(index)
    return progress


def _take(index: Index, epoch: int, since: int) -> Progress:
    until = monotonic() + SECONDS
    while True:
        batch = changes.read(epoch, since, BATCH)
        if batch.reset:
            return Progress(epoch, since, why="another epoch has begun")
        write(index, batch.rows)
        since = batch.seq
        readers.report(index.reader, epoch, since)
        if not batch.more:
            return Progress(epoch, since, finished=True)
        if monotonic() > until:
            return Progress(epoch, since, why="more the next time")


def write(index: Index, rows: Iterable[Row]) -> None:
    """Write rows; what is wrong with one of them is its failure. Raises Away."""
    rows = list(rows)
    before = Failure.objects.filter(reader=READER, key__in=[row.key for row in rows])
    failing = set(before.values_list("key", flat=True))
    for written in elastic_index.write(index, rows):
        key = written.row.key
        if written.verdict == "later":
            raise elastic.Away(written.reason)
        if written.verdict == "refused":
            failures.record(READER, key, written.reason, written.row.seq)
        elif key in failing:
            failures.clear(READER, key)


def _try_failures_again(index: Index, epoch: int) -> None:
    """Rows whose wait is over. One that has another number by now was taken with that."""
    due = Failure.objects.filter(reader=READER, retry_at__lte=timezone.now())
    for key, seq in due.values_list("key", "seq")[:BATCH]:
        rows = changes.read(epoch, seq - 1, 1).rows
        if rows and rows[0].key == key:
            write(index, rows)
        else:
            failures.clear(READER, key)


def _clean_up(serving: Index) -> None:
    """Remove what this index replaced. Not in the run that swapped the alias: searches that were
    under way then have to end first."""
    for other in elastic_index.every_index():
        same_shape = other.name.startswith(f"{elastic.alias()}-")
        if other.reader != serving.reader and (same_shape or _abandoned(other)):
            elastic_index.remove(other)
            readers.leave(other.reader)


def _abandoned(index: Index) -> bool:
    before = timezone.now() - ABANDONED
    kept = Cursor.objects.filter(reader=index.reader, at__gt=before).exists()
    return index.made < before and not kept
