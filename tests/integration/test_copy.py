"""A web process that starts while the database is away answers from the copy on disk.

With SQLite and with PostgreSQL, for they are away in different ways: one leaves an empty database
where there was one, the other refuses the connection.
"""

import os
import signal
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.integration.asking import ANSWERS, advice, advised, fetch, freeze_screening, send
from tests.integration.databases import Database, Folder, Port, closing
from tests.integration.hides import driver
from tests.molds import WITH_EXAMPLE
from tests.stack import Stack, Web, eventually, stack

API = "/api/v1"
EVALUATE = f"{API}/screenings/proef/evaluate"
READS: dict[str, tuple[str, Any]] = {
    "content": (f"{API}/content/nl/proef/proef-0", None),
    "a condition": (f"{API}/content/nl/rug/lage-rugpijn", None),
    "the feed": (f"{API}/changes?limit=1000", None),
    "the screening": (f"{API}/screenings/proef", None),
    "the first question": (EVALUATE, {"version": 1, "answers": {}}),
    "an outcome": (EVALUATE, {"version": 1, "answers": ANSWERS}),
    "search": (f"{API}/search?q=proef&locale=nl&limit=50", None),
}
# Every POST that writes is in the admin: those of the API store nothing.
WRITES = ["/admin/login/", "/admin/pages/3/edit/", "/admin/pages/3/unpublish/"]


@pytest.fixture(params=["SQLite", pytest.param("PostgreSQL", marks=pytest.mark.needs("postgres"))])
def installed(request: pytest.FixtureRequest) -> Iterator[tuple[Stack, Database]]:
    """An installation with content, and its database."""
    if request.param == "SQLite":
        with stack(WITH_EXAMPLE) as made:
            yield filled(made, Folder(made.folder))
    else:
        server = os.environ["TEST_POSTGRES_URL"]
        with (
            stack(WITH_EXAMPLE, postgres=server) as made,
            closing(Port(made.environment["DATABASE_URL"])) as port,
        ):
            yield filled(made, port)


def filled(made: Stack, database: Database) -> tuple[Stack, Database]:
    made.environment["DATABASE_URL"] = database.url
    freeze_screening(made)
    with driver(made) as editor:
        editor.do("articles 2")
    made.manage("shell", "-v0", "-c", "from cms.published import work; work.number_all()")
    return made, database


def answers(web: Web) -> dict[str, Any]:
    found = {name: fetch(web.address + address, sent) for name, (address, sent) in READS.items()}
    assert {status for status, _ in found.values()} == {200}, found
    for name in ("outcome_token", "outcome_token_expires"):  # another one each time
        assert found["an outcome"][1].pop(name)
    return found | {"advice": advice(web)}


def health(web: Web) -> dict[str, Any]:
    return fetch(f"{web.address}/health/ready")[1]


def post_form(web: Web, address: str) -> int:
    """The status that a writing request of the admin is answered with."""
    cookie, token = "csrftoken", "a" * 32
    form = urlencode({"csrfmiddlewaretoken": token, "username": "noor", "password": "noor"})
    headers = {"Cookie": f"{cookie}={token}; sessionid={'b' * 32}"}
    return send(web.address + address, form.encode(), headers)[0]


@pytest.mark.timeout(600)
def test_what_is_read_is_answered_from_the_copy_and_what_writes_with_503_until_it_comes_back(
    installed: tuple[Stack, Database],
) -> None:
    made, database = installed
    web = made.web("web")
    web.start()
    before = answers(web)
    assert advised(before["advice"])
    eventually((made.folder / "publications.copy").exists, "the copy is there")
    web.process.kill(signal.SIGTERM)
    database.leave()

    web.start()

    assert answers(web) == before
    report = health(web)
    assert report["status"] == "degraded"
    assert report["dependencies"] == {"database": "down"}
    assert report["replica"]["copied_at"]
    assert report["replica"]["advises"] is True
    assert {address: post_form(web, address) for address in WRITES} == dict.fromkeys(WRITES, 503)

    database.come_back()

    eventually(lambda: health(web)["status"] == "ready", "it follows the database again")
    assert health(web)["replica"]["copied_at"] is None
    assert answers(web) == before
    content = web.address + READS["content"][0]
    with driver(made) as editor:
        editor.do(f"publish {before['content'][1]['key']} Terug")
        eventually(lambda: fetch(content)[1]["title"] == "Terug", "it shows what is published now")
    assert "Traceback" not in web.process.log
