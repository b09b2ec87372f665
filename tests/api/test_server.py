"""The application as granian runs it: threads start with the process and end with it."""

import json
import signal
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.molds import MIGRATED
from tests.stack import Stack, Web, eventually, http, stack

# Publishes a term as a shell of the same installation would; the server's threads do the rest.
CHANGE = """
from django.db import transaction
from cms.content.models import Term
with transaction.atomic():
    Term.objects.create(key="{key}", kind="factor", label_nl="Slaap", label_en="Sleep")
"""


@pytest.fixture(scope="module")
def installation() -> Iterator[Stack]:
    with stack(MIGRATED) as made:
        yield made


@pytest.fixture(scope="module")
def web(installation: Stack) -> Web:
    web = installation.web("web")
    web.start()
    return web


def get(web: Web, address: str) -> Any:
    with http.open(f"{web.address}{address}", timeout=10) as answer:
        return json.load(answer)


def raw(web: Web, request: bytes) -> bytes:
    host = urlsplit(web.address)
    with socket.create_connection((str(host.hostname), host.port), timeout=10) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
        return answer


def test_what_another_process_changes_is_served_within_moments(
    installation: Stack, web: Web
) -> None:
    installation.manage("shell", "-c", CHANGE.format(key="sleep"))

    def served() -> bool:
        return "term:sleep" in {row["key"] for row in get(web, "/api/v1/changes")["rows"]}

    eventually(served, "the term is served")


def test_it_says_of_itself_that_it_is_ready_and_reads(web: Web) -> None:
    def reported() -> bool:
        report = get(web, "/health/ready")
        return report["status"] == "ready" and {each["name"] for each in report["readers"]} == {
            "web"
        }

    eventually(reported, "the web process reports itself")


@pytest.mark.parametrize(
    ("request_lines", "status", "problem"),
    [
        (b"GET /api/v1/content/nl/r%ff HTTP/1.1", 404, b"not-found"),
        (b"GET /api/v1/content/nl/rug%00 HTTP/1.1", 404, b"not-found"),
        (b"GET /api/v1/changes?limit=%ff HTTP/1.1", 400, b"bad-request"),
        (b"GET /api/v1/changes?x=%00 HTTP/1.1", 400, b"bad-request"),
        (b"GET /api//v1/changes HTTP/1.1", 404, b"not-found"),
        (b"GET /api/v1/changes HTTP/1.1\r\nAccept: text/html", 406, b"not-acceptable"),
        (b"DELETE /api/v1/changes HTTP/1.1", 405, b"method-not-allowed"),
        (b"TRACE /api/v1/changes HTTP/1.1", 405, b"method-not-allowed"),
    ],
)
def test_what_a_server_lets_through_is_answered_with_a_problem(
    web: Web, request_lines: bytes, status: int, problem: bytes
) -> None:
    answer = raw(web, request_lines + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 %d" % status)
    assert b"application/problem+json" in answer
    assert b":herstelwijzer:" + problem in answer


def test_another_host_is_refused(web: Web) -> None:
    head = b"GET /api/v1/changes HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    assert b":herstelwijzer:unknown-host" in raw(web, head)


def test_it_ends_when_it_is_told_to_and_starts_again_from_its_copy(
    installation: Stack, web: Web
) -> None:
    """The copy on disk is written within a second of the start, so the next start has one."""
    eventually((installation.folder / "publications.copy").exists, "the copy is there")
    web.process.kill(signal.SIGTERM)
    assert "Traceback" not in web.process.log
    web.start()
    assert get(web, "/health/live") == {"status": "live"}
