"""The spool: files in which clicks wait for the database, a line each.

A line is one `write` to a file opened for appending, before the visitor is answered: it survives
the process. `sync` brings it to the disk at most a second later: it survives the host too.

A process holds a lock on each of its files, and a lock ends with its process: what nobody holds was
left behind by a dead one and is adopted. A file that is being made or taken away by another process
is recognised by having no name any more.
"""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from uuid import uuid4

log = logging.getLogger(__name__)

ENDING = ".clicks"


@dataclass(frozen=True)
class File:
    """A spool file that is locked by this process."""

    path: Path
    handle: int

    def lines(self) -> Iterator[bytes]:
        """Its lines with their ends. A last one without is a click that was torn while it was
        written, so nobody was told that it is kept."""
        os.lseek(self.handle, 0, os.SEEK_SET)
        with os.fdopen(os.dup(self.handle), "rb") as file:
            yield from file

    def remove(self) -> None:
        """The name first: whoever gets the lock afterwards sees that there is nothing to do."""
        self.path.unlink(missing_ok=True)
        os.close(self.handle)


class Spool:
    """The files of this process. `lost`: clicks that could not be written, so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lost = 0
        self._writing: File | None = None
        self._used = False
        self._closed: list[File] = []
        self._lock = Lock()

    def write(self, line: bytes) -> bool:
        """Keep a line without an end of line in it. Raises nothing: says whether it is kept."""
        try:
            with self._lock:
                if self._writing is None:
                    self._writing = create(self.folder)
                self._used = True
                if os.write(self._writing.handle, line + b"\n") > len(line):
                    return True
                # The disk is full: the next line must not be glued to half of this one.
                self._go_on_in(None)
                raise OSError("only a part of it could be written")
        except OSError as error:
            self.lost += 1
            log.error("a click was not kept (%s), %d so far", error.strerror or error, self.lost)
            return False

    def sync(self) -> None:
        """Bring to the disk what was written. Raises OSError.

        Clicks go on in a new file, so that none has to wait for the disk; but not while a file
        waits for the ledger, or an outage of the database would leave one a second.
        """
        try:
            if self._used and not self._closed:
                fresh = create(self.folder)
                with self._lock:
                    self._go_on_in(fresh)
        finally:
            for file in self._files():
                with suppress(OSError):  # moved into the ledger and closed meanwhile
                    os.fsync(file.handle)

    def _go_on_in(self, fresh: File | None) -> None:
        if self._writing is not None:
            self._closed.append(self._writing)
        self._writing, self._used = fresh, False

    def _files(self) -> list[File]:
        return [*self._closed, *([self._writing] if self._writing else [])]

    def waiting(self) -> Iterator[File]:
        """What is ready for the ledger: files of this process, then those of dead ones."""
        yield from list(self._closed)
        for path in sorted(self.folder.glob(f"*{ENDING}")):
            if (file := adopt(path)) is not None:
                with self._lock:
                    self._closed.append(file)
                yield file

    def done(self, file: File) -> None:
        with self._lock:
            self._closed.remove(file)
        file.remove()

    def forget(self) -> None:
        """In a forked child: these files belong to the parent, whose locks end with the last copy
        of their handles."""
        for file in self._files():
            os.close(file.handle)
        self._writing, self._used, self._closed = None, False, []
        self._lock = Lock()  # a thread of the parent may have held the other one


def create(folder: Path) -> File:
    """A new, locked file whose name is on the disk. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        path = folder / f"{uuid4().hex}{ENDING}"
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
        if _locked(handle):
            _sync_names(folder)
            return File(path, handle)
        os.close(handle)  # adopted as empty in the moment before it was locked


def adopt(path: Path) -> File | None:
    """A file of a process that is dead; None when its process lives or another has adopted it."""
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return None
    if _locked(handle):
        return File(path, handle)
    os.close(handle)
    return None


def _locked(handle: int) -> bool:
    """Whether this handle now holds the lock of a file that still has its name."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return os.fstat(handle).st_nlink > 0


def _sync_names(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
