"""A web server in this process, for tests that stand in for somebody else's. Nothing of it outlives
its block: every connection is ended and every thread is waited for."""

import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class LittleServer(ThreadingHTTPServer):
    daemon_threads = False  # so that server_close waits for the threads of all requests

    def __init__(self, handler: type[BaseHTTPRequestHandler], tls: ssl.SSLContext | None) -> None:
        self.faults: list[BaseException | None] = []
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), handler)
        if tls:
            # Hands are shaken in the thread of a request: who says nothing keeps nobody waiting.
            self.socket = tls.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away before it is answered is no fault; anything else is one."""
        error = sys.exception()
        if not isinstance(error, OSError):
            self.faults.append(error)

    def end(self) -> None:
        self.shutdown()
        for connection in list(self._open):
            with suppress(OSError):
                # not that of SSLSocket, which takes away what its thread is reading with
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
        self.server_close()


@contextmanager
def serving(
    handler: type[BaseHTTPRequestHandler], tls: ssl.SSLContext | None = None
) -> Iterator[int]:
    """Yields the port. Fails at its end when a handler raised anything."""
    server = LittleServer(handler, tls)
    accepting = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    accepting.start()
    try:
        yield server.server_port
    finally:
        server.end()
        accepting.join()
    assert server.faults == []
