"""Pages of the website, made from what the document of the API shows."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from examples.website.app import create
from examples.website.config import BadConfig, configure
from tests.website.stub import Answer, Stub, example, problem

HOME: dict[str, Any] = example("GET", "/api/v1/content/{locale}")
SAFETY = {"kind": "safety_net", "text": "Ga terug naar je huisarts."}
NEW_KIND = {"kind": "something_new", "text": "Dit bestond nog niet."}


def text(visitor: FlaskClient, address: str, status: int = 200) -> str:
    answer = visitor.get(address)
    assert answer.status_code == status, answer.text
    return answer.text


def test_the_example_of_the_document_makes_a_whole_page(visitor: FlaskClient) -> None:
    shown = text(visitor, "/nl")
    for words in (HOME["title"], HOME["lead"], HOME["featured"][0]["title"]):
        assert words in shown


def test_cards_lead_to_pages_of_this_website_wherever_the_api_says_they_are(
    visitor: FlaskClient,
) -> None:
    shown = text(visitor, "/nl")
    assert 'href="/nl/rug/lage-rugpijn"' in shown
    assert "www.example.nl" not in shown


def test_the_first_address_leads_to_the_language_of_the_website(visitor: FlaskClient) -> None:
    assert visitor.get("/").location == "/nl"


def test_a_page_that_moved_leads_to_where_it_is(stub: Stub, visitor: FlaskClient) -> None:
    moved = example("GET", "/api/v1/content/{locale}/{path}", "301")
    stub.say("GET", "content/nl/oud", Answer(moved, 301))
    answer = visitor.get("/nl/oud")
    assert (answer.status_code, answer.location) == (301, "/nl/rug/lage-rugpijn")


def test_everything_that_must_be_shown_is_shown_even_a_kind_that_is_new(
    stub: Stub, visitor: FlaskClient
) -> None:
    stub.say("GET", "content/nl", Answer(HOME | {"must_show": [NEW_KIND, SAFETY]}))
    shown = text(visitor, "/nl")
    assert shown.index(SAFETY["text"]) < shown.index(NEW_KIND["text"])


def test_a_type_of_page_that_is_new_is_shown_with_its_texts(
    stub: Stub, visitor: FlaskClient
) -> None:
    page = HOME | {"type": "podcast", "path": "cursus", "url": "https://www.example.nl/nl/cursus"}
    link = '<p>Zie <a href="https://www.example.nl/nl/rug">rug</a>.</p>'
    stub.say("GET", "content/nl/cursus", Answer(page | {"body": {"html": link, "text": ""}}))
    assert '<p>Zie <a href="/nl/rug">rug</a>.</p>' in text(visitor, "/nl/cursus")


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (problem(404, "not-found"), 404, "Deze pagina is er niet"),
        (problem(410, "gone"), 410, "Deze pagina is weg"),
        (problem(500, "internal-error"), 503, "We zijn er zo weer"),
        (Answer("<h1>Bad gateway</h1>", 502, kind="text/html"), 503, "We zijn er zo weer"),
    ],
)
def test_what_the_api_refuses_is_a_page_with_the_number_to_call(
    stub: Stub, visitor: FlaskClient, answer: Answer, status: int, words: str
) -> None:
    stub.say("GET", "content/nl/rug", answer)
    shown = text(visitor, "/nl/rug", status)
    assert words in shown
    assert "112" in shown


def test_an_api_that_is_away_says_when_to_try_again(stub: Stub, visitor: FlaskClient) -> None:
    away = problem(503, "starting")
    stub.say("GET", "content/nl", Answer(away.body, 503, {"Retry-After": "7"}, away.kind))
    assert visitor.get("/nl").headers["Retry-After"] == "7"
    stub.say("GET", "content/nl", Answer("", 502))
    assert visitor.get("/nl").headers["Retry-After"] == "10"


def test_a_search_shows_its_hits_and_says_how_many(visitor: FlaskClient) -> None:
    shown = text(visitor, "/zoeken?q=rug")
    assert "1 pagina gevonden bij ‘rug’" in shown
    assert HOME["featured"][0]["title"] in shown


def test_a_search_without_words_asks_nobody(stub: Stub, visitor: FlaskClient) -> None:
    assert "Typ een of meer woorden" in text(visitor, "/zoeken?q=+")
    assert stub.asked == []


def test_a_search_that_is_refused_says_what_would_be_right(
    stub: Stub, visitor: FlaskClient
) -> None:
    wrong = [{"parameter": "q", "message": "must have at most 200 characters"}]
    stub.say("GET", "search", problem(400, "bad-request", errors=wrong))
    assert "niet meer dan 200 tekens" in text(visitor, "/zoeken?q=" + "a" * 300, 400)


def test_what_was_looked_for_is_shown_as_words_and_not_as_html(visitor: FlaskClient) -> None:
    shown = text(visitor, "/zoeken?q=<script>alert(1)</script>")
    assert "<script>alert" not in shown


def test_a_draft_is_shown_for_its_token_and_kept_by_nobody(
    stub: Stub, visitor: FlaskClient
) -> None:
    stub.say("GET", "preview/abc", Answer(HOME | {"title": "Een concept"}))
    answer = visitor.get("/preview?token=abc")
    assert "Een concept" in answer.text
    assert "Dit is een concept" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert f"frame-ancestors {stub.address}" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/nl", "/zoeken", "/nl/niets/", "/static/style.css", "/x"])
def test_every_answer_lets_browsers_load_nothing_from_elsewhere(
    stub: Stub, visitor: FlaskClient, address: str
) -> None:
    answer = visitor.get(address, buffered=True)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert f"connect-src {stub.address}" in policy
    assert "unsafe" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers


def test_files_are_kept_by_browsers_under_the_hash_of_what_they_hold(
    visitor: FlaskClient,
) -> None:
    (style,) = [part for part in text(visitor, "/zoeken").split('"') if "style.css" in part]
    kept = [
        visitor.get(address, buffered=True).headers["Cache-Control"]
        for address in (style, "/static/style.css")
    ]
    assert kept == ["public, max-age=31536000", "public, max-age=0"]


def test_a_fault_of_ours_is_logged_without_address_or_message(
    stub: Stub, caplog: pytest.LogCaptureFixture
) -> None:
    stub.say("GET", "content/nl/geheim", Answer(HOME | {"must_show": [{"kind": "flag"}]}))
    visitor = create(configure(stub.address)).test_client()
    assert visitor.get("/nl/geheim").status_code == 500
    assert "UndefinedError at /<string" in caplog.text
    assert "geheim" not in caplog.text


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"api": "localhost:8000"}, "api"),
        ({"api": "http://localhost:8000/api/v1"}, "api"),
        ({"api": "http://a", "public_api": "x"}, "public-api"),
        ({"api": "http://a", "images": "https://cdn.example.org, /media"}, "images"),
        ({"api": "http://a", "port": 0}, "port"),
    ],
)
def test_a_setting_that_is_wrong_is_named(values: dict[str, Any], named: str) -> None:
    with pytest.raises(BadConfig, match=named):
        configure(**values)
