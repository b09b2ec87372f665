"""python -m examples.website serve --api http://localhost:8000 --port 8001"""

import argparse
import os
import sys
import threading
import time
from functools import partial

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from examples.website import app
from examples.website.config import BadConfig, Config, configure

POLL_SECONDS = 1


def main(arguments: list[str]) -> int:
    options = vars(_parser().parse_args(arguments))
    ends_with_parent = options.pop("ends_with_parent")
    quiet = options.pop("quiet")
    options.pop("verb")
    try:
        config = configure(**options)
        app.create(config)  # what is wrong is said here, not by each process of the server
    except (BadConfig, FileNotFoundError) as error:
        print(f"examples.website: {error}", file=sys.stderr)
        return 2
    if ends_with_parent:
        _end_with_parent()
    if not quiet:
        print(
            f"The website is at http://{config.host}:{config.port} and asks {config.api}",
            flush=True,
        )
    return serve(config)


def serve(config: Config) -> int:
    """Until Ctrl-C or `kill`."""
    server = Granian(
        "examples.website",
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        blocking_threads=8,
        workers_kill_timeout=5,
        log_level=LogLevels.error,
        websockets=False,
    )
    try:
        server.serve(target_loader=partial(_load, config), wrap_loader=False)
    except SystemExit as end:
        return int(end.code or 0) if not server.interrupt_signal else 0
    return 0


def _load(config: Config) -> app.Website:
    """In a process of the server, which never outlives it."""
    _end_with_parent()
    return app.create(config)


def _end_with_parent() -> None:
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(POLL_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examples.website", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    serve = verbs.add_parser("serve", help="server-rendered pages from the JSON API alone")
    serve.add_argument("--api", required=True, help="the API, such as http://localhost:8000")
    serve.add_argument("--public-api", default="", help="where browsers reach it (default: --api)")
    serve.add_argument("--images", default="", help="origins of images (default: --public-api)")
    serve.add_argument("--locale", default="nl", help="language of the interface")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8001)
    serve.add_argument("--quiet", action="store_true", help="say nothing when it starts")
    serve.add_argument("--ends-with-parent", action="store_true", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
