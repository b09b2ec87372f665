"""GET /content: what a page answers, and how caches may keep it."""

import gzip
import hashlib
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.published import references
from tests.api.client import Client
from tests.published.world import World

BACK = "/api/v1/content/nl/rug/lage-rugpijn"


@pytest.fixture(autouse=True)
def back(world: World) -> None:
    world.publish("home", kind="home", path="", body={"title": "Welkom"})
    world.publish(
        "back",
        kind="condition",
        path="rug/lage-rugpijn",
        body={"title": "Lage rugpijn", "lead": "Pijn onder in je rug.", "sections": []},
    )


def test_a_page_is_answered_whole_with_its_address(client: Client) -> None:
    reply = client.get(BACK)
    assert reply.status == 200
    assert reply.header("Content-Type") == "application/json"
    assert reply.json == {
        "key": "thing:back",
        "type": "condition",
        "locale": "nl",
        "path": "rug/lage-rugpijn",
        "url": "http://localhost:8000/nl/rug/lage-rugpijn",
        "title": "Lage rugpijn",
        "lead": "Pijn onder in je rug.",
        "sections": [],
    }


@pytest.mark.parametrize("address", ["/api/v1/content/nl", "/api/v1/content/nl/"])
def test_the_home_page_has_an_empty_path(client: Client, address: str) -> None:
    assert client.get(address).json["title"] == "Welkom"


def test_an_answer_costs_no_query(client: Client) -> None:
    addresses = [BACK, f"{BACK}?fields=title", "/api/v1/content/nl/nothing"]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for address in addresses:
            client.get(address, headers={"Cookie": "sessionid=junk; csrftoken=junk"})
    assert len(queries) == 0


@pytest.mark.parametrize("address", [BACK, f"{BACK}?fields=title", "/api/v1/content/nl/nothing"])
def test_a_cookie_makes_no_difference_and_none_is_set(client: Client, address: str) -> None:
    reply = client.get(address, headers={"Cookie": "sessionid=junk"})
    assert reply.body == client.get(address).body
    assert "Set-Cookie" not in reply.headers
    assert "Cookie" not in (reply.headers["Vary"] or "")


# --- encodings and ETags -------------------------------------------------------------------


def test_the_etag_is_the_hash_of_the_plain_bytes_and_its_own_for_gzip(client: Client) -> None:
    plain = client.get(BACK)
    packed = client.get(BACK, headers={"Accept-Encoding": "gzip, br"})

    digest = hashlib.sha256(plain.body).hexdigest()
    assert plain.header("ETag") == f'"{digest}"'
    assert packed.header("ETag") == f'"{digest}-gzip"'
    assert packed.header("Content-Encoding") == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert plain.header("Vary") == packed.header("Vary") == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accept_encoding", "packed"),
    [
        ("gzip", True),
        ("GZIP;q=0.5", True),
        ("*", True),
        ("br, gzip;q=0", False),
        ("*, gzip;q=0", False),
        ("identity", False),
        ("gzip;q=nonsense", False),
        ("", False),
    ],
)
def test_gzip_is_sent_when_it_is_accepted(
    client: Client, accept_encoding: str, packed: bool
) -> None:
    reply = client.get(BACK, headers={"Accept-Encoding": accept_encoding})
    assert (reply.headers["Content-Encoding"] == "gzip") is packed


@pytest.mark.parametrize("fields", ["", "?fields=title"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("form", ["{etag}", "W/{etag}", '"another", {etag}', "*"])
def test_who_has_it_already_gets_304_without_a_body(
    client: Client, fields: str, encoding: str, form: str
) -> None:
    accepts = {"Accept-Encoding": encoding}
    first = client.get(BACK + fields, headers=accepts)
    known = form.format(etag=first.header("ETag"))
    again = client.get(BACK + fields, headers=accepts | {"If-None-Match": known})

    assert (again.status, again.body) == (304, b"")
    for name in ("ETag", "Cache-Control", "Cache-Tag", "Vary"):
        assert again.header(name) == first.header(name)
    assert "Content-Type" not in again.headers
    assert "Content-Encoding" not in again.headers


@pytest.mark.parametrize("known", ['"another"', "nonsense", '""'])
def test_who_has_something_else_gets_the_page(client: Client, known: str) -> None:
    assert client.get(BACK, headers={"If-None-Match": known}).status == 200


def test_the_etag_of_one_encoding_does_not_stand_for_another(client: Client) -> None:
    plain = client.get(BACK).header("ETag")
    headers = {"Accept-Encoding": "gzip", "If-None-Match": plain}
    assert client.get(BACK, headers=headers).status == 200


@pytest.mark.parametrize("address", [BACK, f"{BACK}?fields=title", "/api/v1/content/nl/nothing"])
def test_head_answers_like_get_without_a_body(client: Client, address: str) -> None:
    get, head = client.get(address), client.ask("HEAD", address)
    assert head.status == get.status
    assert sorted(head.headers.items()) == sorted(get.headers.items())
    assert head.body == b""
    assert int(head.header("Content-Length")) == len(get.body)


# --- caching -------------------------------------------------------------------------------


def test_a_cache_may_keep_a_page_for_a_minute(client: Client) -> None:
    control = client.get(BACK).header("Cache-Control")
    assert control == "public, max-age=60, stale-while-revalidate=30"


@pytest.fixture
def half_a_second_later(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The moment half a second ago. The clock stands still, however long the test takes."""
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment + timedelta(seconds=0.5))
    return moment


@pytest.mark.parametrize(
    ("seconds", "control"),
    [
        (600, "public, max-age=60, stale-while-revalidate=30"),
        (80, "public, max-age=60, stale-while-revalidate=19"),
        (40, "public, max-age=39"),
        (1, "public, max-age=0"),
    ],
)
def test_no_cache_may_show_a_page_beyond_the_moment_it_ends(
    client: Client, world: World, half_a_second_later: datetime, seconds: int, control: str
) -> None:
    """What is left of the last second is rounded down."""
    world.publish(
        "ends", path="ends", body={}, valid_until=half_a_second_later + timedelta(seconds=seconds)
    )
    assert client.get("/api/v1/content/nl/ends").header("Cache-Control") == control


def test_a_page_that_shows_what_ends_soon_may_not_be_kept_longer(
    client: Client, world: World, half_a_second_later: datetime
) -> None:
    soon = half_a_second_later + timedelta(seconds=40)
    world.publish("offer", card={"title": "Kussen"}, valid_until=soon)
    world.publish("shows", path="shows", body={"cards": [references.card("thing:offer")]})
    assert client.get("/api/v1/content/nl/shows").header("Cache-Control") == "public, max-age=39"


def test_the_cache_tags_name_everything_that_a_page_shows(client: Client, world: World) -> None:
    world.publish("cushion", card={"title": "Kussen"})
    cards = [references.card("thing:cushion"), references.card("thing:not-there")]
    world.publish("shows", path="shows", body={"cards": cards})
    tags = client.get("/api/v1/content/nl/shows").header("Cache-Tag").split(", ")
    assert tags == ["thing:cushion", "thing:not-there", "thing:shows"]


def test_a_change_of_a_card_is_seen_at_once_with_another_etag(client: Client, world: World) -> None:
    world.publish("cushion", card={"title": "Kussen"})
    world.publish("shows", path="shows", body={"cards": [references.card("thing:cushion")]})
    before = client.get("/api/v1/content/nl/shows")
    world.publish("cushion", card={"title": "Lendenkussen"})
    after = client.get("/api/v1/content/nl/shows")
    assert after.json["cards"][0]["title"] == "Lendenkussen"
    assert after.header("ETag") != before.header("ETag")


# --- moved, hidden, gone -------------------------------------------------------------------


def test_a_moved_page_leads_to_its_new_address(client: Client, world: World) -> None:
    world.publish("back", path="rug/onderrug", body={"title": "Lage rugpijn"})
    reply = client.get(f"{BACK}?fields=title")
    assert reply.status == 301
    assert reply.header("Location") == "/api/v1/content/nl/rug/onderrug?fields=title"
    assert reply.json == {
        "location": "/api/v1/content/nl/rug/onderrug",
        "url": "http://localhost:8000/nl/rug/onderrug",
    }
    assert client.get(reply.header("Location")).json == {"title": "Lage rugpijn"}


def test_a_location_is_percent_encoded(client: Client, world: World) -> None:
    world.publish("back", path="rug/pijn-café", body={})
    location = client.get(BACK).header("Location")
    assert location == "/api/v1/content/nl/rug/pijn-caf%C3%A9"
    assert client.get(location).status == 200


def test_a_slash_at_the_end_leads_to_the_address_without_it(client: Client) -> None:
    reply = client.get(f"{BACK}/")
    assert (reply.status, reply.header("Location")) == (301, BACK)


def test_a_deleted_page_is_gone(client: Client, world: World) -> None:
    world.delete("back")
    world.settle()
    reply = client.get(BACK)
    assert (reply.status, reply.problem) == (410, "gone")
    assert reply.header("Cache-Control") == "no-store"


def test_absent_hidden_draft_and_restricted_cannot_be_told_apart(
    client: Client, world: World
) -> None:
    world.change("draft", None)
    world.publish("unseen", path="unseen", body={}, valid_from=timezone.now() + timedelta(days=1))
    world.publish("image", path="no-body")
    world.change("back", None)
    world.settle()
    replies = [
        client.get(f"/api/v1/content/{place}")
        for place in (
            "nl/nothing",
            "nl/rug/lage-rugpijn",
            "nl/unseen",
            "nl/no-body",
            "xx/rug",
            "xx",
        )
    ]
    assert {reply.status for reply in replies} == {404}
    assert len({(reply.body, str(reply.headers)) for reply in replies}) == 1


# --- fields --------------------------------------------------------------------------------


def test_only_the_fields_that_are_asked_for(client: Client) -> None:
    assert client.get(f"{BACK}?fields=sections,title").json == {
        "title": "Lage rugpijn",
        "sections": [],
    }


@pytest.mark.parametrize("fields", ["", "title,", "nonsense", "title,title", "title%20,lead"])
def test_fields_outside_the_list_are_refused(client: Client, fields: str) -> None:
    reply = client.get(f"{BACK}?fields={fields}")
    assert (reply.status, reply.problem, reply.named) == (400, "bad-request", {"fields"})


def test_before_the_first_full_load_nothing_is_absent(client: Client, empty: None) -> None:
    reply = client.get(BACK)
    assert (reply.status, reply.problem) == (503, "starting")
    assert reply.header("Retry-After") == "1"
