"""Refusals: always a problem that says what would be right, never a word of it in a log."""

from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.test import override_settings

from api import application, feed, problems
from api.application import Application
from cms.published.replica import NotReady
from tests.api.client import Client
from tests.published.world import World

CHANGES = "/api/v1/changes"
CANARY = "kanarie-7f3a"


@pytest.fixture(autouse=True)
def loaded(world: World) -> None:
    world.publish("rug", path="rug", body={"title": "Rug"})


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes the feed raise."""

    def raising(error: Exception) -> None:
        def changes(*args: Any) -> Any:
            raise error

        monkeypatch.setattr(feed, "changes", changes)

    return raising


@pytest.mark.parametrize("name", problems.KINDS)
def test_every_problem_says_its_type_title_and_status(name: str) -> None:
    document = problems.document(name)
    kind = problems.KINDS[name]
    assert document == {
        "type": f"urn:problem-type:herstelwijzer:{name}",
        "title": kind.title,
        "status": kind.status,
    }


@pytest.mark.parametrize(
    ("error", "status", "name", "retry_after"),
    [
        (NotReady(), 503, "starting", "1"),
        (OperationalError("no route to host"), 503, "database-away", "5"),
        (InterfaceError("connection already closed"), 503, "database-away", "5"),
        (ProgrammingError("no such column"), 500, "internal-error", None),
        (ValueError(CANARY), 500, "internal-error", None),
        (RecursionError(), 500, "internal-error", None),
    ],
)
def test_what_goes_wrong_below_becomes_a_problem(
    client: Client, fails: Any, error: Exception, status: int, name: str, retry_after: str | None
) -> None:
    fails(error)
    reply = client.get(CHANGES)
    assert (reply.status, reply.problem) == (status, name)
    assert reply.headers["Retry-After"] == retry_after
    assert CANARY.encode() not in reply.body


@pytest.mark.parametrize("address", ["/api", "/api/", "/api/v2/x", "/go", "/health", "/health/x"])
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        reply = client.ask(method, address)
        assert (reply.status, reply.problem) == (404, "not-found")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        (CHANGES, "GET, HEAD"),
        ("/api/v1/content/nl/rug", "GET, HEAD"),
        ("/health/live", "GET, HEAD"),
        ("/api/docs/", "GET, HEAD"),
        ("/api/v1/recommendations", "POST"),
        ("/api/v1/screenings/any/evaluate", "POST"),
    ],
)
@pytest.mark.parametrize(
    "method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
)
def test_another_method_is_told_which_are_allowed(
    client: Client, address: str, allowed: str, method: str
) -> None:
    reply = client.ask(method, address)
    if method in allowed.split(", "):
        assert reply.status != 405
        return
    assert reply.status == 405
    assert reply.header("Allow") == allowed
    if method != "HEAD":
        assert reply.problem == "method-not-allowed"


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("", 200),
        ("*/*", 200),
        ("application/*", 200),
        ("text/html, application/json;q=0.5", 200),
        ("text/html", 406),
        ("application/xml, text/*", 406),
        ("application/json;q=0, */*", 406),
        ("application/json;q=0", 406),
    ],
)
def test_who_does_not_accept_json_is_told(client: Client, accept: str, status: int) -> None:
    reply = client.get(CHANGES, headers={"Accept": accept})
    assert reply.status == status
    if status == 406:
        assert reply.problem == "not-acceptable"


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "a b", "[::", "\xe9"])
def test_another_host_is_refused(client: Client, host: str) -> None:
    for address in (CHANGES, "/api/v1/content/nl/rug"):
        reply = client.get(address, headers={"Host": host})
        assert (reply.status, reply.problem, reply.named) == (400, "unknown-host", {"Host"})


SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


@pytest.mark.parametrize(
    "address",
    [
        CHANGES,
        "/api/v1/content/nl/rug",
        "/api/v1/content/nl/nothing",
        "/api/v1/search?q=rug",
        "/api/v1/openapi.json",
        f"{CHANGES}?x=1",
        "/api/x",
        "/health/live",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_every_answer_is_safe_to_open(client: Client, method: str, address: str) -> None:
    headers = client.ask(method, address).headers
    assert {name: headers[name] for name in SAFE} == SAFE


# --- what is wrong outside an endpoint -----------------------------------------------------


class Breaks:
    """A middleware with a fault."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        raise ValueError("a fault")


@pytest.mark.parametrize("debug", [False, True])
def test_a_fault_in_a_middleware_is_a_problem_too(debug: bool) -> None:
    with override_settings(PUBLIC_MIDDLEWARE=[f"{__name__}.Breaks"], DEBUG=debug):
        reply = Client(Application()).get(CHANGES)
    assert (reply.status, reply.problem) == (500, "internal-error")


# --- law 2: nothing of a request in a log line ---------------------------------------------


REQUESTS = [
    ("GET", f"/api/v1/content/nl/{CANARY}", None),
    ("GET", f"/api/v1/content/nl/rug?fields={CANARY}", None),
    ("GET", f"/api/v1/content/nl/rug?{CANARY}=1", None),
    ("GET", f"/api/v1/search?q={CANARY}", None),
    ("GET", f"/api/v1/search?q={CANARY}&limit=0", None),
    ("GET", f"/api/v1/changes?since={CANARY}", None),
    ("GET", f"/api/{CANARY}", None),
    ("POST", f"/api/v1/changes?{CANARY}", b'{"%s": 1}' % CANARY.encode()),
    ("GET", "/api/v1/content/nl/rug", None),
]


@pytest.mark.parametrize(("method", "address", "body"), REQUESTS)
def test_a_log_line_names_the_route_and_nothing_else(
    client: Client, lines: list[str], method: str, address: str, body: bytes | None
) -> None:
    headers = {"If-None-Match": CANARY, "User-Agent": CANARY, "Cookie": f"sessionid={CANARY}"}
    client.ask(method, address, body, headers=headers)
    assert CANARY not in "\n".join(lines)
    assert [line for line in lines if line.startswith("api.access ")]


def test_a_fault_is_logged_with_its_place_and_without_its_message(
    client: Client, lines: list[str], fails: Any
) -> None:
    fails(ValueError(CANARY))
    client.get(CHANGES)
    logged = "\n".join(lines)
    assert "api.errors ValueError in" in logged
    assert "feed.py" in logged
    assert CANARY not in logged


def test_a_method_that_somebody_made_up_is_not_quoted(lines: list[str]) -> None:
    application.log_access(CANARY, "/api/v1/changes", 405, 0.0)
    [line] = lines
    assert line.startswith("api.access (another method) /api/v1/changes 405 ")


def test_the_access_line(client: Client, lines: list[str]) -> None:
    client.get("/api/v1/content/nl/rug")
    client.get("/api/v1/content/nl/nothing")
    first, second = (line for line in lines if line.startswith("api.access"))
    assert first.startswith("api.access GET /api/v1/content/{locale}/{path} 200 ")
    assert second.startswith("api.access GET /api/v1/content/{locale}/{path} 404 ")
