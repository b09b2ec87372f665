"""What this process depends on, looked at with a time limit: one that hangs must not hang us."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from api import process
from api.errors import log_fault
from cms.published import readers
from cms.published.models import Cursor
from cms.published.view import View
from search.engines import elastic

PATIENCE = 1.0  # seconds
# Readers that said nothing for so long are no longer ours to report.
RECENT = timedelta(hours=1)

_pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="health")
_running: dict[str, Future[Any]] = {}


def within(name: str, look: Callable[[], Any], otherwise: Any) -> Any:
    """What `look` finds, or `otherwise` when it takes too long or fails. A look that still hangs
    is waited for again instead of being started twice."""
    running = _running.get(name)
    if running is None or running.done():
        running = _running[name] = _pool.submit(look)
    try:
        return running.result(timeout=PATIENCE)
    except Late:
        return otherwise
    except Exception as error:  # in a way nobody thought of: then it is not up either
        log_fault(error)
        return otherwise


def dependencies() -> dict[str, str]:
    """ "up" or "down" for each by name; what is not configured is not named."""
    looks = {"database": _database}
    if settings.REDIS_URL:
        looks["redis"] = _redis
    if elastic.configured():
        looks["elasticsearch"] = elastic.answers
    return {name: "up" if within(name, look, False) else "down" for name, look in looks.items()}


def _database() -> bool:
    if (seen := process.database_answers()) is not None and not seen:
        return False
    try:
        with _own_connection(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


@contextmanager
def _own_connection() -> Iterator[None]:
    """A connection for this look only: four threads that keep one each would be four too many."""
    try:
        yield
    finally:
        connection.close()


def _redis() -> bool:
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        ) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def reading(view: View) -> list[dict[str, Any]]:
    """Each reader with how far it is behind this process's View; the web processes as one, the
    slowest. Empty when the database does not say in time."""
    return _summed(within("readers", _cursors, ()), view, timezone.now())


def _cursors() -> tuple[Cursor, ...]:
    try:
        with _own_connection():
            return tuple(Cursor.objects.filter(at__gt=timezone.now() - RECENT))
    except DatabaseError:
        return ()


def _summed(cursors: Iterable[Cursor], view: View, now: datetime) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for cursor in cursors:
        name = cursor.reader.split(":", 1)[0]
        if name == readers.WEB and now - cursor.at > readers.PRESENT:
            continue
        seq = cursor.seq if cursor.epoch == view.epoch else 0
        seen = max(0, round((now - cursor.at).total_seconds()))
        one = found.setdefault(name, {"name": name, "seq": seq, "seen_seconds_ago": seen})
        one["seq"] = min(one["seq"], seq)
        one["seen_seconds_ago"] = max(one["seen_seconds_ago"], seen)
    for one in found.values():
        one["behind"] = max(0, view.seq - one["seq"])
    return sorted(found.values(), key=lambda one: str(one["name"]))
