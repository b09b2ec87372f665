"""Serves the example from this process and one worker, which never outlives it."""

import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence

from django.conf import settings
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

HOST = "127.0.0.1"
POLL_SECONDS = 0.1
READY_SECONDS = 60


class PortNotFree(Exception):
    """Says why, in the words of the system."""


class EndedItself(Exception):
    """The worker ended although nobody asked it to."""


def require_free(port: int) -> None:
    """Raises PortNotFree. A port that was left a moment ago counts as free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortNotFree(error.strerror) from error


def serve(port: int, when_ready: Callable[[], None], beside: Sequence[str] = ()) -> None:
    """Returns after Ctrl-C, `kill` or a closed terminal; raises EndedItself.

    `when_ready` is called once this server and every address in `beside` answer.
    """
    connections.close_all()
    # Forking is what lets the worker start with everything loaded, and tell when it is ready.
    multiprocessing.set_start_method("fork", force=True)
    addresses = [f"http://{HOST}:{port}/health/ready", *beside]
    os.register_at_fork(after_in_child=lambda: _begin_worker(addresses, when_ready))
    server = Granian(
        "api.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        workers_kill_timeout=5,
        log_level=LogLevels.error,
        static_path_route=["/static", "/media"],
        static_path_mount=[settings.STATIC_ROOT, settings.MEDIA_ROOT],
        static_path_expires=0,
    )

    @server.on_startup
    def end_when_the_terminal_closes() -> None:
        signal.signal(signal.SIGHUP, server.signal_handler_interrupt)

    try:
        server.serve()
    except SystemExit as end:
        if not server.interrupt_signal:
            raise EndedItself from end


def _begin_worker(addresses: Sequence[str], when_ready: Callable[[], None]) -> None:
    os.setpgrp()  # Ctrl-C reaches the parent alone, which then ends us in order
    parent = os.getppid()
    threading.Thread(target=_watch, args=(addresses, when_ready, parent), daemon=True).start()


def _watch(addresses: Sequence[str], when_ready: Callable[[], None], parent: int) -> None:
    until = time.monotonic() + READY_SECONDS
    while said := next(filter(None, map(_what_is_wrong, addresses)), ""):
        if time.monotonic() > until:
            print(f"Not ready after {READY_SECONDS} s: {said}", file=sys.stderr, flush=True)
            os._exit(1)
        time.sleep(POLL_SECONDS)
    when_ready()
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)  # the parent was killed: nothing may be left running


def _what_is_wrong(address: str) -> str:
    """Nothing once it answers."""
    # no proxy of the environment stands before this machine itself
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(address, timeout=5).close()
    except (urllib.error.URLError, OSError) as error:
        return f"{address}: {error}"
    return ""
