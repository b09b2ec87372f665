"""PostgreSQL, with fsync as in production: the fault tests kill what writes to it."""

import signal
import subprocess
from pathlib import Path

from servers.process import Process, Server, run, server_user
from servers.programs import find


def start(process: Process) -> None:
    initdb = Path(find("initdb") or "initdb")
    data = process.folder / "data"
    if not data.exists():
        command = [initdb, "-D", data, "-U", "herstelwijzer", "--auth=trust", "--encoding=UTF8"]
        command += ["--locale=C.UTF-8"]
        run(
            command,
            process.log,
            "PostgreSQL could not make its data folder",
            cwd=process.folder,
            **server_user(),
        )
    # After a SIGKILL this file names a process that may stay in the process table as a zombie, and
    # PostgreSQL would take it for alive. Its check of the shared memory still guards the data.
    (data / "postmaster.pid").unlink(missing_ok=True)
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": process.port,
        "unix_socket_directories": "",
        "max_connections": 200,
    }
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    process.start([initdb.with_name("postgres"), "-D", data, *options])


def answers(process: Process) -> bool:
    """Ready is: it runs a statement, and the database of the address is there."""
    psql = ["psql", "-X", "-q", "-t", "-A", "-h", "127.0.0.1", "-p", str(process.port)]
    psql += ["-U", "herstelwijzer", "-d", "postgres", "-c"]
    wanted = "select 1 from pg_database where datname = 'herstelwijzer'"
    there = subprocess.run([*psql, wanted], capture_output=True, text=True)
    if there.returncode == 0 and not there.stdout.strip():
        subprocess.run([*psql, "create database herstelwijzer"], capture_output=True)
        return False
    return there.returncode == 0


SERVER = Server(
    name="postgres",
    variable="TEST_POSTGRES_URL",
    address="postgres://herstelwijzer@127.0.0.1:{port}/herstelwijzer",
    can_start=lambda: find("initdb") is not None,
    start=start,
    answers=answers,
    stop_signal=signal.SIGINT,  # disconnects its clients; SIGTERM waits for them
)
