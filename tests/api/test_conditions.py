"""GET /conditions/{key}/recommendations: advice without a screening, for every cache to keep."""

import hashlib
import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from cms.published.replica import replica
from cms.published.view import View
from tests.api.client import Client
from tests.api.document import keeps_to

pytestmark = pytest.mark.django_db  # for making the example once; its answers cost no query

BACK = "/api/v1/conditions/lage-rugpijn/recommendations"
TEMPLATE = "/api/v1/conditions/{key}/recommendations"
LINK = re.compile(r"/go/(\d+)\.condition:")


@pytest.fixture(autouse=True)
def served(demo: View) -> None:
    """Every test here asks the example."""


def items(advice: Any) -> dict[str, Any]:
    return {item["card"]["path"]: item for slot in advice["slots"] for item in slot["items"]}


def test_it_is_as_documented_and_costs_no_query(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        reply = client.get(f"{BACK}?locale=nl")

    assert reply.status == 200
    keeps_to("GET", TEMPLATE, reply)
    assert len(queries) == 0


def test_self_care_comes_first_and_nothing_that_anything_says_avoid_to(client: Client) -> None:
    advice = client.get(BACK).json
    shown = items(advice)

    assert advice["slots"][0]["slot"] == "articles"
    assert "rug/bewegen-met-rugpijn" in shown
    for item in shown.values():
        assert not [each for each in item["card"]["cautions"] if each["effect"] == "avoid"]
        assert {each["constraint"] for each in item["cautions"]} == {
            each["constraint"] for each in item["card"]["cautions"]
        }
    assert advice["withheld"]["constraint_unknown"] > 0


def test_it_says_when_to_see_a_doctor_and_what_is_paid(client: Client) -> None:
    kinds = {notice["kind"] for notice in client.get(BACK).json["must_show"]}

    assert {"safety_net", "example_not_reviewed", "disclosure"} <= kinds


def test_offers_know_that_they_stand_with_a_condition(client: Client) -> None:
    offers = [each for item in items(client.get(BACK).json).values() for each in item["offers"]]

    assert offers
    assert all(".condition:" in each["href"] for each in offers)


def test_the_cache_tags_name_every_item_every_link_and_the_page(client: Client) -> None:
    """Whoever changes one of them can have caches forget this advice."""
    reply = client.get(BACK)
    shown = items(reply.json).values()
    hrefs = [offer["href"] for item in shown for offer in item["offers"]]
    links = {f"link:{number}" for href in hrefs for number in LINK.findall(href)}
    page = client.get("/api/v1/content/nl/rug/lage-rugpijn").json["key"]

    assert links
    assert set(reply.header("Cache-Tag").split(", ")) == {
        page,
        *links,
        *(item["key"] for item in shown),
    }


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_who_has_it_already_gets_304(client: Client, encoding: str) -> None:
    accepts = {"Accept-Encoding": encoding}
    first = client.get(BACK, headers=accepts)
    again = client.get(BACK, headers=accepts | {"If-None-Match": first.header("ETag")})

    assert (again.status, again.body) == (304, b"")
    for name in ("ETag", "Cache-Control", "Cache-Tag"):
        assert again.header(name) == first.header(name)


def test_the_etag_is_the_hash_of_the_bytes(client: Client) -> None:
    reply = client.get(BACK)

    assert reply.header("ETag") == f'"{hashlib.sha256(reply.body).hexdigest()}"'
    assert reply.header("Cache-Control").startswith("public, max-age=")
    assert client.get(BACK).body == reply.body


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("?profile=1", {"profile"}),
        ("?constraints=pregnancy", {"constraints"}),
        ("?locale=xx", {"locale"}),
        ("?locale=nl&answers=1&exclude=page:1", {"answers", "exclude"}),
    ],
)
def test_facts_about_a_visitor_are_refused(client: Client, query: str, named: set[str]) -> None:
    reply = client.get(BACK + query)

    assert (reply.status, reply.problem) == (400, "bad-request")
    assert reply.named == named


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/conditions/nekpijn/recommendations",
        "/api/v1/conditions/Lage-Rugpijn/recommendations",
        "/api/v1/conditions/%00/recommendations",
        "/api/v1/conditions/hernia/recommendations?locale=en",
    ],
)
def test_a_condition_without_a_live_page_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).problem == "not-found"


def test_a_body_is_of_no_influence_and_other_methods_are_refused(client: Client) -> None:
    assert client.post(BACK, {"answers": {}}).problem == "method-not-allowed"


def test_outside_a_demonstration_no_demo_review_counts(client: Client) -> None:
    """Law 7."""
    assert items(client.get(BACK).json)
    with override_settings(DEMO=False):
        begin_anew()
        assert not items(client.get(BACK).json)
    begin_anew()


def begin_anew() -> None:
    """Another setting is another process: nothing that was made before is there."""
    replica.start_from(replica.view())


def test_the_log_names_the_route_and_no_condition(client: Client, lines: list[str]) -> None:
    """Law 2."""
    client.get(BACK)

    assert any(f"GET {TEMPLATE} 200" in line for line in lines)
    assert not [line for line in lines if "lage-rugpijn" in line]


def test_without_a_snapshot_there_is_no_advice(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = replica.view()
    derived = {name: made for name, made in seen.derived.items() if name != "snapshot"}
    monkeypatch.setattr(replica, "_view", replace(seen, derived=derived))
    reply = client.get(BACK)

    assert (reply.status, reply.problem) == (503, "advice-away")
