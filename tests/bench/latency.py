"""From the commit of a change until a second web process answers with it."""

import os
from collections.abc import Callable
from time import sleep, time

from tests.bench.tables import heading, percentile, table
from tests.integration import hides
from tests.molds import WITH_EXAMPLE
from tests.stack import eventually, stack

TIMES = 60


def run(postgres: str) -> None:
    heading(f"From commit to the answers of a second web process, {TIMES} times each, seconds")
    with stack(WITH_EXAMPLE, postgres=postgres) as made:
        first, second = made.web("web-1"), made.web("web-2")
        for web in (first, second):
            web.start()
        with hides.driver(made) as editor:
            (key,) = editor.do("articles 1")[1].split()
            address = f"{second.address}/api/v1/content/nl/proef/proef-0"
            eventually(lambda: hides.fetch(address)[0] == 200, "the article is there")
            published, hidden, lifted = [], [], []
            for number in range(TIMES):
                title = f"Titel {number}"
                at, _ = editor.do(f"publish {key} {title}")
                published.append(
                    until(lambda title=title: hides.fetch(address)[1].get("title") == title, at)
                )
                at, _ = editor.do(f"stop {key}")
                hidden.append(until(lambda: hides.fetch(address)[0] == 404, at))
                at, _ = editor.do(f"lift {key}")
                lifted.append(until(lambda: hides.fetch(address)[0] == 200, at))
    table(
        ["change", "p50", "p99", "longest"],
        [
            [name, percentile(taken, 0.5), percentile(taken, 0.99), max(taken)]
            for name, taken in [
                ("publish to visible", published),
                ("hide to gone", hidden),
                ("lift to visible", lifted),
            ]
        ],
    )
    busy(postgres)


def busy(postgres: str) -> None:
    redis, elasticsearch = (
        os.environ.get(f"TEST_{name}_URL", "") for name in ("REDIS", "ELASTICSEARCH")
    )
    if not (postgres and redis and elasticsearch):
        print("left out: a hide under load needs make services")
        return
    heading("One hide while every renderer hangs and an import of 5,000 pages runs, seconds")
    found = hides.measure(postgres, redis, elasticsearch)
    assert found["import still running"]
    table(["reader", "seconds"], sorted(found["seconds"].items(), key=lambda row: row[1]))


def until(condition: Callable[[], bool], since: float) -> float:
    while not condition():
        assert time() - since < 60
        sleep(0.002)
    return time() - since
