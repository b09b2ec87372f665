"""Versions of a screening: a withdrawn one stays readable, names its successor and is not used."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client as AdminClient
from django.urls import reverse

from cms.published import work
from cms.published.replica import replica
from cms.screening.files import read_yaml
from cms.screening.freeze import freeze, withdraw
from tests.api.client import Client
from tests.api.document import keeps_to
from tests.published.world import World

BASE = "/api/v1/screenings/lage-rugpijn"
DEFINITION = read_yaml(settings.EXAMPLES_DIR / "lage-rugpijn" / "screening.yaml")


@pytest.fixture(autouse=True)
def two_versions(world: World) -> None:
    freeze(DEFINITION | {"version": 1})
    freeze(DEFINITION | {"version": 2})
    withdraw("lage-rugpijn", 1, by="noor", why="a mistake")
    work.number_all()
    replica.refresh()


def wish(version: int) -> dict[str, Any]:
    return {
        "screening": "lage-rugpijn",
        "version": version,
        "answers": {},
        "context": {"locale": "nl"},
    }


def test_a_withdrawn_version_is_readable_and_names_its_successor(client: Client) -> None:
    reply = client.get(f"{BASE}/versions/1")
    keeps_to("GET", "/api/v1/screenings/{slug}/versions/{version}", reply)
    assert reply.json["withdrawn"] is True
    assert reply.json["successor"]["version"] == 2


def test_the_newest_version_is_the_one_that_can_be_used(client: Client) -> None:
    assert client.get(BASE).json["version"] == 2
    [listed] = client.get("/api/v1/screenings").json["screenings"]
    assert listed["version"] == 2


@pytest.mark.parametrize(
    ("address", "body"),
    [
        (f"{BASE}/evaluate", {"version": 1, "answers": {}}),
        ("/api/v1/recommendations", wish(1)),
    ],
)
def test_a_withdrawn_version_cannot_be_used(
    client: Client, address: str, body: dict[str, Any]
) -> None:
    reply = client.post(address, body)
    assert (reply.status, reply.problem) == (410, "withdrawn")
    assert reply.json["successor"] == 2


def test_without_a_number_the_newest_is_evaluated(client: Client) -> None:
    assert client.post(f"{BASE}/evaluate", {"answers": {}}).json["version"] == 2


def test_when_all_are_withdrawn_there_is_no_screening_and_no_successor(client: Client) -> None:
    withdraw("lage-rugpijn", 2, by="noor", why="a mistake")
    work.number_all()
    replica.refresh()
    assert client.get(BASE).problem == "not-found"
    assert client.get("/api/v1/screenings").json == {"screenings": []}
    reply = client.post(f"{BASE}/evaluate", {"version": 2, "answers": {}})
    assert (reply.problem, reply.json["successor"]) == ("withdrawn", None)


# --- an alarm sign is heard whichever version it is sent to ------------------------------------

ALARM = {"saddle": True}
NOT_KNOWN = {
    "bladder": {"unknown": "dont_know"},
    "saddle": False,
    "both_legs": False,
}
FINE = {"bladder": False, "saddle": False}


def sent(address: str, version: Any, answers: Any) -> dict[str, Any]:
    body = {"version": version, "answers": answers}
    if address == ADVICE:
        body |= {"screening": "lage-rugpijn", "context": {"locale": "nl"}}
    return body


ADVICE = "/api/v1/recommendations"
EVALUATE = f"{BASE}/evaluate"
TEMPLATES = {EVALUATE: "/api/v1/screenings/{slug}/evaluate", ADVICE: ADVICE}
BOTH = pytest.mark.parametrize("address", [EVALUATE, ADVICE])
VERSIONS = pytest.mark.parametrize(
    ("version", "status"),
    [
        pytest.param(1, 410, id="withdrawn"),
        pytest.param(7, 400, id="unknown"),
        pytest.param("1", 400, id="no number"),
    ],
)


@BOTH
@VERSIONS
@pytest.mark.parametrize("answers", [ALARM, NOT_KNOWN], ids=["sure", "not sure"])
def test_an_alarm_sign_to_a_version_that_cannot_be_used_still_shows_what_to_do(
    client: Client, address: str, version: Any, status: int, answers: dict[str, Any]
) -> None:
    reply = client.post(address, sent(address, version, answers))

    assert reply.status == status
    keeps_to("POST", TEMPLATES[address], reply)
    banner = reply.json["must_show"][0]
    assert (banner["kind"], banner["phone"]) == ("emergency", "112")
    assert "huisartsenpost" in banner["text"]
    kinds = [notice["kind"] for notice in reply.json["must_show"]]
    assert kinds[-2:] == ["safety_net", "example_not_reviewed"]
    # Only the version that asked can say that it is certain.
    assert banner["certainty"] == ("sure" if (version, answers) == (1, ALARM) else "not_sure")
    assert ("not_sure" in kinds) == (banner["certainty"] == "not_sure")


@BOTH
@VERSIONS
@pytest.mark.parametrize("answers", [FINE, {}, {"unheard-of": 1}])
def test_without_one_the_safety_net_is_shown_and_no_alarm_is_raised(
    client: Client, address: str, version: Any, status: int, answers: dict[str, Any]
) -> None:
    reply = client.post(address, sent(address, version, answers))

    assert reply.status == status
    keeps_to("POST", TEMPLATES[address], reply)
    notices = reply.json["must_show"]
    assert [notice["kind"] for notice in notices] == ["safety_net", "example_not_reviewed"]
    assert "kunt plassen" in notices[0]["text"]


@BOTH
def test_it_is_heard_when_every_version_is_withdrawn(client: Client, address: str) -> None:
    withdraw("lage-rugpijn", 2, by="noor", why="a mistake")
    work.number_all()
    replica.refresh()

    for version, status in ((1, 410), (2, 410), (7, 400 if address == ADVICE else 404)):
        reply = client.post(address, sent(address, version, ALARM))
        assert (version, reply.status) == (version, status)
        assert reply.json["must_show"][0]["kind"] == "emergency"


@BOTH
def test_a_fault_beside_a_withdrawn_version_is_named_and_the_alarm_shown(
    client: Client, address: str
) -> None:
    reply = client.post(address, sent(address, 1, ALARM) | {"extra": 1})

    assert (reply.status, reply.problem, reply.named) == (400, "bad-request", {"/extra"})
    assert reply.json["must_show"][0]["kind"] == "emergency"


def test_a_screening_that_never_was_has_nothing_to_show(client: Client) -> None:
    reply = client.post("/api/v1/screenings/knie/evaluate", {"answers": ALARM})

    assert (reply.status, "must_show" in reply.json) == (404, False)


def test_withdrawing_in_the_admin_reaches_the_api(
    client: Client, admin_client: AdminClient
) -> None:
    """From the next look of a process on: 410 with the successor, and readable for good."""
    freeze(DEFINITION | {"version": 3})
    work.number_all()
    replica.refresh()
    assert client.post(EVALUATE, sent(EVALUATE, 2, FINE)).status == 200

    page = reverse("screening_withdraw", args=["lage-rugpijn", 2])
    assert admin_client.post(page, {"why": "a mistake in a question"}).status_code == 302
    work.number_all()
    replica.refresh()

    for address in (EVALUATE, ADVICE):
        reply = client.post(address, sent(address, 2, FINE))
        assert (reply.status, reply.problem, reply.json["successor"]) == (410, "withdrawn", 3)
    version = client.get(f"{BASE}/versions/2").json
    assert (version["withdrawn"], version["successor"]["version"]) == (True, 3)
    assert "a mistake in a question" not in client.get(f"{BASE}/versions/2").body.decode()
    assert client.post(EVALUATE, sent(EVALUATE, 3, FINE)).status == 200
