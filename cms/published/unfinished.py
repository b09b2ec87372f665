"""A file that is there whole or not at all, also when its process is killed while writing.

Who writes holds a lock on the unfinished file, and a lock ends with its process: what nobody holds
was left behind. Its age would not tell, since a slow disk looks like a dead process.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of `path` when the block ends without an error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = _locked(path)
    with os.fdopen(handle, "wb") as file:  # locked until it has its name
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            os.replace(unfinished, path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def clean(path: Path) -> int:
    """Remove the unfinished files of dead processes beside `path`; says how many."""
    return sum(_removed(found) for found in path.parent.glob(f"{path.name}.*"))


def _locked(path: Path) -> tuple[int, Path]:
    while True:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle, Path(name)
        os.close(handle)  # it was cleaned in the moment before it was locked


def _removed(unfinished: Path) -> bool:
    with suppress(FileNotFoundError, BlockingIOError), unfinished.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        unfinished.unlink()
        return True
    return False
