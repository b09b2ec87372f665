"""Redis as the queue needs it: it keeps what it was told, and refuses rather than forgets."""

import socket

from servers.process import Process, Server
from servers.programs import find


def start(process: Process) -> None:
    command = [
        find("redis-server") or "redis-server",
        "--bind",
        "127.0.0.1",
        "--port",
        str(process.port),
    ]
    command += ["--dir", str(process.folder), "--save", "", "--appendonly", "yes"]
    process.start([*command, "--maxmemory-policy", "noeviction"])


def answers(process: Process) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", process.port), timeout=2) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False


SERVER = Server(
    name="redis",
    variable="TEST_REDIS_URL",
    address="redis://127.0.0.1:{port}/0",
    can_start=lambda: find("redis-server") is not None,
    start=start,
    answers=answers,
)
