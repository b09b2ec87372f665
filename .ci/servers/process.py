"""A server process that outlives the command that started it, and is found again to be stopped."""

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from servers.places import ROOT, STATE, Trouble, say

STOP_SECONDS = 30


@dataclass(frozen=True)
class Server:
    """What one of the servers is; `address` has a place for the port."""

    name: str
    variable: str
    address: str
    can_start: "Callable[[], bool]"
    start: "Callable[[Process], None]"
    answers: "Callable[[Process], bool]"
    stop_signal: signal.Signals = signal.SIGTERM


@dataclass(frozen=True)
class Stat:
    """The start time tells a process from a later one that got its id."""

    state: str
    session: int
    started: int

    @classmethod
    def of(cls, pid: int) -> "Stat | None":
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        return cls(fields[0], int(fields[3]), int(fields[19]))


class Process:
    """A server in a session of its own, remembered by process id and start time."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.folder = STATE / server.name
        self.log = STATE / f"{server.name}.log"
        self.record = STATE / f"{server.name}.json"
        known = json.loads(self.record.read_text()) if self.record.exists() else {}
        self.port: int = known.get("port") or free_port()
        self.pid: int = known.get("pid", 0)
        self.started: int = known.get("started", 0)

    @property
    def address(self) -> str:
        return self.server.address.format(port=self.port)

    def runs(self) -> bool:
        found = Stat.of(self.pid) if self.pid else None
        return bool(found and found.started == self.started and found.state != "Z")

    def members(self) -> list[int]:
        """What still runs of its session; nothing if its id has become someone else's."""
        leader = Stat.of(self.pid) if self.pid else None
        if not self.pid or (leader and leader.started != self.started):
            return []
        every = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
        stats = [(pid, Stat.of(pid)) for pid in every]
        return [pid for pid, it in stats if it and it.session == self.pid and it.state != "Z"]

    def prepare(self) -> None:
        """A folder, a free port, and nothing left of an earlier run that lost its leader."""
        self.stop()
        if taken(self.port):
            self.port = free_port()
        self.folder.mkdir(exist_ok=True)
        give_away(self.folder)

    def start(
        self,
        command: list[Any],
        cwd: Path | None = None,
        environment: dict[str, str] | None = None,
    ) -> None:
        with self.log.open("a") as log:
            child = subprocess.Popen(
                command,
                env=environment,
                cwd=cwd or self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **server_user(),
            )
        found = Stat.of(child.pid)
        self.pid, self.started = child.pid, found.started if found else 0
        record = {"port": self.port, "pid": self.pid, "started": self.started}
        self.record.write_text(json.dumps(record))
        say(f"{self.server.name} starts on port {self.port}")

    def stop(self) -> None:
        """Asks the server to stop, then ends what is left of it."""
        limit = time.monotonic() + STOP_SECONDS
        if self.runs():
            os.kill(self.pid, self.server.stop_signal)
        while self.runs() and time.monotonic() < limit:
            time.sleep(0.1)
        while self.members():
            for pid in self.members():
                kill(pid)
            time.sleep(0.1)
            if time.monotonic() > limit + 5:
                raise Trouble(f"{self.server.name} (process {self.pid}) could not be stopped")


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # it went by itself


def run(command: list[Any], log: Path, failure: str, **options: Any) -> None:
    """A command that has to succeed; raises Trouble with `failure` and the name of the log."""
    with log.open("a") as output:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **options
        )
    if done.returncode:
        raise Trouble(f"{failure}; see {log}")


def server_user() -> dict[str, Any]:
    """PostgreSQL and Elasticsearch refuse to run as root."""
    if not ROOT:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def give_away(*paths: Path) -> None:
    """To the user that the servers run as."""
    for path in paths if ROOT else ():
        shutil.chown(path, server_user()["user"], server_user()["group"])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
