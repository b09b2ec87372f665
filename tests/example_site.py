"""The example as `make demo` starts it: service and website, on ports of its own."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.molds import WITH_EXAMPLE
from tests.stack import Stack, eventually, stack

# Everything is set up first: tables, content, images in all their sizes.
PATIENCE = 280


@dataclass(frozen=True)
class ExampleSite:
    """`site`: the website; `api`: the service, where the CMS is too."""

    site: str
    api: str
    stack: Stack


def two_free_ports() -> int:
    """The first of two ports in a row: the website takes the one after the service's."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


@contextmanager
def example_site() -> Iterator[ExampleSite]:
    port = two_free_ports()
    api, site = f"http://localhost:{port}", f"http://localhost:{port + 1}"
    with stack(WITH_EXAMPLE, BASE_URL=api) as made:
        demo = made.process("demo", "manage.py", "demo")
        demo.start()
        eventually(lambda: _is_up(demo.log, demo), "the demo is ready", PATIENCE)
        yield ExampleSite(site, api, made)
        demo.kill(signal.SIGTERM)
        assert "Traceback" not in demo.log, demo.log


def _is_up(log: str, demo: object) -> bool:
    running = getattr(demo, "running", None)
    assert running is not None
    assert running.poll() is None, log
    return "Ctrl-C" in log
