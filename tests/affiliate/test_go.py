"""GET /go/<token>: the visitor is sent on, the click is counted, and nothing about anybody is kept
(law 2)."""

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from api.application import Application
from api.go import Ahead
from cms.affiliate import clicks, tokens
from cms.affiliate.ids import ids
from cms.affiliate.models import Click, Link
from cms.affiliate.spool import Spool
from cms.published import stops
from cms.published.models import Failure
from cms.published.replica import replica
from tests.affiliate.conftest import Shop, partner
from tests.affiliate.test_tokens_and_verdicts import CHROME
from tests.api.client import Client, Reply
from tests.content import builders

CANARY = "kanarie-7f3a"
ID = re.compile(r"[0-9a-f]{32}")


@pytest.fixture
def client() -> Client:
    return Client(Application(), headers={"User-Agent": CHROME})


@pytest.fixture
def link(shop: Shop, spool: Spool) -> Link:
    """A live link of a network that takes the click id in `ref`."""
    made = shop.link(path="/matras?id=7")
    shop.view()
    return made


def address(link: Link, placement: str = "advice") -> str:
    return f"/go/{tokens.make(link.pk, placement)}"


def spooled(spool: Spool) -> list[dict[str, Any]]:
    found = [path.read_bytes().split(b"\n") for path in spool.folder.glob("*.clicks")]
    return [orjson.loads(line) for lines in found for line in lines if line]


def ledger() -> list[Click]:
    clicks.spool.sync()
    clicks.drain.run()
    return list(Click.objects.order_by("at"))


def click_id(reply: Reply) -> str:
    [found] = parse_qs(urlsplit(reply.header("Location")).query)["ref"]
    return found


def test_a_visitor_is_sent_to_the_partner_and_the_click_is_in_the_ledger(
    client: Client, link: Link
) -> None:
    reply = client.get(address(link))

    assert reply.status == 302
    assert ID.fullmatch(click_id(reply))
    place = f"https://www.slaapwinkel.example/matras?id=7&ref={click_id(reply)}"
    assert reply.header("Location") == place
    [click] = ledger()
    assert click.click_id == click_id(reply)
    assert (click.link, click.link_key, click.placement) == (link.pk, link.key, "advice")
    assert (click.product, click.signed) == (str(link.product.translation_key), True)
    assert (click.partner, click.partner_name, click.verdict) == (
        link.partner.pk,
        "Slaapwinkel",
        "",
    )


def test_the_click_is_on_disk_before_the_answer_is_sent(
    client: Client, link: Link, spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    real = spool.write
    monkeypatch.setattr(spool, "write", lambda line: written.append("click") or real(line))
    reply = client.get(address(link))
    assert written == ["click"]
    assert [click["click_id"] for click in spooled(spool)] == [click_id(reply)]


def test_every_click_has_an_id_of_its_own(client: Client, link: Link) -> None:
    ids = {click_id(client.get(address(link))) for _ in range(50)}
    assert len(ids) == 50
    assert {click.click_id for click in ledger()} == ids


def test_ids_are_random_and_never_given_twice_not_even_by_a_forked_child() -> None:
    given = {ids.take() for _ in range(1000)}
    assert len(given) == 1000
    assert all(ID.fullmatch(each) for each in given)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, "".join(ids.take() for _ in range(100)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    drawn = os.read(read, 4000).decode()
    os.close(read)
    os.close(write)
    theirs = {drawn[at : at + 32] for at in range(0, len(drawn), 32)}
    assert len(theirs) == 100
    assert not theirs & {ids.take() for _ in range(1000)}


def test_an_answer_is_kept_by_nobody_and_tells_no_page(client: Client, link: Link) -> None:
    reply = client.get(address(link))
    assert reply.header("Cache-Control") == "no-store"
    assert reply.header("X-Robots-Tag") == "noindex, nofollow"
    assert reply.header("Referrer-Policy") == "strict-origin"
    assert "Set-Cookie" not in reply.headers
    assert reply.body == b""


ORDINARY_WAY: dict[str, dict[str, Any]] = {
    "an origin": {"headers": {"Origin": "https://voorkant.example"}},
    "a host that is not ours": {"headers": {"Host": "elders.example"}},
}


def test_a_click_never_reaches_django(
    client: Client, link: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.application.PublicHandler.__call__", None)
    assert client.get(address(link)).status == 302


@pytest.mark.parametrize("how", ORDINARY_WAY.values(), ids=ORDINARY_WAY)
def test_django_answers_a_click_alike_and_counts_it_alike(
    client: Client, link: Link, spool: Spool, how: dict[str, Any]
) -> None:
    ahead, ordinary = client.get(address(link)), client.get(address(link), **how)
    assert (ahead.status, ahead.body) == (ordinary.status, ordinary.body)
    one, other = (
        sorted((name.lower(), value) for name, value in reply.headers.items() if name != "Location")
        for reply in (ahead, ordinary)
    )
    assert one == other
    where = [re.sub(ID, "id", reply.header("Location")) for reply in (ahead, ordinary)]
    assert where[0] == where[1]
    first, second = ({**line, "click_id": "", "at": ""} for line in spooled(spool))
    assert first == second


def test_another_middleware_sends_clicks_the_ordinary_way(link: Link, settings: Settings) -> None:
    settings.PUBLIC_MIDDLEWARE = ["django.middleware.http.ConditionalGetMiddleware"]
    environ = {"REQUEST_METHOD": "GET", "HTTP_HOST": "testserver", "wsgi.url_scheme": "http"}
    assert Ahead().answer(environ, address(link)) is None


def test_a_click_costs_no_query(client: Client, link: Link) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address(link)).status == 302
    assert len(queries) == 0


@pytest.mark.parametrize(
    "query", ["ref=mine", "subid=x&utm_source=mail", "next=https://evil.example", "%00", "a" * 2000]
)
def test_the_visitors_query_goes_nowhere(client: Client, link: Link, query: str) -> None:
    reply = client.get(f"{address(link)}?{query}")
    assert reply.status == 302
    place = f"https://www.slaapwinkel.example/matras?id=7&ref={click_id(reply)}"
    assert reply.header("Location") == place


def test_head_redirects_and_is_not_counted(client: Client, link: Link, spool: Spool) -> None:
    reply = client.ask("HEAD", address(link))
    assert (reply.status, reply.body) == (302, b"")
    assert reply.header("Location") == "https://www.slaapwinkel.example/matras?id=7"
    assert spooled(spool) == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_else_is_done_with_a_link(
    client: Client, link: Link, spool: Spool, method: str
) -> None:
    reply = client.ask(method, address(link), b"")
    assert (reply.status, reply.problem) == (405, "method-not-allowed")
    assert reply.header("Allow") == "GET, HEAD"
    assert spooled(spool) == []


@pytest.mark.parametrize("change", ["forged", "cut", "bare"])
def test_a_signature_that_does_not_fit_still_leads_there_and_is_marked(
    client: Client, link: Link, change: str
) -> None:
    token = {
        "forged": f"{link.pk}.advice:forged",
        "cut": tokens.make(link.pk, "advice")[:-3],
        "bare": str(link.pk),
    }[change]
    assert client.get(f"/go/{token}").status == 302
    [click] = ledger()
    assert (click.placement, click.signed) == ("unknown", False)


@pytest.mark.parametrize(
    "token", ["x", "999999", "999999.advice:x", "0", "9" * 30, "%2e%2e", "a/b"]
)
def test_what_is_no_link_is_not_found(client: Client, link: Link, spool: Spool, token: str) -> None:
    reply = client.get(f"/go/{token}")
    assert (reply.status, reply.problem) == (404, "not-found")
    assert spooled(spool) == []


@pytest.mark.parametrize("what", ["the link", "its product"])
def test_what_is_stopped_is_not_sold_by_an_old_address_and_lifted_it_is_back(
    client: Client, link: Link, shop: Shop, what: str
) -> None:
    key = link.key if what == "the link" else builders.key(shop.product)
    stops.stop(key, by="Noor", why="recall")
    shop.view()
    assert client.get(address(link)).status == 404
    stops.lift(key, by="Noor")
    shop.view()
    assert client.get(address(link)).status == 302


def test_before_the_first_full_load_a_link_is_not_absent(client: Client, link: Link) -> None:
    replica.reset()
    reply = client.get(address(link))
    assert (reply.status, reply.problem) == (503, "starting")


@pytest.mark.parametrize(
    ("headers", "verdict"),
    [
        ({"User-Agent": "Googlebot/2.1"}, "bot"),
        ({"User-Agent": ""}, "bot"),
        ({"Sec-Purpose": "prefetch;prerender"}, "prefetch"),
        ({"Purpose": "prefetch"}, "prefetch"),
        ({"X-Purpose": "preview"}, "prefetch"),
        ({"X-Moz": "prefetch"}, "prefetch"),
        ({}, ""),
    ],
)
def test_what_is_no_persons_click_is_kept_and_marked(
    client: Client, link: Link, headers: dict[str, str], verdict: str
) -> None:
    assert client.get(address(link), headers=headers).status == 302
    assert [click.verdict for click in ledger()] == [verdict]


def test_a_network_without_a_click_id_gets_none(client: Client, shop: Shop, spool: Spool) -> None:
    link = shop.link(partner(network="direct"), path="/a?b=c")
    shop.view()
    reply = client.get(address(link))
    assert reply.header("Location") == "https://www.slaapwinkel.example/a?b=c"
    assert len(ledger()) == 1


def test_a_visitor_goes_on_when_the_click_cannot_be_kept(
    client: Client, link: Link, spool: Spool, tmp_path: Path
) -> None:
    (tmp_path / "full").write_text("in the way")
    spool.folder = tmp_path / "full" / "clicks"
    reply = client.get(address(link))
    assert reply.status == 302
    assert ID.fullmatch(click_id(reply))
    assert client.get("/health/ready").json["clicks"] == {"lost": 1, "torn": 0}


# --- law 2 ---------------------------------------------------------------------------------


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Everything that any logger says, at the most talkative level."""

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(logging.Formatter("%(name)s %(message)s").format(record))

    said: list[str] = []
    handler = Lines(level=logging.DEBUG)
    loggers = [logging.getLogger(name) for name in ("", "api", "api.access", "cms", "django")]
    before = [(each, each.level) for each in loggers]
    logging.root.addHandler(handler)
    for each in loggers:
        each.setLevel(logging.DEBUG)
    yield said
    logging.root.removeHandler(handler)
    for each, level in before:
        each.setLevel(level)


def test_nothing_that_tells_of_a_visitor_is_kept_anywhere(
    client: Client, link: Link, spool: Spool, logged: list[str], settings: Settings
) -> None:
    reply = client.get(
        f"{address(link)}?answers={CANARY}",
        headers={
            "User-Agent": f"Mozilla/5.0 {CANARY}",
            "Referer": f"https://www.example.org/advies?{CANARY}",
            "Cookie": f"sessionid={CANARY}",
            "X-Forwarded-For": f"192.0.2.7, {CANARY}",
            "Accept-Language": CANARY,
            "Authorization": CANARY,
            "DNT": CANARY,
        },
        REMOTE_ADDR="192.0.2.7",
    )
    files = [path.read_bytes().decode() for path in spool.folder.glob("*")]
    rows = [str(vars(click)) for click in ledger()]
    answer = str(reply.headers.items()) + reply.body.decode()

    assert (len(files), len(rows)) == (1, 1)
    kept = "\n".join([*files, *rows, *logged, answer, *map(str, Failure.objects.values())])
    assert CANARY not in kept
    assert "192.0.2.7" not in kept
    assert "Mozilla" not in kept


def test_a_log_line_names_the_route_and_not_the_link(
    client: Client, link: Link, logged: list[str]
) -> None:
    client.get(address(link))
    client.get("/go/999999")
    assert [line.rsplit(" ", 2)[0] for line in logged if line.startswith("api.access")] == [
        "api.access GET /go/{token} 302",
        "api.access GET /go/{token} 404",
    ]
    assert tokens.make(link.pk, "advice") not in "\n".join(logged)


def test_a_line_of_the_spool_says_exactly_this(client: Client, link: Link, spool: Spool) -> None:
    client.get(address(link))
    [line] = spooled(spool)
    assert set(line) == {field.name for field in Click._meta.concrete_fields}
