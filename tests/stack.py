"""The product as an operator runs it: real processes with a database of their own.

For fault tests, browser tests and benchmarks. Everything listens on this machine only and ends
with the `with` block, each process by its own id.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from urllib.request import ProxyHandler, Request, build_opener
from uuid import uuid4

from tests import molds
from tests.molds import ROOT, Command

PATIENCE = 60.0
http = build_opener(ProxyHandler({}))  # no proxy of the environment before this machine itself


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(condition, what: str, patience: float = PATIENCE) -> None:
    until = monotonic() + patience
    while not condition():
        assert monotonic() < until, f"{what} did not happen within {patience:.0f} s"
        sleep(0.05)


@dataclass
class Process:
    """`start` again after `kill`: the same command, the same port."""

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    running: subprocess.Popen | None = None

    def start(self) -> None:
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.running = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """SIGKILL goes to the whole session: a server's workers die with it, as in a crash."""
        if self.running is None:
            return
        if how == signal.SIGKILL:
            os.killpg(self.running.pid, how)
        else:
            self.running.send_signal(how)
        try:
            self.running.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait(timeout=20)
        self.running = None

    @property
    def log(self) -> str:
        path = self.folder / f"{self.name}.log"
        return path.read_text(errors="replace") if path.exists() else ""


@dataclass
class Stack:
    folder: Path
    environment: dict[str, str]
    processes: list[Process] = field(default_factory=list)

    def process(self, name: str, *command: str) -> Process:
        made = Process(name, [sys.executable, *command], self.environment, self.folder)
        self.processes.append(made)
        return made

    def manage(self, *arguments: str, timeout: float = 300) -> str:
        return molds.manage(arguments, self.environment, timeout)

    def web(self, name: str, threads: int = 4) -> "Web":
        port = free_port()
        options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        options += ["--workers", "1", "--blocking-threads", str(threads), "--no-ws"]
        process = self.process(name, "-m", "granian", *options, "api.wsgi:application")
        return Web(process, f"http://127.0.0.1:{port}")

    def worker(self, log: str = "warning") -> Process:
        options = ["-A", "cms.celery", "worker", "--concurrency=1", "--pool=solo", "-l", log]
        return self.process("worker", "-m", "celery", *options)

    def beat(self) -> Process:
        schedule = str(self.folder / "beat")
        options = ["-A", "cms.celery", "beat", "-s", schedule, "-l", "warning"]
        return self.process("beat", "-m", "celery", *options)


@dataclass
class Web:
    process: Process
    address: str

    def start(self, wait: bool = True) -> None:
        self.process.start()
        if wait:
            self.wait()

    def wait(self) -> None:
        eventually(self.ready, f"{self.process.name} answers")

    def ready(self) -> bool:
        try:
            with http.open(f"{self.address}/health/ready", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False


@contextmanager
def stack(
    commands: tuple[Command, ...] = (),
    *,
    postgres: str = "",
    redis: str = "",
    elasticsearch: str = "",
    **settings: str,
) -> Iterator[Stack]:
    """A folder, a database and the environment for processes; all of it goes at the end.

    It begins as these commands of manage.py leave it. Without `postgres` it uses SQLite.
    """
    database = f"stack_{uuid4().hex[:12]}"
    with tempfile.TemporaryDirectory(prefix="herstelwijzer-stack-") as name:
        folder = Path(name)
        made = Stack(
            folder,
            molds.environment(folder, molds.url(postgres, database))
            | {
                "REDIS_URL": redis,
                "ELASTICSEARCH_URL": elasticsearch,
                "ELASTICSEARCH_PREFIX": f"test-{uuid4().hex[:8]}",
                **settings,
            },
        )
        molds.pour(commands, folder, postgres, database)
        try:
            yield made
        finally:
            for process in made.processes:
                process.kill()
            if elasticsearch:
                _forget_indices(elasticsearch, made.environment["ELASTICSEARCH_PREFIX"])
            if postgres:
                molds.drop(postgres, database)


def _forget_indices(server: str, prefix: str) -> None:
    with http.open(f"{server}/_cat/indices/{prefix}-*?h=index", timeout=20) as answer:
        names = answer.read().decode().split()
    for name in names:
        delete = Request(f"{server}/{name}", method="DELETE")  # noqa: S310 - a server of ours
        http.open(delete, timeout=20).close()
