"""Two threads of every web process: one brings clicks to the disk, one moves them into the ledger.

The first never waits for a database.
"""

import logging
from threading import Event

from cms.affiliate.clicks import drain, spool
from cms.published.threads import Loop

log = logging.getLogger(__name__)

EVERY = 1.0  # seconds: what a crash of the whole host may cost at most

_moving = Event()


def sync() -> None:
    try:
        spool.sync()
    except OSError as error:
        log.error("clicks could not be brought to the disk: %s", error)
    _moving.set()


def start() -> None:
    Loop("clicks-sync", sync, Event(), EVERY).start()
    Loop("clicks-drain", drain.run, _moving, EVERY).start()
