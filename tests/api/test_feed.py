"""GET /changes and /manifest: whoever follows them ends up with what is live, whatever happens."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.published import head
from tests.api.client import Client
from tests.published.world import World

CHANGES = "/api/v1/changes"
MANIFEST = "/api/v1/manifest"


def follow(client: Client, since: str | None = None, limit: int = 2) -> tuple[dict[str, Any], str]:
    """What a follower of the feed does: rows by key, and where it stands afterwards."""
    known: dict[str, Any] = {}
    while True:
        place = f"&since={since}" if since else ""
        answer = client.get(f"{CHANGES}?limit={limit}{place}").json
        if answer["reset"]:
            known.clear()
        known |= {row["key"]: row for row in answer["rows"]}
        since = answer["next"]
        if not answer["more"]:
            return known, since


def states(known: dict[str, Any]) -> dict[str, str]:
    return {key: row["state"] for key, row in known.items()}


def test_a_follower_from_zero_learns_everything_with_tombstones(
    client: Client, world: World
) -> None:
    for id_ in ("a", "b", "c", "d", "e"):
        world.publish(id_, path=id_, body={})
    world.change("b", None)
    world.delete("c")
    world.settle()
    known, _ = follow(client)
    assert states(known) == {
        "thing:a": "live",
        "thing:b": "hidden",
        "thing:c": "gone",
        "thing:d": "live",
        "thing:e": "live",
    }


def test_a_follower_asks_only_for_what_is_new(client: Client, world: World) -> None:
    world.publish("a", path="a", body={})
    _, since = follow(client)
    assert client.get(f"{CHANGES}?since={since}").json == {
        "next": since,
        "more": False,
        "reset": False,
        "rows": [],
    }
    world.publish("b", path="b", body={})
    assert states(follow(client, since)[0]) == {"thing:b": "live"}


def test_a_row_says_where_a_page_is_and_was(client: Client, world: World) -> None:
    world.publish("a", kind="article", path="old", body={})
    world.publish("a", kind="article", path="new", body={})
    row = follow(client)[0]["thing:a"]
    assert row == {
        "key": "thing:a",
        "seq": row["seq"],
        "state": "live",
        "type": "article",
        "locale": "nl",
        "path": "new",
        "former_paths": ["old"],
        "valid_from": None,
        "valid_until": None,
        "content": "/api/v1/content/nl/new",
    }


def test_what_is_no_page_or_no_longer_live_has_no_content(client: Client, world: World) -> None:
    world.publish("image", kind="image", locale="", card={})
    world.publish("a", path="a", body={})
    world.change("a", None)
    world.settle()
    known = follow(client)[0]
    assert [known[key]["content"] for key in ("thing:image", "thing:a")] == [None, None]
    assert known["thing:image"]["locale"] is None


def test_numbers_only_rise_and_every_row_is_told_once(client: Client, world: World) -> None:
    for number in range(7):
        world.publish(f"t{number}", path=f"t{number}", body={})
    rows: list[int] = []
    since = "1:0"
    for _ in range(4):
        answer = client.get(f"{CHANGES}?limit=2&since={since}").json
        rows += [row["seq"] for row in answer["rows"]]
        since = answer["next"]
    assert rows == sorted(set(rows))
    assert len(rows) == 7


def test_another_epoch_begins_again_from_zero(client: Client, world: World) -> None:
    world.publish("a", path="a", body={})
    _, since = follow(client)
    head.raise_epoch()
    world.settle()
    answer = client.get(f"{CHANGES}?since={since}").json
    assert answer["reset"] is True
    assert [row["key"] for row in answer["rows"]] == ["thing:a"]
    assert int(answer["next"].partition(":")[0]) > int(since.partition(":")[0])


def test_a_follower_who_is_ahead_of_this_process_is_not_sent_back(
    client: Client, world: World
) -> None:
    """It heard more from another process, which this one will know in a moment."""
    world.publish("a", path="a", body={})
    answer = client.get(f"{CHANGES}?since=1:1000").json
    assert answer == {"next": "1:1000", "more": False, "reset": False, "rows": []}


def test_the_manifest_lists_live_pages_by_address(client: Client, world: World) -> None:
    world.publish("b", kind="article", path="b", body={})
    world.publish("a", kind="condition", path="a", body={})
    world.publish("en", kind="article", locale="en", path="a", body={})
    world.publish("image", kind="image", locale="")
    world.publish("hidden", path="hidden", body={})
    world.change("hidden", None)
    world.settle()
    pages = client.get(MANIFEST).json["pages"]
    assert [(page["locale"], page["path"]) for page in pages] == [
        ("en", "a"),
        ("nl", "a"),
        ("nl", "b"),
    ]
    assert all(client.get(page["content"]).status == 200 for page in pages)
    only = client.get(f"{MANIFEST}?locale=nl&type=article").json["pages"]
    assert [page["key"] for page in only] == ["thing:b"]


def test_who_takes_the_manifest_first_can_go_on_from_there(client: Client, world: World) -> None:
    world.publish("a", path="a", body={})
    since = client.get(MANIFEST).json["next"]
    world.publish("b", path="b", body={})
    assert states(follow(client, since)[0]) == {"thing:b": "live"}


def test_an_answer_costs_no_query(client: Client, world: World) -> None:
    world.publish("a", path="a", body={})
    with CaptureQueriesContext(connection) as queries:
        client.get(CHANGES)
        client.get(MANIFEST)
    assert len(queries) == 0


@pytest.mark.parametrize(
    ("address", "named"),
    [
        (f"{CHANGES}?since=5&limit=0", {"since", "limit"}),
        (f"{CHANGES}?since=1:-1", {"since"}),
        (f"{CHANGES}?since=", {"since"}),
        (f"{CHANGES}?since=99999999999:1", {"since"}),
        (f"{CHANGES}?limit=1001", {"limit"}),
        (f"{CHANGES}?limit=1_0", {"limit"}),
        (f"{CHANGES}?limit=%D9%A5", {"limit"}),
        (f"{CHANGES}?limit=1.0", {"limit"}),
        (f"{CHANGES}?limit=99999999999999999999", {"limit"}),
        (f"{CHANGES}?page=2&limit=x&format=xml", {"page", "limit", "format"}),
        (f"{MANIFEST}?locale=xx&type=nonsense&q=1", {"locale", "type", "q"}),
    ],
)
def test_every_bad_parameter_is_named(
    client: Client, world: World, address: str, named: set[str]
) -> None:
    reply = client.get(address)
    assert (reply.status, reply.problem, reply.named) == (400, "bad-request", named)


@pytest.mark.parametrize("address", [CHANGES, MANIFEST])
def test_before_the_first_full_load_there_is_nothing_to_follow(
    client: Client, empty: None, address: str
) -> None:
    assert client.get(address).problem == "starting"
