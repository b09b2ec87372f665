"""How long a hide takes to reach every reader while nothing can be rendered and an import runs."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from select import select
from time import sleep, time

from tests.integration.asking import (
    advises,
    feeds,
    fetch,
    finds,
    freeze_screening,
    mirrors,
    shows,
)
from tests.molds import WITH_EXAMPLE
from tests.stack import ROOT, Stack, eventually, stack

HANGING = 4  # more than there are render threads in the two web processes
IMPORTED = 5000
PATIENCE = 10  # seconds: so long every reader is asked


class Driver:
    def __init__(self, made: Stack) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.driver"],
            env=made.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def begin(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def do(self, line: str) -> tuple[float, str]:
        """When it was committed, and what was answered."""
        assert self.process.stdout is not None
        self.begin(line)
        at, _, said = self.process.stdout.readline().strip().partition(" ")
        return float(at), said

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


@contextmanager
def driver(made: Stack) -> Iterator[Driver]:
    running = Driver(made)
    try:
        yield running
    finally:
        running.kill()


def measure(postgres: str, redis: str, elasticsearch: str, imported: int = IMPORTED) -> dict:
    """Seconds from the commit of a hide until each reader no longer shows it; a reader that shows
    it for longer than PATIENCE is not named.

    One web process searches in Elasticsearch, the other in its own index.
    """
    settings = {"DJANGO_SETTINGS_MODULE": "tests.integration.hanging.settings"}
    servers = {"postgres": postgres, "redis": redis, "elasticsearch": elasticsearch}
    with stack(WITH_EXAMPLE, **servers, **settings) as made:
        made.manage("release", "-v0")
        freeze_screening(made)
        first, second = made.web("web-elastic"), made.web("web-embedded")
        second.process.environment = made.environment | {"ELASTICSEARCH_URL": ""}
        for web in (first, second):
            web.start()
        for process in (made.worker(), made.beat()):
            process.start()
        with driver(made) as editor, driver(made) as importer:
            key, other = editor.do("articles 2")[1].split()
            readers: dict[str, Callable[[], bool]] = {
                "web process 1": lambda: shows(first, "proef/proef-0"),
                "web process 2": lambda: shows(second, "proef/proef-0"),
                "feed": lambda: feeds(second, key),
                "embedded index": lambda: finds(second, key, "embedded"),
                "Elasticsearch": lambda: mirrors(made, key),
                "search through Elasticsearch": lambda: finds(first, key, "elasticsearch"),
                "advice of web process 1": lambda: advises(first, key),
                "advice of web process 2": lambda: advises(second, key),
            }
            for name, sees in readers.items():
                eventually(sees, f"{name} shows the article")
            for number in range(HANGING):
                editor.do(f"touch hang:{number}")
            importer.begin(f"import {imported}")
            sleep(3)
            editor.do(f"publish {other} Blijft liggen")  # nothing is rendered any more

            hidden_at, _ = editor.do(f"stop {key}")

            reached: dict[str, float] = {}
            while len(reached) < len(readers) and time() - hidden_at < PATIENCE:
                for name, sees in readers.items():
                    if name not in reached and not sees():
                        reached[name] = time() - hidden_at
                sleep(0.005)
            # it answers with a line once it has committed
            importing = not select([importer.process.stdout], [], [], 0)[0]
            _, page = fetch(f"{first.address}/api/v1/content/nl/proef/proef-1")
            stuck = page["title"] != "Blijft liggen"
        return {"seconds": reached, "import still running": importing, "rendering stuck": stuck}
