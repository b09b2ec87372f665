"""How long a hide takes to reach every reader while nothing can be rendered and an import runs."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from select import select
from time import sleep, time
from urllib.parse import urlencode

from tests.stack import ROOT, Stack, Web, eventually, http, stack

HANGING = 4  # more than there are render threads in the two web processes
IMPORTED = 5000


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


def fetch(address: str) -> tuple[int, dict]:
    try:
        with http.open(address, timeout=20) as answer:
            return answer.status, json.loads(answer.read() or b"{}")
    except OSError as error:
        return getattr(error, "code", 0), {}


def shows(web: Web, path: str) -> bool:
    return fetch(f"{web.address}/api/v1/content/nl/{path}")[0] == 200


def finds(web: Web, key: str, engine: str) -> bool:
    _, answer = fetch(f"{web.address}/api/v1/search?q=proef&locale=nl&limit=50")
    assert answer["engine"] == engine, answer
    return key in [hit["card"]["key"] for hit in answer["hits"]]


def mirrors(made: Stack, key: str) -> bool:
    """Whether Elasticsearch itself, asked without us, holds a key as live."""
    environment = made.environment
    index = f"{environment['ELASTICSEARCH_URL']}/{environment['ELASTICSEARCH_PREFIX']}-*"
    query = urlencode({"q": f'key:"{key}" AND live:true'})
    _, answer = fetch(f"{index}/_search?{query}")
    return bool(answer) and answer["hits"]["total"]["value"] > 0


def feeds(web: Web, key: str) -> bool:
    """Whether the feed of a web process, read from zero, says that a key is live."""
    _, answer = fetch(f"{web.address}/api/v1/changes?limit=1000")
    states = {row["key"]: row["state"] for row in answer["rows"]}
    return states.get(key) == "live"


def measure(postgres: str, redis: str, elasticsearch: str, imported: int = IMPORTED) -> dict:
    """Seconds from the commit of a hide until each reader no longer shows it.

    One web process searches in Elasticsearch, the other in its own index.
    """
    settings = {"DJANGO_SETTINGS_MODULE": "tests.integration.hanging.settings"}
    with stack(postgres=postgres, redis=redis, elasticsearch=elasticsearch, **settings) as made:
        made.manage("release", "-v0")
        made.manage("load_demo")
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
            while len(reached) < len(readers) and time() - hidden_at < 60:
                for name, sees in readers.items():
                    if name not in reached and not sees():
                        reached[name] = time() - hidden_at
                sleep(0.005)
            # it answers with a line once it has committed
            importing = not select([importer.process.stdout], [], [], 0)[0]
            _, page = fetch(f"{first.address}/api/v1/content/nl/proef/proef-1")
            stuck = page["title"] != "Blijft liggen"
        return {"seconds": reached, "import still running": importing, "rendering stuck": stuck}
