"""A copy on disk is there whole or not at all, and a process that dies leaves nothing for ever."""

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from cms.published import copy, unfinished
from cms.published.view import View
from tests.stack import ROOT

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
KILLED = """
import os, signal, sys
from pathlib import Path
from cms.published import unfinished

with unfinished.replacing(Path(sys.argv[1])) as file:
    file.write(b"half of")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def killed_while_writing(path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=ROOT)
    assert ended.returncode == -signal.SIGKILL


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(path: Path) -> None:
    copy.write(View(epoch=1, seq=7), "renderer", path, NOW)


def test_who_is_killed_while_writing_leaves_the_old_copy_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "publications.copy"
    write(path)
    whole = path.read_bytes()

    killed_while_writing(path)

    assert path.read_bytes() == whole
    assert len(names(tmp_path)) == 2


def test_the_next_copy_cleans_what_dead_processes_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "publications.copy"
    (tmp_path / "publications").write_bytes(b"somebody else's")
    for _ in range(3):
        killed_while_writing(path)
    assert len(names(tmp_path)) == 4

    write(path)

    assert names(tmp_path) == ["publications", "publications.copy"]
    assert copy.read(path, "renderer").seq == 7


def test_the_file_of_a_process_that_is_still_writing_stays(tmp_path: Path) -> None:
    path = tmp_path / "publications.copy"
    with unfinished.replacing(path) as file:
        file.write(b"written by another worker")
        write(path)
        assert len(names(tmp_path)) == 2

    assert names(tmp_path) == ["publications.copy"]
    assert path.read_bytes() == b"written by another worker"


def test_an_error_while_writing_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "publications.copy"

    def fill() -> None:
        with unfinished.replacing(path) as file:
            file.write(b"half of")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fill()

    assert names(tmp_path) == []


def test_cleaning_all_the_time_never_takes_a_file_from_who_writes_it(tmp_path: Path) -> None:
    """Between its making and its lock a file looks left behind: then its writer makes another."""
    path = tmp_path / "publications.copy"
    ending = Event()

    def clean() -> None:
        while not ending.is_set():
            unfinished.clean(path)

    cleaning = Thread(target=clean)
    cleaning.start()
    try:
        for number in range(300):
            with unfinished.replacing(path) as file:
                file.write(b"%d" % number)
            assert path.read_bytes() == b"%d" % number
    finally:
        ending.set()
        cleaning.join()

    assert names(tmp_path) == ["publications.copy"]
