"""What a visitor answered is nowhere in a running stack: not in PostgreSQL, Redis, Elasticsearch, a
log or a file. A click on an advised product is part of the visit.

The frozen version itself holds the canary, so it is counted before and after. That each place is
looked at is shown by a web process that leaks on purpose (tests/integration/leaking).
"""

import gzip
import json
import os
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from tests.api.client import Reply
from tests.canary import CANARY, EVALUATE, FOLDER, SEARCH, visit, with_a_canary
from tests.integration.places import counted, everywhere, overheard, unpacked
from tests.molds import WITH_EXAMPLE
from tests.stack import Stack, Web, eventually, stack

pytestmark = [pytest.mark.needs("postgres", "redis", "elasticsearch"), pytest.mark.timeout(600)]
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
# What a careless front end would give along with a click.
CARELESS = {"User-Agent": BROWSER, "Cookie": f"said={CANARY}", "Referer": f"http://x/?{CANARY}"}
NUMBER = "from cms.published import work; work.number_all()"


class Client:
    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc

    def get(self, address: str, headers: dict[str, str] | None = None) -> Reply:
        return self._ask("GET", address, None, headers or {})

    def post(self, address: str, document: Any) -> Reply:
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        return self._ask("POST", address, body, {"Content-Type": "application/json"})

    def _ask(self, method: str, address: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        connection = HTTPConnection(self.host, timeout=20)
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        finally:
            connection.close()


@contextmanager
def a_redis_of_our_own() -> Iterator[str]:
    """One of the numbered databases of the server that nobody uses."""
    server = urlsplit(os.environ["TEST_REDIS_URL"])
    urls = [server._replace(path=f"/{number}").geturl() for number in range(15, 0, -1)]
    for url in urls:
        with redis.Redis.from_url(url) as client:
            if client.dbsize() == 0:
                yield url
                client.flushdb()
                return
    raise AssertionError("every database of this Redis is in use")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole example, at the most talkative log level, with everything numbered before any web
    process starts: its copy on disk is of everything at once."""
    definition = tmp_path_factory.mktemp("canary") / "screening.yaml"
    definition.write_text(json.dumps(with_a_canary()))  # JSON is YAML
    with (
        a_redis_of_our_own() as redis_url,
        stack(
            WITH_EXAMPLE,
            postgres=os.environ["TEST_POSTGRES_URL"],
            redis=redis_url,
            elasticsearch=os.environ["TEST_ELASTICSEARCH_URL"],
            LOG_LEVEL="DEBUG",
        ) as made,
    ):
        made.manage("freeze_screening", str(definition))
        made.manage("publish_rules", str(FOLDER / "rules.yaml"))
        made.manage("shell", "-v0", "-c", NUMBER)
        for process in (made.worker(log="debug"), made.beat()):
            process.start()
        yield made


def started(made: Stack, name: str, settings: str = "cms.settings") -> Web:
    """A web process that finds in Elasticsearch and has written its copy."""
    web = made.web(name)
    web.process.environment = made.environment | {"DJANGO_SETTINGS_MODULE": settings}
    web.start()
    client = Client(web.address)
    eventually(lambda: client.get(f"{SEARCH}?q=rug").json["total"] > 0, "something is found")
    searching = "Elasticsearch answers"
    eventually(
        lambda: client.get(f"{SEARCH}?q=rug").json["engine"] == "elasticsearch", searching, 30
    )
    eventually((made.folder / "publications.copy").exists, "the copy is written")
    return web


def rows(made: Stack, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(made.environment["DATABASE_URL"]) as connection:
        return connection.execute(query).fetchall()


def clicks(made: Stack) -> int:
    return int(rows(made, "SELECT count(*) FROM affiliate_click")[0][0])


def everybody_went_round_since(made: Stack, moment: datetime) -> bool:
    """Whatever is done about once a second was done, by the web process and by the worker."""
    said = dict(
        rows(made, "SELECT split_part(reader, ':', 1), max(at) FROM published_cursor GROUP BY 1")
    )
    return said.keys() == {"web", "elasticsearch"} and min(said.values()) > moment


def whole_visit(made: Stack, web: Web) -> str:
    """Screening, advice, searches, refusals and a click. Returns the outcome token."""
    client, before = Client(web.address), clicks(made)
    visited = visit(client)
    assert not [reply.body for reply in visited.refused if CANARY in reply.body.decode()]
    items = [item for slot in visited.advice["slots"] for item in slot["items"]]
    [href, *_] = [offer["href"] for item in items for offer in item["offers"]]
    followed = client.get(f"{urlsplit(href).path}?from={CANARY}", CARELESS)
    assert followed.status == 302
    assert CANARY not in str(followed.headers)
    eventually(lambda: clicks(made) == before + 1, "the click is in the ledger")
    now = datetime.now(tz=UTC)
    eventually(lambda: everybody_went_round_since(made, now), "everybody went round")
    return visited.token


def test_nothing_of_a_visit_is_left_in_any_place(made: Stack) -> None:
    web = started(made, "web")
    before = counted(everywhere(made), CANARY)
    # It is found where it is, also in what is compressed.
    assert before["table screening_frozenversion.definition"] > 0
    assert before["file publications.copy"] > 0

    with overheard(made.environment["REDIS_URL"]) as commands:
        token = whole_visit(made, web)

    assert dict(counted(everywhere(made), CANARY) - before) == {}
    assert dict(+counted(everywhere(made), token)) == {}
    assert dict(+counted(commands, CANARY, token)) == {}
    # These did say something meanwhile, and were heard.
    assert f"POST {EVALUATE.replace('lage-rugpijn', '{slug}')} 200" in web.process.log
    assert f"POST {EVALUATE.replace('lage-rugpijn', '{slug}')} 400" in web.process.log
    assert "GET /go/{token} 302" in web.process.log
    assert "search.tasks.mirror" in made.processes[0].log
    assert commands
    web.process.kill()


# --- that the test can fail ---------------------------------------------------------------------

LEAKS = {
    "log leaking.log",
    "log worker.log",
    "table published_failure.reason",
    "redis commands",
    "redis keys",
    "redis string",
    "redis list",
    "redis hash",
    "redis set",
    "redis zset",
    "redis stream",
    "elasticsearch documents",
    "file leak",
    "file clicks/leak",
}


def test_a_leak_would_be_seen_in_each_of_them(made: Stack) -> None:
    web = started(made, "leaking", "tests.integration.leaking.settings")
    before = counted(everywhere(made), CANARY)

    with overheard(made.environment["REDIS_URL"]) as commands:
        token = whole_visit(made, web)

    more = counted(everywhere(made), CANARY) - before + counted(commands, CANARY)
    assert set(more) == LEAKS
    assert set(+counted((*everywhere(made), *commands), token)) == LEAKS
    web.process.kill()


@pytest.mark.parametrize("before", ["", "x", "xx", "xxx"])
def test_a_word_inside_base64_is_found(before: str) -> None:
    """So Celery writes its messages."""
    message = b64encode(f"{before}{CANARY} and more".encode()).decode()

    assert counted([("message", message)], CANARY) == {"message": 1}


@pytest.mark.parametrize("heading", [b"", b'{"format": 2}\n'])
def test_a_word_inside_gzip_is_found(heading: bytes) -> None:
    packed = heading + gzip.compress(f"something and {CANARY}".encode())

    assert counted([("file", unpacked(packed))], CANARY) == {"file": 1}
