"""Whatever is sent to whichever endpoint: a 4xx problem that names what is wrong, never a 500.

Two corpora, of queries and of bodies, each held against every operation of the OpenAPI document.
"""

import json
from typing import Any

import pytest

from api import docs
from cms.published.view import View
from tests.api.client import Client

pytestmark = pytest.mark.django_db  # for making the example once

PLACES = {
    "{locale}": "nl",
    "{path}": "rug/lage-rugpijn",
    "{slug}": "lage-rugpijn",
    "{version}": "1",
}


def filled(template: str) -> str:
    for place, value in PLACES.items():
        template = template.replace(place, value)
    return template


def addresses(method: str) -> list[str]:
    return [filled(path) for path, methods in docs.document()["paths"].items() if method in methods]


GETS, POSTS = addresses("get"), addresses("post")


@pytest.fixture(autouse=True)
def served(demo: View) -> None:
    """Every test here asks the example."""


def test_there_is_something_to_try() -> None:
    assert len(GETS) >= 10
    assert len(POSTS) >= 2


# --- queries -------------------------------------------------------------------------------

LONG = "a" * 3000
QUERIES = [
    ("unknown=1", {"unknown"}),
    ("one=1&two=2", {"one", "two"}),
    ("=1", {""}),
    ("x", {"x"}),
    ("x=%ff", {"x"}),
    ("x=%c0%80", {"x"}),
    ("x=%ed%a0%80", {"x"}),
    ("x=%00", {"x"}),
    ("x=a%0d%0aSet-Cookie:a", {"x"}),
    ("x=1&x=1", {"x"}),
    ("%00=1", {"\0"}),
    ("x[]=1&x[$ne]=1", {"x[]", "x[$ne]"}),
    ("x=1;y=2", {"x"}),
    ("format=xml", {"format"}),
    ("lang=en", {"lang"}),
    ("__proto__=1", {"__proto__"}),
    ("\xff=1", {"?"}),
]


@pytest.mark.parametrize("address", GETS)
@pytest.mark.parametrize(("query", "named"), QUERIES)
def test_a_bad_query_is_refused_by_name(
    client: Client, address: str, query: str, named: set[str]
) -> None:
    required = "q=rug&" if address.endswith("/search") else ""
    reply = client.get(f"{address}?{required}{query}")
    assert (reply.status, reply.problem, reply.named) == (400, "bad-request", named)


@pytest.mark.parametrize("address", GETS)
@pytest.mark.parametrize("query", [f"x={LONG}", "&".join(f"x{n}=1" for n in range(10_000)), LONG])
def test_an_endless_query_is_refused(client: Client, address: str, query: str) -> None:
    assert client.get(f"{address}?{query}").problem == "uri-too-long"


@pytest.mark.parametrize("address", [*GETS, *POSTS])
def test_empty_pieces_of_a_query_say_nothing(client: Client, address: str) -> None:
    def status(query: str) -> int:
        method = "POST" if address in POSTS else "GET"
        return client.ask(method, address + query, b"{}").status

    assert status("?") == status("?&&") == status("")


@pytest.mark.parametrize("address", POSTS)
def test_a_query_and_a_body_are_judged_together(client: Client, address: str) -> None:
    reply = client.post(f"{address}?x=1", {"nonsense": 1})
    assert {"x", "/nonsense", "/answers"} <= reply.named


# --- paths ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece",
    [
        "%ff",
        "%00",
        "%0a",
        "..%2f..%2fadmin",
        "%2e%2e/admin",
        "\xe9",
        "a" * 5000,
        "a/" * 500,
        "%25",
        "{",
        "'",
        "%F0%9F%98%80",
        "%D9%A3",
        "-1",
        "1e3",
        "00000000000000000001",
        "9" * 400,
    ],
)
@pytest.mark.parametrize(
    "template",
    [
        "/api/v1/content/{}",
        "/api/v1/content/nl/{}",
        "/api/v1/screenings/{}",
        "/api/v1/screenings/lage-rugpijn/versions/{}",
        "/api/v1/{}",
        "/health/{}",
        "/go/{}",
    ],
)
def test_a_place_that_cannot_be_is_not_there(client: Client, template: str, piece: str) -> None:
    for method in ("GET", "HEAD"):
        reply = client.ask(method, template.format(piece))
        assert reply.status == 404
    assert client.post(template.format(piece), {}).status in {404, 405}


# --- bodies --------------------------------------------------------------------------------

MALFORMED = [
    b"{",
    b"null null",
    b"{'answers': {}}",
    b"\xff\xfe",
    b'{"answers": "\xff"}',
    b"[" * 60_000,
    b'{"a":' * 10_000,
    json.dumps({"answers": {}}).encode("utf-16"),
    b"\xef\xbb\xbf{}",
    b'{"answers": {}, "answers": {}}',
    b'{"answers": {"a": NaN}}',
    b'{"answers": {"a": 1e999}}',
    b'{"answers": {"a": 123456789012345678901234567890}}',
    b'{"answers": {"a": "\\u0000"}}',
    b'{"answers": {"\\ud800": true}}',
    b'{"answers": {"a": "\\udfff"}}',
]


@pytest.mark.parametrize("address", POSTS)
@pytest.mark.parametrize("body", MALFORMED, ids=lambda body: repr(body[:30]))
def test_what_is_not_plain_json_is_refused(client: Client, address: str, body: bytes) -> None:
    reply = client.post(address, body)
    assert (reply.status, reply.problem) == (400, "malformed-json")
    assert reply.json.get("detail") or reply.named


@pytest.mark.parametrize("address", POSTS)
@pytest.mark.parametrize("document", [None, True, 5, 1.5, "text", [], [{}], [[]]])
def test_a_body_that_is_no_object_is_refused(client: Client, address: str, document: Any) -> None:
    reply = client.post(address, document)
    assert (reply.status, reply.problem) == (400, "bad-request")


WRONG = [None, True, 5, -1, 1.5, 2**53 - 1, "", "x" * 5000, [], [{}], {}, {"a": {"b": []}}]
FIELDS = ["answers", "version", "locale", "screening", "context", "unheard-of"]


@pytest.mark.parametrize("address", POSTS)
@pytest.mark.parametrize("value", WRONG, ids=lambda value: repr(value)[:20])
def test_a_field_of_another_type_is_named_and_never_a_fault(
    client: Client, address: str, value: Any
) -> None:
    reply = client.post(address, dict.fromkeys(FIELDS, value))
    assert reply.problem == "bad-request"
    assert "/unheard-of" in reply.named
    if not isinstance(value, dict):
        assert "/answers" in reply.named


@pytest.mark.parametrize("address", POSTS)
@pytest.mark.parametrize("value", WRONG, ids=lambda value: repr(value)[:20])
def test_an_answer_of_any_type_is_taken_or_named(client: Client, address: str, value: Any) -> None:
    questions = ["bladder", "saddle", "both_legs", "duration", "course", "health", "unheard-of"]
    wish: dict[str, Any] = {"answers": dict.fromkeys(questions, value), "version": 3}
    if address.endswith("recommendations"):
        wish |= {"screening": "lage-rugpijn", "context": {"locale": "nl"}}
    reply = client.post(address, wish)
    if value is True:  # all alarm signs: a referral, with what is wrong beside it
        assert reply.json["outcome"]["type"] == "referral"
    else:
        assert {f"/answers/{question}" for question in questions[:4]} <= reply.named


@pytest.mark.parametrize("address", POSTS)
@pytest.mark.parametrize(
    ("headers", "body", "problem"),
    [
        ({"Content-Type": "text/plain"}, b"{}", "unsupported-media-type"),
        ({"Content-Type": "application/xml"}, b"<a/>", "unsupported-media-type"),
        ({"Content-Type": "multipart/form-data; boundary=x"}, b"--x", "unsupported-media-type"),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"a=1", "unsupported-media-type"),
        ({"Content-Type": "application/json; charset=latin-1"}, b"{}", "unsupported-media-type"),
        ({"Content-Type": "x" * 5000}, b"{}", "unsupported-media-type"),
        ({"Content-Type": ""}, b"{}", "unsupported-media-type"),
        ({}, b" " * (64 * 1024 + 1), "too-large"),
        ({}, b'{"answers": {"a": "' + b"x" * 70_000 + b'"}}', "too-large"),
        ({"Content-Length": ""}, b"{}", "bad-request"),
        ({"Content-Length": "", "Transfer-Encoding": "chunked"}, b"{}", "length-required"),
        ({"Accept": "text/html"}, b"{}", "not-acceptable"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_body_in_another_form_is_refused(
    client: Client, address: str, headers: dict[str, str], body: bytes, problem: str
) -> None:
    reply = client.ask("POST", address, body, headers=headers)
    assert reply.problem == problem
    assert 400 <= reply.status < 500
