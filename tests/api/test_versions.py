"""Versions of a screening: a withdrawn one stays readable, names its successor and is not used."""

from typing import Any

import pytest
from django.conf import settings

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
    freeze(DEFINITION)
    freeze(DEFINITION | {"version": 2})
    withdraw("lage-rugpijn", 1)
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
    withdraw("lage-rugpijn", 2)
    work.number_all()
    replica.refresh()
    assert client.get(BASE).problem == "not-found"
    assert client.get("/api/v1/screenings").json == {"screenings": []}
    reply = client.post(f"{BASE}/evaluate", {"version": 2, "answers": {}})
    assert (reply.problem, reply.json["successor"]) == ("withdrawn", None)
