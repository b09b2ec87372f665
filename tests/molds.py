"""A set-up folder and database, made once in a run and copied for whoever starts from there.

Migrating an empty database takes half a minute of computing and so does the example's content:
too long to do anew in every process of pytest-xdist and for every stack. The processes of a run
share a folder of molds; it and the databases go with the process that made it.
"""

import atexit
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
Command = tuple[str, ...]
MIGRATED: tuple[Command, ...] = (("migrate", "-v0"),)
WITH_EXAMPLE: tuple[Command, ...] = (*MIGRATED, ("release", "-v0"), ("load_demo", "-v0"))
# With its screening and rules too, and everything numbered.
FURNISHED: tuple[Command, ...] = (
    *WITH_EXAMPLE,
    ("freeze_screening", "examples/lage-rugpijn/screening.yaml"),
    ("publish_rules", "examples/lage-rugpijn/rules.yaml"),
    ("shell", "-v0", "-c", "from cms.published import work; work.number_all()"),
)
SQLITE = "db.sqlite3"  # what the settings call it

if "TEST_MOLDS" in os.environ:
    FOLDER = Path(os.environ["TEST_MOLDS"])
else:
    FOLDER = Path(tempfile.mkdtemp(prefix="herstelwijzer-molds-"))
    os.environ["TEST_MOLDS"] = str(FOLDER)  # for the processes that this one starts

    @atexit.register
    def _break() -> None:
        for note in FOLDER.glob("*.postgres"):
            drop(note.read_text(), _name(note.with_suffix("")))
        shutil.rmtree(FOLDER, ignore_errors=True)


def environment(folder: Path, database: str = "") -> dict[str, str]:
    """What a process of the product is started with; without a database it uses SQLite."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "cms.settings",
        "PYTHONPATH": str(ROOT),
        "DATA_DIR": str(folder),
        "SECRET_KEY": "only-for-the-tests-" * 3,
        "DEMO": "true",
    } | ({"DATABASE_URL": database} if database else {})


def pour(commands: tuple[Command, ...], folder: Path, server: str = "", name: str = "") -> None:
    """Fill an empty folder with what these commands of manage.py made, and their database with it:
    a new one of this name on a PostgreSQL server, or a file in the folder."""
    mold = _mold(commands, server) if commands else None
    if mold:
        shutil.copytree(mold, folder, dirs_exist_ok=True)
    if server:
        _create(server, name, f"TEMPLATE {_name(mold)}" if mold else "")


def pour_as(name: str, commands: tuple[Command, ...], folder: Path) -> None:
    """The same for a database that the test run itself uses, on the engine of DATABASE_URL: of this
    name on the server, or a file of this name."""
    server = os.environ.get("DATABASE_URL", "")
    if server.startswith("postgres"):
        drop(server, name)  # of a run that was killed
        pour(commands, folder, server, name)
    else:
        pour(commands, folder)
        shutil.move(folder / SQLITE, name)


def _mold(commands: tuple[Command, ...], server: str) -> Path:
    """The folder of a mold; a database on a server has a name that follows from it."""
    mold = FOLDER / sha256(repr((commands, server)).encode()).hexdigest()[:12]
    with _one_at_a_time(mold):
        if not mold.exists():
            _make(mold, commands, server)
    return mold


def _make(mold: Path, commands: tuple[Command, ...], server: str) -> None:
    making = mold.with_suffix(".making")
    shutil.rmtree(making, ignore_errors=True)  # of a command that failed
    making.mkdir()
    if server:
        mold.with_suffix(".postgres").write_text(server)
        drop(server, _name(mold))
    *before, last = commands
    pour(tuple(before), making, server, _name(mold))
    manage(last, environment(making, url(server, _name(mold))))
    making.rename(mold)


def manage(command: Command, environment: dict[str, str], timeout: float = 600) -> str:
    """What a command of manage.py says; what it complains of, when it fails, fails the test."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def _one_at_a_time(mold: Path) -> Iterator[None]:
    with mold.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _name(mold: Path) -> str:
    """Of its database: no other run on the same server has it."""
    return f"mold_{mold.stem}_{sha256(str(FOLDER).encode()).hexdigest()[:8]}"


def url(server: str, name: str) -> str:
    return urlsplit(server)._replace(path=f"/{name}").geturl() if server else ""


def _create(server: str, name: str, how: str = "") -> None:
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} {how}")


def drop(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
