"""The verb `changes`: the only way anyone follows content."""

from dataclasses import dataclass

from cms.published import head
from cms.published.models import Publication
from cms.published.view import Row, row_of


@dataclass(frozen=True)
class Changes:
    """Rows above a number, in order. `reset`: the epoch is another one, start from zero (an
    index: into a new one). `seq` is where the reader stands after taking these rows; `more`: it
    is not at the end yet."""

    epoch: int
    seq: int
    rows: tuple[Row, ...]
    reset: bool = False
    more: bool = False


def read(epoch: int, since: int, limit: int = 1000) -> Changes:
    """What a reader at `epoch` and `since` has to do next. Gaps in the numbers are normal."""
    now = head.read()  # before the rows: a number given in between is read next time
    if epoch != now.epoch:
        return Changes(now.epoch, 0, (), reset=True, more=True)
    if now.seq <= since:
        return Changes(epoch, since, ())
    above = Publication.objects.filter(seq__gt=since).order_by("seq")
    rows = tuple(row_of(row) for row in above[:limit])
    if len(rows) == limit:
        return Changes(epoch, rows[-1].seq, rows, more=True)
    return Changes(epoch, max(now.seq, rows[-1].seq if rows else 0), rows)
