"""Legal texts and the ten types of sections through the API, each as documented."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from cms.content.models import ConditionPage, LegalText, SymptomCondition, SymptomPage
from cms.published import work
from cms.published.replica import Replica, replica
from tests.api.client import Client
from tests.api.document import keeps_to
from tests.content import builders, every_section
from tests.content.builders import Tree

LEGAL = "/api/v1/legal/disclaimer"


@pytest.fixture
def tree(db: None, settings: Settings, tmp_path: Path) -> Iterator[Tree]:
    settings.MEDIA_ROOT = tmp_path
    yield builders.tree()
    replica.reset()


def serve() -> None:
    """This process serves what is published now."""
    work.number_all()
    replica.start_from(Replica().refresh())


@pytest.fixture
def versions(tree: Tree) -> None:
    builders.legal(title="Oud")
    builders.legal(title="Nieuw", changes="Korter.")
    builders.legal(locale="en", title="Important")
    serve()


def legal(client: Client, address: str) -> Any:
    reply = client.get(address)
    assert reply.status == 200, reply.body
    template = "/api/v1/legal/{key}" + ("/versions/{version}" if "versions" in address else "")
    keeps_to("GET", template, reply)
    return reply.json


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (LEGAL, ("nl", 2, "Nieuw", "Korter.")),
        (f"{LEGAL}?locale=en", ("en", 1, "Important", None)),
        (f"{LEGAL}/versions/1", ("nl", 1, "Oud", None)),
        (f"{LEGAL}/versions/2?locale=nl", ("nl", 2, "Nieuw", "Korter.")),
    ],
)
def test_a_text_is_answered_by_its_language_and_number(
    versions: None, client: Client, address: str, expected: tuple[Any, ...]
) -> None:
    found = legal(client, address)
    assert tuple(found[name] for name in ("locale", "version", "title", "changes")) == expected
    assert found["body"]["text"] == "Vervangt geen arts."


@pytest.mark.parametrize(
    "address",
    [
        f"{LEGAL}/versions/3",
        f"{LEGAL}/versions/0",
        f"{LEGAL}/versions/01",
        f"{LEGAL}/versions/2?locale=en",
        "/api/v1/legal/terms",
        "/api/v1/legal/disclaimer:nl",
        "/api/v1/legal/recipe",
    ],
)
def test_what_is_not_there_is_not_found(versions: None, client: Client, address: str) -> None:
    assert client.get(address).problem == "not-found"


@pytest.mark.parametrize("address", [LEGAL, f"{LEGAL}/versions/1"])
def test_an_unknown_language_or_parameter_is_named(
    versions: None, client: Client, address: str
) -> None:
    assert client.get(f"{address}?locale=fr").named == {"locale"}
    assert client.get(f"{address}?lang=nl").named == {"lang"}


def test_a_text_that_is_known_is_not_sent_again(versions: None, client: Client) -> None:
    tag = client.get(LEGAL).header("ETag")
    assert client.get(LEGAL, headers={"If-None-Match": tag}).status == 304


def test_an_unpublished_version_makes_way_for_the_one_before(
    versions: None, client: Client
) -> None:
    LegalText.objects.get(locale="nl", version=2).unpublish()
    serve()
    assert legal(client, LEGAL)["version"] == 1
    assert client.get(f"{LEGAL}/versions/2").problem == "not-found"


def test_a_condition_with_all_ten_types_of_sections_is_as_documented(
    tree: Tree, client: Client
) -> None:
    found = every_section.mentioned(tree)
    builders.legal()
    page = builders.draft(tree.nek, ConditionPage, "Rugpijn", screening="rugpijn")
    page.sections = ConditionPage._meta.get_field("sections").stream_block.to_python(
        every_section.sections(found)
    )
    builders.publish(page)
    serve()
    reply = client.get("/api/v1/content/nl/nek/rugpijn")
    keeps_to("GET", "/api/v1/content/{locale}/{path}", reply)
    content = {each["type"]: each["content"] for each in reply.json["sections"]}
    assert content["description"]["statistics"][0]["source"]["title"] == "Richtlijn"
    assert content["diagnosis"]["steps"][0]["glossary"]["words"]["nl"] == "hernia"
    # privacy is not live
    assert [text["legal"] for text in content["information"]["texts"]] == ["disclaimer"]
    assert [group["heading"] for group in content["products"]["groups"]] == ["Zitten", "Slapen"]
    assert reply.json["must_show"][-2]["legal"]["body"]["text"] == "Vervangt geen arts."
    found.product.unpublish()
    serve()
    later = client.get("/api/v1/content/nl/nek/rugpijn")
    keeps_to("GET", "/api/v1/content/{locale}/{path}", later)
    [products] = [each for each in later.json["sections"] if each["type"] == "products"]
    assert [group["heading"] for group in products["content"]["groups"]] == ["Zitten"]


def test_a_symptom_is_as_documented(tree: Tree, client: Client) -> None:
    condition = builders.live(tree.rug, ConditionPage, "Hernia", key="hernia")
    page = builders.draft(tree.rug, SymptomPage, "Pijn")
    page.possible = [SymptomCondition(condition=condition, typicality="often")]
    builders.publish(page)
    serve()
    reply = client.get("/api/v1/content/nl/rug/pijn")
    keeps_to("GET", "/api/v1/content/{locale}/{path}", reply)
    assert reply.json["possible"][0]["condition"]["condition"] == "hernia"
    condition.unpublish()
    serve()
    assert client.get("/api/v1/content/nl/rug/pijn").json["possible"] == []
