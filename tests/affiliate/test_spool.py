"""The spool: what was written is there for whoever comes after, once and whole."""

import errno
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from threading import Thread

import pytest

from cms.affiliate import spool as module
from cms.affiliate.spool import File, Spool, adopt, create

ROOT = Path(__file__).parents[2]


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.clicks"))


def lines(file: File) -> list[bytes]:
    return list(file.lines())


def everything(spool: Spool) -> list[bytes]:
    """What a process that moves clicks finds, file by file, taken away afterwards."""
    found: list[bytes] = []
    for file in spool.waiting():
        found += lines(file)
        spool.done(file)
    return found


def test_a_line_is_in_the_file_as_soon_as_it_is_kept(spool: Spool) -> None:
    assert spool.write(b"one")
    assert spool.write(b"two")

    [path] = files(spool.folder)
    assert path.read_bytes().split() == [b"one", b"two"]
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_that_is_written_to_does_not_wait_for_the_ledger(spool: Spool) -> None:
    spool.write(b"one")
    assert everything(spool) == []

    spool.sync()

    assert everything(spool) == [b"one\n"]
    assert everything(spool) == []


def test_sync_goes_on_in_a_new_file_and_a_done_one_is_gone(spool: Spool) -> None:
    spool.write(b"one")
    spool.sync()
    spool.write(b"two")
    assert len(files(spool.folder)) == 2

    assert everything(spool) == [b"one\n"]

    assert [path.read_bytes().strip() for path in files(spool.folder)] == [b"two"]


def test_nothing_is_made_where_nobody_clicks(spool: Spool) -> None:
    spool.sync()
    assert not spool.folder.exists()

    spool.write(b"one")
    for _ in range(3):
        spool.sync()
        everything(spool)
    assert [path.read_bytes() for path in files(spool.folder)] == [b""]


def test_while_the_ledger_is_away_the_files_stay_two(spool: Spool) -> None:
    for number in range(5):
        spool.write(b"%d" % number)
        spool.sync()
    assert len(files(spool.folder)) == 2

    found = everything(spool)
    spool.sync()
    assert found + everything(spool) == [b"%d\n" % number for number in range(5)]


def test_every_line_is_synced(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: set[int] = set()
    real = os.fsync
    monkeypatch.setattr(module.os, "fsync", lambda fd: (synced.add(os.fstat(fd).st_ino), real(fd)))
    spool.write(b"one")
    spool.sync()
    spool.write(b"two")
    spool.sync()

    assert {path.stat().st_ino for path in files(spool.folder)} <= synced


def test_several_threads_write_whole_lines(spool: Spool) -> None:
    def write(name: int) -> None:
        for number in range(200):
            spool.write(b"%d-%d" % (name, number) * 10)
            if number % 50 == 0:
                spool.sync()

    threads = [Thread(target=write, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = []
    for _ in range(3):
        spool.sync()
        found += everything(spool)

    expected = [
        b"%d-%d" % (name, number) * 10 + b"\n" for name in range(8) for number in range(200)
    ]
    assert sorted(found) == sorted(expected)


# --- processes -----------------------------------------------------------------------------


def test_a_file_of_a_living_process_is_left_alone(spool: Spool) -> None:
    other = Spool(spool.folder)
    other.write(b"theirs")
    other.sync()

    assert everything(spool) == []

    other.forget()


def test_a_file_of_a_dead_process_is_adopted_once(spool: Spool) -> None:
    dead = Spool(spool.folder)
    dead.write(b"theirs")
    dead.forget()  # its locks end with it

    third = Spool(spool.folder)
    [file] = spool.waiting()
    assert list(third.waiting()) == []
    assert lines(file) == [b"theirs\n"]
    spool.done(file)
    assert files(spool.folder) == []


def test_a_process_that_is_killed_leaves_all_it_had_acknowledged(spool: Spool) -> None:
    program = """
        import sys
        from pathlib import Path
        from cms.affiliate.spool import Spool
        spool = Spool(Path(sys.argv[1]))
        number = 0
        while True:
            spool.write(b"%d" % number)
            print(number, flush=True)
            number += 1
            if number % 100 == 0:
                spool.sync()
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), str(spool.folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(1000)]
        process.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in process.stdout if line.endswith("\n")]

    kept = [int(line) for line in everything(spool)]

    assert sorted(kept) == list(range(len(kept)))
    assert set(acknowledged) <= set(kept)
    assert len(kept) - len(acknowledged) <= 1


def test_a_forked_child_touches_no_file_of_its_parent(spool: Spool) -> None:
    spool.write(b"parent")
    pid = os.fork()
    if pid == 0:
        spool.forget()
        spool.write(b"child")
        os._exit(0)
    os.waitpid(pid, 0)
    spool.write(b"parent")
    spool.sync()

    found = [lines(file) for file in spool.waiting()]
    assert sorted(found) == [[b"child\n"], [b"parent\n", b"parent\n"]]


def test_a_file_adopted_before_it_was_locked_is_not_written_to(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between its making and its locking another process may take it for a dead one's."""
    real, stolen = module._locked, []

    def steal_first(handle: int) -> bool:
        if not stolen:
            stolen.append(1)
            [path] = files(spool.folder)
            path.unlink()
        return real(handle)

    monkeypatch.setattr(module, "_locked", steal_first)
    made = create(spool.folder)

    assert stolen
    assert made.path.exists()
    os.close(made.handle)


def test_a_file_that_was_moved_meanwhile_is_not_adopted(spool: Spool) -> None:
    other = Spool(spool.folder)
    other.write(b"theirs")
    [path] = files(spool.folder)
    other.forget()
    first = adopt(path)
    assert first is not None
    handle = os.open(path, os.O_RDWR)  # another process has found its name already
    first.remove()

    assert not module._locked(handle)
    assert adopt(path) is None
    os.close(handle)


# --- when it cannot be written -------------------------------------------------------------


def test_a_click_that_cannot_be_kept_is_counted(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    spool = Spool(tmp_path / "file" / "clicks")

    assert [spool.write(b"one"), spool.write(b"two")] == [False, False]
    assert spool.lost == 2


def test_a_disk_that_fills_up_glues_no_two_clicks_together(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool.write(b"before")
    real = os.write
    monkeypatch.setattr(module.os, "write", lambda fd, data: real(fd, data[:3]))
    assert not spool.write(b"half")
    monkeypatch.setattr(module.os, "write", real)
    assert spool.write(b"after")
    spool.sync()

    found = everything(spool)
    spool.sync()
    assert found + everything(spool) == [b"before\n", b"hal", b"after\n"]
    assert spool.lost == 1


def test_a_disk_that_is_full_says_so_and_goes_on_when_there_is_room(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    real = os.write
    monkeypatch.setattr(module.os, "write", full)
    assert not spool.write(b"one")
    monkeypatch.setattr(module.os, "write", real)
    assert spool.write(b"two")
    assert spool.lost == 1
