"""Databases that go away and come back, each in the way of its kind."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Protocol
from urllib.parse import urlsplit

from tests.stack import free_port


class Database(Protocol):
    url: str

    def leave(self) -> None: ...

    def come_back(self) -> None: ...


class Folder:
    """SQLite in a folder that is moved away, as a volume that is not mounted.

    Its files are those that `folder` had."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.elsewhere = folder / "database", folder / "elsewhere"
        self.folder.mkdir()
        for file in folder.glob("db.sqlite3*"):
            file.rename(self.folder / file.name)
        self.url = f"sqlite:///{self.folder / 'db.sqlite3'}"

    def leave(self) -> None:
        self.folder.rename(self.elsewhere)

    def come_back(self) -> None:
        shutil.rmtree(self.folder)  # SQLite made an empty database where it found none
        self.elsewhere.rename(self.folder)


class Port:
    """A server behind a port of our own, which closes and opens."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.server = (str(parts.hostname), parts.port or 5432)
        self.port = free_port()
        login, at, _ = parts.netloc.rpartition("@")
        self.url = parts._replace(netloc=f"{login}{at}127.0.0.1:{self.port}").geturl()
        self.relay: Relay | None = None
        self.come_back()

    def leave(self) -> None:
        if self.relay is not None:
            self.relay.shutdown()
            self.relay.server_close()
            self.relay = None

    def come_back(self) -> None:
        self.relay = Relay(self.port, self.server)
        Thread(target=self.relay.serve_forever, daemon=True).start()


class Relay(ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self, port: int, server: tuple[str, int]) -> None:
        self.onward = server
        super().__init__(("127.0.0.1", port), BothWays)


class BothWays(BaseRequestHandler):
    server: Relay

    def handle(self) -> None:
        with socket.create_connection(self.server.onward) as onward:
            back = Thread(target=pass_on, args=(onward, self.request), daemon=True)
            back.start()
            pass_on(self.request, onward)
            back.join()


def pass_on(source: socket.socket, sink: socket.socket) -> None:
    """Until one side ends; then the other one ends too."""
    with suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def closing(database: Port) -> Iterator[Port]:
    try:
        yield database
    finally:
        database.leave()
