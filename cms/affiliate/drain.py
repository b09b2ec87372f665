"""From the spool into the ledger: each click once, however often a file is read.

A file is removed after its lines are committed. Whoever dies in between leaves it to another
process, and the click id sees to it that nothing comes twice. While the database is away the files
wait. A line that the database will not have becomes a Failure with the line in it, and is tried
again when its time has come.
"""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import orjson
from django.db import DataError, IntegrityError, connection, transaction

from cms.affiliate.models import Click
from cms.affiliate.spool import File, Spool
from cms.published import failures
from cms.published.models import Failure

READER = "clicks"
UTC_ENDING = "+00:00"
BATCH = 1000
LINE = "\nline: "  # before the line itself in the reason of a Failure

log = logging.getLogger(__name__)

# The type of every column in a line; SQLite would take anything.
KINDS = {
    "click_id": str,
    "at": str,
    "link": int,
    "link_key": str,
    "product": str,
    "partner": int,
    "partner_name": str,
    "placement": str,
    "signed": bool,
    "verdict": str,
}
# The database reads the lines itself: taking each through Python costs its process as much as
# answering the click did, and PostgreSQL several times the time.
_INTO = f"INSERT INTO {Click._meta.db_table} ({', '.join(KINDS)}) SELECT "
_ONCE = " WHERE true ON CONFLICT DO NOTHING"
_OF_SQLITE = {name: f"json_extract(value, '$.{name}')" for name in KINDS}
# as Django writes it there
_OF_SQLITE["at"] = f"replace(replace({_OF_SQLITE['at']}, 'T', ' '), '{UTC_ENDING}', '')"
INSERT = {
    "sqlite": f"{_INTO}{', '.join(_OF_SQLITE.values())} FROM json_each(%s){_ONCE}",
    "postgresql": (
        f"{_INTO}{', '.join(KINDS)} "
        f"FROM json_populate_recordset(NULL::{Click._meta.db_table}, %s::json){_ONCE}"
    ),
}
REFUSALS = (ValueError, DataError, IntegrityError)


class Drain:
    """`torn`: lines so far that were cut off while they were written."""

    def __init__(self, spool: Spool) -> None:
        self.spool = spool
        self.torn = 0

    def run(self) -> None:
        """Move everything that waits. Raises DatabaseError while the database is away."""
        for file in self.spool.waiting():
            self._move(file)
            self.spool.done(file)
        retry()

    def _move(self, file: File) -> None:
        lines = file.lines()
        while batch := list(islice(lines, BATCH)):
            if not batch[-1].endswith(b"\n"):
                self.torn += 1
                log.error("a click was cut off while it was written, %d so far", self.torn)
                batch.pop()
            insert(batch)


def insert(lines: Sequence[bytes]) -> None:
    """Append clicks to the ledger; what it will not have becomes a Failure."""
    try:
        _insert(lines)
    except REFUSALS:
        for line in lines:
            try:
                _insert([line])
            except REFUSALS as error:
                _fail(key_of(line), line, error)


def _insert(lines: Iterable[bytes]) -> None:
    checked = [check(line) for line in lines]
    if checked:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(INSERT[connection.vendor], [f"[{','.join(checked)}]"])


def line_of(click: dict[str, Any], at: datetime) -> bytes:
    """A click as a line of the spool, with the columns of the ledger as its names."""
    return orjson.dumps(click | {"at": at.astimezone(UTC)})


def check(line: bytes) -> str:
    """The line as text. Raises ValueError naming the first thing that is wrong."""
    said = orjson.loads(line)
    kinds = {name: type(value) for name, value in said.items()} if isinstance(said, dict) else {}
    if kinds != KINDS:
        wrong = next(n for n in (*KINDS, *kinds) if kinds.get(n) is not KINDS.get(n))
        raise ValueError(f"{wrong} is not as it should be")
    datetime.fromisoformat(said["at"])
    if not said["at"].endswith(UTC_ENDING):
        raise ValueError("at is not in UTC")
    return line.decode()


def _fail(key: str, line: bytes, error: Exception) -> None:
    text = line.rstrip(b"\n").decode(errors="backslashreplace")
    failures.record(READER, key, f"{failures.reason_of(error)[:500]}{LINE}{text}")


def key_of(line: bytes) -> str:
    """Each line its own Failure."""
    return f"click:{hashlib.sha256(line).hexdigest()[:32]}"


def retry() -> None:
    """Try lines of failures whose wait is over: after a fix they are clicks like any other."""
    due = Failure.objects.filter(reader=READER, key__in=failures.due(READER))
    for key, reason in due.values_list("key", "reason"):
        line = reason.rpartition(LINE)[2].encode()
        try:
            _insert([line])
        except REFUSALS as error:
            _fail(key, line, error)
        else:
            failures.clear(READER, key)
