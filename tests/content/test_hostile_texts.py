"""Sixty hostile texts in every place of the database: none leaves the API as markup."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nh3
import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker
from ruamel.yaml import YAML

from api.application import Application
from cms.content.renderers import richtext
from cms.published.replica import Replica, replica
from tests.api.client import Client, Reply
from tests.content import builders, hostile_places

ROWS: list[dict[str, str]] = YAML(typ="safe").load(
    Path(__file__).with_name("hostile_texts.yaml").read_text(encoding="utf-8")
)
TEXTS = {row["tries"]: row["text"] for row in ROWS}
# Without it the database is not made for a run of this file alone.
pytestmark = pytest.mark.django_db
# What the toolbar of the editors' rich text makes, and what a pasted text may bring.
TAGS = {"p", "br", "b", "strong", "i", "em", "a", "ul", "ol", "li", "h2", "h3", "h4", "hr"}
SCHEMES = {"https", "http", "mailto", "tel"}
PATHS = [f"nek/{model.__name__.lower()}" for model in hostile_places.TYPES]

Replies = dict[str, dict[str, Reply]]


@pytest.fixture(scope="module")
def replies(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Replies]:
    """What the API answers, by what was tried and by address. The database forgets it again."""
    client, found = Client(Application()), {}
    media = tmp_path_factory.mktemp("media")
    with (
        override_settings(MEDIA_ROOT=media),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        places = hostile_places.places(builders.tree())
        for tries, text in TEXTS.items():
            hostile_places.fill(places, text)
            replica.start_from(Replica().refresh())
            addresses = [f"/api/v1/content/nl/{path}" for path in PATHS]
            found[tries] = {
                address: client.get(address) for address in [*addresses, "/api/v1/legal/disclaimer"]
            }
        transaction.set_rollback(True)
    yield found
    replica.reset()


class Markup(HTMLParser):
    """Every tag, attribute and address of a piece of HTML; `strange`: all that is neither."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.addresses: list[str] = []
        self.strange: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _value in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self.tags.add(tag)

    def note(self, data: str) -> None:
        self.strange.append(data)

    handle_comment = handle_decl = handle_pi = unknown_decl = note


def scheme_of(address: str) -> str:
    """As browsers find it: they drop what cannot be seen, wherever it stands."""
    return urlsplit("".join(char for char in address if char > " ")).scheme.lower()


def htmls(node: Any) -> Iterator[str]:
    """Every `html` of an answer."""
    if isinstance(node, dict):
        for name, child in node.items():
            if name == "html":
                assert isinstance(child, str)
                yield child
            else:
                yield from htmls(child)
    elif isinstance(node, list):
        for child in node:
            yield from htmls(child)


def names(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node
    for child in node.values() if isinstance(node, dict) else node:
        if isinstance(child, dict | list):
            yield from names(child)


def harmless(html: str) -> None:
    found = Markup(html)
    assert found.tags <= TAGS, html
    assert found.attributes <= {("a", "href")}, html
    assert {scheme_of(address) for address in found.addresses} <= SCHEMES | {""}, html
    assert found.strange == [], html
    # A browser's own parser finds nothing in it to change: it cannot turn into something else.
    same = nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None
    )
    assert same == html


def test_there_are_sixty_and_no_two_are_alike() -> None:
    assert len(ROWS) == len(TEXTS) == len(set(TEXTS.values())) == 60
    assert all(len(text) <= 255 for text in TEXTS.values())


@pytest.mark.parametrize("tries", TEXTS)
def test_html_has_the_allowed_tags_attributes_and_schemes_only(
    replies: Replies, tries: str
) -> None:
    for address, reply in replies[tries].items():
        assert reply.status == 200, address
        for html in htmls(reply.json):
            harmless(html)


@pytest.mark.parametrize("tries", TEXTS)
def test_a_plain_text_stays_what_it_is(replies: Replies, tries: str) -> None:
    text = TEXTS[tries]
    for path in PATHS:
        reply = replies[tries][f"/api/v1/content/nl/{path}"]
        assert reply.header("Content-Type") == "application/json"
        assert reply.header("X-Content-Type-Options") == "nosniff"
        assert (reply.json["title"], reply.json["lead"]) == (text, text)
    condition = replies[tries]["/api/v1/content/nl/nek/conditionpage"].json
    assert {section["heading"] for section in condition["sections"]} == {text}
    article = replies[tries]["/api/v1/content/nl/nek/articlepage"].json
    assert article["sources"][0]["title"] == text
    assert article["glossary"][0]["explanations"] == {"nl": text, "en": text}


@pytest.mark.parametrize("tries", TEXTS)
def test_no_mark_of_a_reference_leaves(replies: Replies, tries: str) -> None:
    for reply in replies[tries].values():
        assert not [name for name in names(reply.json) if name.startswith("$")]


def test_enough_was_asked(replies: Replies) -> None:
    """Ten types of sections and eight types of pages hold rich text in many places."""
    asked = [html for reply in replies["markup as entities"].values() for html in htmls(reply.json)]
    assert len(asked) >= 30


@pytest.mark.parametrize(
    "stored",
    [
        "<p>A\0<scr\0ipt>alert(1)</scr\0ipt></p>",
        '<a href="java\0script:alert(1)">A</a>',
        '<a linktype="page" id="' + "9" * 5000 + '">A</a>',
        '<embed embedtype="image" id="' + "9" * 5000 + '"/><p>A</p>',
        "<b>" * 5000 + "A",
        "<p>" + '<a href="https://a.example">' * 500 + "A",
    ],
    ids=["null in a text", "null in an address", "endless id", "endless image", "deep", "links"],
)
def test_what_some_databases_refuse_is_harmless_too(stored: str) -> None:
    node = richtext.rich(stored)
    assert node is not None
    for piece in node["html"]["$rich"]:
        harmless(piece if isinstance(piece, str) else str(piece["inner"]))


def test_a_link_to_a_page_made_by_hand_is_no_reference() -> None:
    node = richtext.rich('<p><a data-key="page:1">A</a></p>')
    assert node is not None
    assert node["html"] == {"$rich": ["<p><a>A</a></p>"]}
