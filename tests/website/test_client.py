"""How the website asks the API: by ETag, with patience, and keeping nothing about a visitor."""

import socket
from threading import Event

import pytest
from urllib3 import Timeout

from examples.website import client
from examples.website.client import Api, Away, Moved, Problem, address
from tests.website.stub import Answer, Asked, Stub, problem

PAGE = {"title": "Rug"}


@pytest.fixture
def api(stub: Stub) -> Api:
    return Api(stub.address)


def unless_known(asked: Asked) -> Answer:
    known = asked.headers.get("If-None-Match") == '"1"'
    return Answer(PAGE, 304 if known else 200, {"ETag": '"1"'})


def test_a_page_that_did_not_change_is_asked_for_but_not_sent_again(stub: Stub, api: Api) -> None:
    stub.say("GET", "content/nl/rug", unless_known)
    assert [api.get("content", "nl", "rug") for _ in range(3)] == [PAGE, PAGE, PAGE]
    assert [asked.headers.get("If-None-Match") for asked in stub.asked] == [None, '"1"', '"1"']


def test_what_an_editor_hides_is_gone_at_once(stub: Stub, api: Api) -> None:
    stub.say("GET", "content/nl/rug", unless_known)
    api.get("content", "nl", "rug")
    stub.say("GET", "content/nl/rug", problem(404, "not-found"))
    with pytest.raises(Problem, match="not-found"):
        api.get("content", "nl", "rug")


def test_an_answer_about_a_visitor_is_never_kept(stub: Stub, api: Api) -> None:
    told = Answer({"status": "stopped"}, headers={"ETag": '"1"'})
    stub.say("POST", "screenings/lage-rugpijn/evaluate", told)
    for _ in range(2):
        api.post("screenings", "lage-rugpijn", "evaluate", body={"answers": {"bladder": True}})
    assert [asked.headers.get("If-None-Match") for asked in stub.asked] == [None, None]
    assert not api._kept


def test_only_so_many_pages_are_kept(stub: Stub, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "MOST_KEPT", 2)
    for name in ("a", "b", "c"):
        stub.say("GET", f"content/nl/{name}", Answer(PAGE, headers={"ETag": '"1"'}))
        api.get("content", "nl", name)
    assert list(api._kept) == ["/api/v1/content/nl/b", "/api/v1/content/nl/c"]


def test_a_page_that_moved_says_where_to(stub: Stub, api: Api) -> None:
    moved = {"location": "/api/v1/content/nl/rug/lage-rugpijn", "url": "https://www.example.nl/x"}
    stub.say("GET", "content/nl/oud", Answer(moved, 301, {"Location": moved["location"]}))
    with pytest.raises(Moved) as to:
        api.get("content", "nl", "oud")
    assert to.value.path == "nl/rug/lage-rugpijn"


def test_a_refusal_keeps_everything_that_the_api_said(stub: Stub, api: Api) -> None:
    shown = [{"kind": "emergency", "text": "Bel nu."}]
    stub.say("GET", "screenings/x", problem(410, "withdrawn", must_show=shown))
    with pytest.raises(Problem) as refused:
        api.get("screenings", "x")
    assert (refused.value.status, refused.value.kind) == (410, "withdrawn")
    assert refused.value.document["must_show"] == shown


NO_API = {
    "a page of a proxy": Answer("<h1>Bad gateway</h1>", 502, kind="text/html"),
    "a page in place of JSON": Answer("<h1>Welcome</h1>", kind="text/html"),
    "no body at all": Answer(""),
    "half a body": Answer('{"title": '),
    "a list": Answer([1]),
    "a number too deep in brackets": Answer("[" * 100_000),
}


@pytest.mark.parametrize("case", NO_API)
def test_what_is_not_the_api_counts_as_away(stub: Stub, api: Api, case: str) -> None:
    stub.say("GET", "content/nl", NO_API[case])
    with pytest.raises(Away):
        api.get("content", "nl")


def test_a_server_that_is_down_counts_as_away() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(Away):
        Api(f"http://127.0.0.1:{port}").get("content", "nl")


def test_a_server_that_says_nothing_is_not_waited_for_without_end(stub: Stub, api: Api) -> None:
    ending = Event()

    def sleepy(asked: Asked) -> Answer:
        ending.wait(60)
        return Answer(PAGE)

    stub.say("GET", "content/nl", sleepy)
    api._pool.connection_pool_kw["timeout"] = Timeout(connect=5, read=0.1)
    try:
        with pytest.raises(Away):
            api.get("content", "nl")
    finally:
        ending.set()


@pytest.mark.parametrize(
    ("steps", "query", "expected"),
    [
        (("content", "nl", "rug/lage-rugpijn"), {}, "/api/v1/content/nl/rug/lage-rugpijn"),
        (("content", "nl", "über ons?"), {}, "/api/v1/content/nl/%C3%BCber%20ons%3F"),
        (("search",), {"q": "a&b=c"}, "/api/v1/search?q=a%26b%3Dc"),
    ],
)
def test_addresses_are_written_so_that_nothing_in_them_is_taken_for_something_else(
    steps: tuple[str, ...], query: dict[str, str], expected: str
) -> None:
    assert address(*steps, **query) == expected
