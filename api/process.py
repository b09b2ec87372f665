"""The threads of this serving process."""

import os

from django.conf import settings

from cms.affiliate import clicks
from cms.affiliate import threads as click_threads
from cms.published.replica import replica
from cms.published.threads import Threads

_threads: Threads | None = None


def start() -> None:
    """For servers only, in each worker: tests and management commands move the replica by hand."""
    global _threads
    if _threads is not None:
        return
    copy = settings.DATA_DIR / "publications.copy" if settings.REPLICA_COPY else None
    _threads = Threads(replica, copy)
    _threads.start()
    click_threads.start()
    os.register_at_fork(after_in_child=_forget)


def _forget() -> None:
    """A server that forks after importing us has children without threads. Such a child must not
    serve what was live then for ever: it is never ready, and so it is noticed."""
    global _threads
    _threads = None
    replica.reset()
    clicks.spool.forget()


def database_answers() -> bool | None:
    """Whether the last look at the database succeeded; None in a process that does not look."""
    return _threads.database if _threads else None
