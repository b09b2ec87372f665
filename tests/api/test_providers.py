"""GET /providers: who can help, near a place; refused by name; nothing kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.content.models import ProviderPage, ProviderSpecialism
from cms.published import work
from cms.published.replica import replica
from tests.api.client import Client
from tests.api.document import keeps_to
from tests.content import builders
from tests.content.builders import Tree, fresh

ADDRESS = "/api/v1/providers"
PLACES = {
    # title: latitude, longitude, waiting days, online, specialism
    "Amsterdam": ("52.3730", "4.8924", 14, True, "psychologist"),
    "Maastricht": ("50.8514", "5.6910", 1, False, "physiotherapist"),
    "Utrecht": ("52.0907", "5.1214", 7, False, "physiotherapist"),
}


@pytest.fixture
def tree(db: None) -> Iterator[Tree]:
    """Three providers that the replica of the API knows."""
    made = builders.tree()
    for title, (lat, lon, days, online, specialism) in PLACES.items():
        page = builders.draft(
            made.rug,
            ProviderPage,
            title,
            city=title,
            latitude=lat,
            longitude=lon,
            waiting_days=days,
            online=online,
            specialisms=[ProviderSpecialism(term=builders.specialism(specialism))],
        )
        builders.publish(fresh(page))
    work.number_all()
    replica.reset()
    replica.refresh()
    yield made
    replica.reset()


def asked(client: Client, query: str) -> Any:
    reply = client.get(f"{ADDRESS}{query}")
    assert reply.status == 200, reply.body
    keeps_to("GET", ADDRESS, reply)
    return reply.json


def cities(found: Any) -> list[str]:
    return [each["card"]["city"] for each in found["providers"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Maastricht", "Utrecht", "Amsterdam"]),
        ("?near=52.1,5.1", ["Utrecht", "Amsterdam", "Maastricht"]),
        ("?near=50.8,5.7", ["Maastricht", "Utrecht", "Amsterdam"]),
        ("?near=52.1,5.1&radius=50", ["Utrecht", "Amsterdam"]),
        ("?near=52.1,5.1&limit=1", ["Utrecht"]),
        ("?near=-33,151&radius=500", []),
        ("?specialism=physiotherapist", ["Maastricht", "Utrecht"]),
        ("?specialism=psychologist&near=52,5", ["Amsterdam"]),
        ("?online=true", ["Amsterdam"]),
        ("?online=false", ["Maastricht", "Utrecht"]),
        ("?locale=en", []),
    ],
)
def test_providers_are_found_in_order(
    tree: Tree, client: Client, query: str, expected: list[str]
) -> None:
    assert cities(asked(client, query)) == expected


def test_each_has_its_card_and_how_far_it_is(tree: Tree, client: Client) -> None:
    found = asked(client, "?near=52.0907,5.1214")
    assert found["total"] == 3
    first = found["providers"][0]
    assert first["distance_km"] == 0.0
    assert first["card"]["specialisms"][0]["term"] == "physiotherapist"
    assert first["card"]["location"] == {"lat": 52.0907, "lon": 5.1214}
    assert [each["distance_km"] for each in asked(client, "")["providers"]] == [None] * 3


def test_the_total_counts_those_beyond_the_limit(tree: Tree, client: Client) -> None:
    assert asked(client, "?limit=1")["total"] == 3


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("?specialism=wizard", {"specialism"}),
        ("?specialism=", {"specialism"}),
        ("?specialism=term:physiotherapist", {"specialism"}),
        ("?near=utrecht", {"near"}),
        ("?near=52.1", {"near"}),
        ("?near=52.1,5.1,0", {"near"}),
        ("?near=52.1,%205.1", {"near"}),
        ("?near=91,5", {"near"}),
        ("?near=52,181", {"near"}),
        ("?near=nan,5", {"near"}),
        ("?near=1e1,5", {"near"}),
        ("?near=52.1234567,5", {"near"}),
        ("?radius=10", {"radius"}),
        ("?near=52,5&radius=0", {"radius"}),
        ("?near=52,5&radius=501", {"radius"}),
        ("?near=52,5&radius=1.5", {"radius"}),
        ("?online=yes", {"online"}),
        ("?online=True", {"online"}),
        ("?locale=xx", {"locale"}),
        ("?limit=0", {"limit"}),
        ("?limit=101", {"limit"}),
        ("?place=Utrecht", {"place"}),
        ("?near=52,5&near=51,5", {"near"}),
        ("?specialism=wizard&radius=5&online=1&x=1", {"specialism", "radius", "online", "x"}),
    ],
)
def test_whatever_is_wrong_is_named(
    tree: Tree, client: Client, query: str, named: set[str]
) -> None:
    reply = client.get(f"{ADDRESS}{query}")
    assert (reply.status, reply.problem, reply.named) == (400, "bad-request", named)


def test_a_specialism_that_nobody_knows_is_answered_with_those_that_are_known(
    tree: Tree, client: Client
) -> None:
    [error] = client.get(f"{ADDRESS}?specialism=wizard").json["errors"]
    assert error["message"] == "must be one of: physiotherapist, psychologist"


def test_who_is_taken_offline_is_gone(tree: Tree, client: Client) -> None:
    ProviderPage.objects.get(title="Utrecht").unpublish()
    work.number_all()
    replica.refresh()
    assert cities(asked(client, "?near=52.1,5.1")) == ["Amsterdam", "Maastricht"]


def test_asking_costs_no_query_and_no_cache_keeps_the_answer(tree: Tree, client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        reply = client.get(f"{ADDRESS}?near=52.1,5.1&specialism=physiotherapist")
    assert len(queries) == 0
    assert reply.header("Cache-Control") == "no-store"


def test_nothing_of_the_question_is_logged(tree: Tree, client: Client, lines: list[str]) -> None:
    client.get(f"{ADDRESS}?near=52.1234,5.1&specialism=psychologist")
    assert lines
    said = "\n".join(lines)
    assert "52.1234" not in said
    assert "psychologist" not in said
