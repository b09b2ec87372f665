"""Clicks against a real web process that is killed again and again: what was acknowledged is kept.

Every click whose redirect was received whole has exactly one row in the ledger afterwards. A row
without an answer is a click whose process died between keeping it and answering; it is reported.
"""

import os
import re
import socket
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from urllib.parse import urlsplit

import pytest

from tests.molds import WITH_EXAMPLE
from tests.stack import Stack, Web, eventually, stack

CLICKS = 20_000
KILLS = 20
VISITORS = 6
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CLICK_ID = re.compile(r"[?&]ref=([0-9a-f]{32})$")
LINK = """
from cms.affiliate import tokens
from cms.affiliate.models import Link
link = Link.objects.filter(partner__network="direct_ref").first()
print(*tokens.make_all(link.pk).values())
"""
LEDGER = """
from cms.affiliate.models import Click
print("\\n".join(Click.objects.values_list("click_id", flat=True)))
"""


@dataclass
class Visitor:
    """Clicks as fast as it is answered. `acknowledged` holds the ids of redirects that came whole,
    `unanswered` counts clicks that were sent and never answered."""

    port: int
    tokens: list[str]
    acknowledged: list[str] = field(default_factory=list)
    unanswered: int = 0
    strange: list[str] = field(default_factory=list)
    in_flight: bool = False
    ending: Event = field(default_factory=Event)

    def run(self) -> None:
        while not self.ending.is_set():
            connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                connection.connect()
                self._click(connection)
            except (OSError, HTTPException):
                self.unanswered += self.in_flight
                self.in_flight = False
                sleep(0.02)  # it was just killed
            finally:
                connection.close()

    def _click(self, connection: HTTPConnection) -> None:
        number = 0
        while not self.ending.is_set():
            number += 1
            token = self.tokens[number % len(self.tokens)]
            self.in_flight = True
            connection.request("GET", f"/go/{token}", headers={"User-Agent": BROWSER})
            answer = connection.getresponse()
            answer.read()
            self.in_flight = False
            found = CLICK_ID.search(answer.headers["Location"] or "")
            if answer.status == 302 and found:
                self.acknowledged.append(found[1])
            elif answer.status != 503:  # it has just started
                self.strange.append(f"{answer.status} {answer.headers['Location']}")


def leads_on(web: Web, token: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port_of(web), timeout=20)
    connection.request("HEAD", f"/go/{token}")
    status = connection.getresponse().status
    connection.close()
    return status == 302


def listening(web: Web) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port_of(web)), timeout=1):
        return True
    return False


def port_of(web: Web) -> int:
    port = urlsplit(web.address).port
    assert port
    return port


def kill_while_clicks_are_in_flight(web: Web, visitors: list[Visitor]) -> list[int]:
    """How many clicks were under way at each kill. Each process answers its share first."""
    under_way = []
    for kill in range(1, KILLS + 1):
        wanted = CLICKS * kill // (KILLS + 1)
        eventually(lambda wanted=wanted: total(visitors) >= wanted, f"{wanted} clicks")
        eventually(lambda: any(visitor.in_flight for visitor in visitors), "one is under way")
        under_way.append(sum(visitor.in_flight for visitor in visitors))
        web.process.kill()
        web.process.start()
        eventually(lambda: listening(web), "it listens again")
    eventually(lambda: total(visitors) >= CLICKS, "all clicks")
    return under_way


def total(visitors: list[Visitor]) -> int:
    return sum(len(visitor.acknowledged) for visitor in visitors)


def spooled(made: Stack) -> int:
    return sum(path.stat().st_size for path in Path(made.folder, "clicks").glob("*"))


def kept(made: Stack) -> list[str]:
    """The ledger once nothing waits for it any more."""
    eventually(lambda: spooled(made) == 0, "the spool is empty")
    return made.manage("shell", "-v0", "-c", LEDGER).split()


def twenty_kills(postgres: str, capsys: pytest.CaptureFixture[str]) -> None:
    began = monotonic()
    # Without a copy on disk, which may be from before the link was there: then 503 until it is.
    with stack(WITH_EXAMPLE, postgres=postgres, REPLICA_COPY="false") as made:
        tokens = made.manage("shell", "-v0", "-c", LINK).split()
        web = made.web("web")
        web.start()
        eventually(lambda: leads_on(web, tokens[0]), "the link is live", 120)
        visitors = [Visitor(port_of(web), tokens) for _ in range(VISITORS)]
        threads = [Thread(target=visitor.run) for visitor in visitors]
        for thread in threads:
            thread.start()
        try:
            under_way = kill_while_clicks_are_in_flight(web, visitors)
        finally:
            for visitor in visitors:
                visitor.ending.set()
            for thread in threads:
                thread.join()
        rows = Counter(kept(made))
        log = web.process.log

    acknowledged = [id_ for visitor in visitors for id_ in visitor.acknowledged]
    unanswered = sum(visitor.unanswered for visitor in visitors)
    without_answer = set(rows) - set(acknowledged)
    with capsys.disabled():
        print(
            f"\n{len(acknowledged)} clicks acknowledged, {KILLS} kills, {sum(under_way)} under way"
        )
        print(f"{unanswered} sent and never answered; {len(without_answer)} of them in the ledger")
        print(f"lost {len(set(acknowledged) - set(rows))}, {monotonic() - began:.0f} s")
    assert [visitor.strange for visitor in visitors if visitor.strange] == []
    assert len(acknowledged) >= CLICKS
    assert len(set(acknowledged)) == len(acknowledged), "an id was given twice"
    assert set(acknowledged) - set(rows) == set(), "an acknowledged click is lost"
    assert [id_ for id_, times in rows.items() if times != 1] == [], "a click is there twice"
    # A click that was kept without an answer was sent; nothing else is in the ledger.
    assert len(without_answer) <= unanswered
    assert unanswered > 0, "no click was under way at any kill: this run proves nothing"
    assert "Traceback" not in log, log


@pytest.mark.timeout(600)
def test_no_acknowledged_click_is_lost_or_doubled_by_twenty_kills(
    capsys: pytest.CaptureFixture[str],
) -> None:
    twenty_kills("", capsys)


@pytest.mark.needs("postgres")
@pytest.mark.timeout(600)
def test_nor_with_postgresql(capsys: pytest.CaptureFixture[str]) -> None:
    twenty_kills(os.environ["TEST_POSTGRES_URL"], capsys)
