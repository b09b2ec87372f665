"""POST /evaluate and /recommendations, against empty views that read the same body, and both in
process without HTTP."""

import json
import statistics
from typing import Any

from cms.operations.demo.welcome import WISH
from tests.bench.serving import measured, pinned, program
from tests.bench.tables import heading, table
from tests.molds import FURNISHED
from tests.stack import Stack, eventually, http, stack

ROUNDS = 3
ANSWERS = WISH["answers"]
EVALUATION = {"version": WISH["version"], "answers": ANSWERS, "locale": "nl"}
EVALUATE = "/api/v1/screenings/lage-rugpijn/evaluate"
ADVISE = "/api/v1/recommendations"
ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "empty view, body of evaluate": ("/api/v1/empty/evaluate", EVALUATION),
    "evaluate": (EVALUATE, EVALUATION),
    "empty view, body of recommendations": ("/api/v1/empty/recommendations", WISH),
    "recommendations": (ADVISE, WISH),
}
POST = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = [[{body}]]
"""
IN_PROCESS = """
import json
from time import perf_counter
from django.db import connection
from django.test.client import RequestFactory
from django.utils import timezone
from api.application import Application
from cms.advice import advise
from cms.published.replica import replica
from cms.screening import run

answers = json.loads({answers!r})
view, now = replica.refresh(), timezone.now()
context = advise.read_context(view, {{"locale": "nl"}})

def evaluate():
    return run.evaluate(view, "lage-rugpijn", answers, now, {version})

outcome = evaluate().outcome

def times(call):
    call()
    found = []
    for _ in range(2000):
        began = perf_counter()
        call()
        found.append(1e6 * (perf_counter() - began))
    return sorted(found)

asked = []
def count(execute, *rest):
    asked.append(rest[0])
    return execute(*rest)

def post(path, body):
    request = RequestFactory().post(path, body, "application/json", HTTP_HOST="localhost")
    said = []
    b"".join(Application()(request.environ, lambda status, headers: said.append(status)))
    assert said[0].startswith("200"), said

post({advise_path!r}, {wish!r})
with connection.execute_wrapper(count):
    post({evaluate_path!r}, {evaluation!r})
    post({advise_path!r}, {wish!r})
whole = times(lambda: advise.advise(view, outcome, context, now))
items = len(view.derived["snapshot"].items)
print(json.dumps([times(evaluate), whole, items, len(asked)]))
"""


def run(postgres: str) -> None:
    heading("Evaluate and advise: one server core, one client core, 32 connections")
    with stack(FURNISHED, postgres=postgres) as made:
        in_process(made)
        missing = [name for name in ("wrk", "taskset") if not program(name)]
        if missing:
            print(f"left out: {', '.join(missing)} not found (make services installs them)")
            return
        over_http(made)


def in_process(made: Stack) -> None:
    script = IN_PROCESS.format(
        answers=json.dumps(ANSWERS),
        version=WISH["version"],
        wish=json.dumps(WISH),
        evaluation=json.dumps(EVALUATION),
        advise_path=ADVISE,
        evaluate_path=EVALUATE,
    )
    evaluating, advising, items, queries = json.loads(made.manage("shell", "-v0", "-c", script))
    table(
        ["in process", "p50 µs", "p99 µs"],
        [
            [name, times[len(times) // 2], times[len(times) * 99 // 100]]
            for name, times in (
                ("evaluate", evaluating),
                (f"advise and present, {items} items", advising),
            )
        ],
    )
    print(f"database queries of one evaluate and one recommendations over the API: {queries}\n")


def over_http(made: Stack) -> None:
    web = made.web("web")
    web.process.command[-1] = "tests.bench.empty:application"
    pinned(web.process)
    web.start()
    eventually(lambda: answers(web.address), "the screening is there")
    rates: dict[str, list[float]] = {name: [] for name in ASKED}
    for _ in range(ROUNDS):
        for number, (name, (path, body)) in enumerate(ASKED.items()):
            script = made.folder / f"post-{number}.lua"
            script.write_text(POST.format(body=json.dumps(body)))
            rates[name].append(measured(web.address + path, ["-s", str(script)]))
    medians = [statistics.median(values) for values in rates.values()]
    table(
        ["answer", "requests/s", "× empty view"],
        [
            [name, round(rate), rate / medians[number - number % 2]]
            for number, (name, rate) in enumerate(zip(rates, medians, strict=True))
        ],
    )


def answers(address: str) -> bool:
    with http.open(f"{address}/api/v1/screenings", timeout=5) as answer:
        return bool(json.loads(answer.read())["screenings"])
