"""Who answers a question, and what of the answer is shown (rule 16)."""

import http.server
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cms.published.view import View
from search.engines import elastic
from search.engines.embedded import Embedded
from search.find import Unavailable, breaker, find
from search.plan import BadQuestion
from tests.little_server import serving
from tests.published.world import World
from tests.search import corpus
from tests.search.conftest import NOW, Searching, mirror


def view_of(rows: list[Any]) -> View:
    rows_by_key = {row.key: row for row in rows}
    return View(epoch=1, rows=rows_by_key, derived={"search": Embedded.of(rows)})


CORPUS = view_of(corpus.every_row())


# --- what is shown ------------------------------------------------------------------------


def test_hits_come_with_their_composed_card(searching: Searching) -> None:
    searching.publish({"kruik": corpus.TEXTS["kruik"]})
    hit = searching.find("kruik").hits[0]
    assert dict(hit.card) == {
        "key": "thing:kruik",
        "type": "product",
        "locale": "nl",
        "title": "Warmtezak met kersenpitten",
    }
    assert hit.score > 0


@pytest.mark.needs("elasticsearch")
def test_rule_16_a_found_key_that_is_not_live_in_the_view_is_dropped_and_counted(
    world: World, cluster: Any
) -> None:
    searching = Searching("elasticsearch", world)
    searching.publish(dict.fromkeys("abc", corpus.TEXTS["kruik"]))
    world.change("b", None)
    world.settle()  # the View knows, Elasticsearch does not yet
    results = searching.find("kruik")
    assert [hit.key for hit in results.hits] == ["thing:a", "thing:c"]
    assert (results.total, results.dropped) == (2, 1)


def test_rule_16_what_has_expired_by_the_clock_is_dropped_before_anybody_numbers_it() -> None:
    text = corpus.article("Kruik")
    view = view_of(
        [
            corpus.row("thing:a", 1, **text),
            corpus.row("thing:b", 2, valid_until=NOW, **text),
            corpus.row("thing:c", 3, valid_from=NOW + timedelta(seconds=1), **text),
        ]
    )
    results = find(view, "kruik", "nl", now=NOW)
    assert [hit.key for hit in results.hits] == ["thing:a"]
    assert (results.total, results.dropped) == (1, 2)


def test_what_is_dropped_does_not_make_a_page_shorter() -> None:
    text = corpus.article("Kruik")
    rows = [
        corpus.row(f"thing:{number:02}", valid_until=NOW if number < 5 else None, **text)
        for number in range(12)
    ]
    results = find(view_of(rows), "kruik", "nl", limit=5, now=NOW)
    assert [hit.key for hit in results.hits] == [f"thing:{number:02}" for number in range(5, 10)]
    assert results.dropped == 5


# --- who answers --------------------------------------------------------------------------


def test_without_a_setting_the_embedded_index_answers() -> None:
    results = find(CORPUS, "kruik", "nl", now=NOW)
    assert (results.engine, results.total) == ("embedded", 1)


def test_a_process_without_any_index_says_so() -> None:
    with pytest.raises(Unavailable):
        find(View(epoch=1), "kruik", "nl", now=NOW)


@contextmanager
def nobody_there() -> Iterator[str]:
    with socket.socket() as taken:  # bound and not listening: refused at once
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@contextmanager
def never_answers() -> Iterator[str]:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(8)
        yield f"http://127.0.0.1:{deaf.getsockname()[1]}"


@contextmanager
def somebody_else(
    status: int, body: bytes, product: str = "", asked: list[str] | None = None
) -> Iterator[str]:
    class Answer(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            if asked is not None:
                asked.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("X-Elastic-Product", product)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST

        def log_message(self, *_: Any) -> None:
            """Silence."""

    with serving(Answer) as port:
        yield f"http://127.0.0.1:{port}"


AWAY = {
    "it is stopped": nobody_there,
    "it hangs": never_answers,
    "a proxy says not found": lambda: somebody_else(404, b"{}"),
    "a proxy says anything": lambda: somebody_else(200, b'{"hits": {}}'),
    "a proxy knows its manners": lambda: somebody_else(200, b'{"hits": {}}', "Elasticsearch"),
    "a proxy sends a page": lambda: somebody_else(200, b"<html>"),
    "it is overloaded": lambda: somebody_else(429, b"{}"),
    "it is broken": lambda: somebody_else(500, b"oops"),
}


@pytest.mark.parametrize("how", AWAY)
def test_without_elasticsearch_the_embedded_index_answers_within_a_second_and_says_so(
    how: str, settings: Any
) -> None:
    with AWAY[how]() as url:
        settings.ELASTICSEARCH_URL = url
        began = monotonic()
        results = find(CORPUS, "kruik", "nl", now=NOW)
        waited = monotonic() - began
        assert not elastic.answers()
        assert not breaker.allows(), "nobody waits for it a second time"
    assert (results.engine, results.total) == ("embedded", 1)
    assert elastic.ASKING < 1.0
    assert waited < 4 * elastic.ASKING, "it was tried again, as its client does by itself"


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_an_overloaded_elasticsearch_is_asked_once(settings: Any, status: int) -> None:
    asked: list[str] = []
    with somebody_else(status, b"{}", "Elasticsearch", asked) as settings.ELASTICSEARCH_URL:
        find(CORPUS, "kruik", "nl", now=NOW)
    assert len(asked) == 1


@pytest.mark.needs("elasticsearch")
def test_when_elasticsearch_is_back_it_answers_again(world: World, cluster: Any) -> None:
    searching = Searching("elasticsearch", world)
    searching.publish({"kruik": corpus.TEXTS["kruik"]})
    there = cluster.ELASTICSEARCH_URL
    with nobody_there() as cluster.ELASTICSEARCH_URL:
        assert find(world.replica.view(), "kruik", "nl", now=NOW).engine == "embedded"
    cluster.ELASTICSEARCH_URL = there
    assert find(world.replica.view(), "kruik", "nl", now=NOW).engine == "embedded"
    breaker._until = 0.0  # some seconds later
    assert searching.found("kruik") == ["kruik"]


@pytest.mark.needs("elasticsearch")
def test_before_the_first_index_is_complete_the_embedded_one_answers(
    world: World, cluster: Any
) -> None:
    world.publish("kruik", **corpus.columns_of(corpus.TEXTS["kruik"]))
    assert find(world.replica.view(), "kruik", "nl", now=NOW).engine == "embedded"
    breaker.reset()
    mirror()
    assert find(world.replica.view(), "kruik", "nl", now=NOW).engine == "elasticsearch"


# --- what is asked ------------------------------------------------------------------------


@hypothesis_settings(deadline=None)
@given(st.text(max_size=220), st.sampled_from(["nl", "en", "de", ""]))
@example("a\0b", "nl")
@example("x" * 10_000, "nl")
@example("\ud800", "nl")
@example("👩\u200d🦽", "nl")
@example('AND OR NOT ( " ^ ~ *', "nl")
def test_whatever_is_asked_is_answered_or_refused_with_a_reason(question: str, locale: str) -> None:
    try:
        results = find(CORPUS, question, locale, now=NOW)
    except BadQuestion as refused:
        problems, shown, total = set(refused.problems), 0, 0
    else:
        problems, shown, total = set(), len(results.hits), results.total
    assert problems <= {"q"}
    assert shown <= total


@pytest.mark.needs("elasticsearch")
@pytest.mark.parametrize(
    "question", ["rug " * 50, " ".join(chr(c) for c in range(97, 197)), "*:* OR rug", "{}[]", "0"]
)
def test_elasticsearch_understands_whatever_is_asked(
    world: World, cluster: Any, question: str
) -> None:
    searching = Searching("elasticsearch", world)
    searching.publish({"kruik": corpus.TEXTS["kruik"]})
    find(world.replica.view(), question, "nl", now=NOW)
    assert searching.found("kruik") == ["kruik"], "no error has opened the breaker"


def test_no_log_line_says_what_was_asked(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    for how in AWAY.values():
        breaker.reset()
        with how() as settings.ELASTICSEARCH_URL:
            find(CORPUS, "incontinentie", "nl", now=NOW)
    assert "Elasticsearch" in caplog.text
    assert "incontinent" not in caplog.text
