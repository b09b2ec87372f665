"""A draft through the API: the shape of a page, never cached, and nothing for a wrong token."""

from django.utils import timezone

from cms.content import previews
from cms.published import work
from cms.published.replica import replica
from tests.api.client import Client
from tests.content.builders import Tree
from tests.content.conftest import planted, tree

__all__ = ["planted", "tree"]


def test_a_draft_is_read_by_its_token_and_never_cached(client: Client, tree: Tree) -> None:
    work.number_all()
    replica.refresh()
    tree.article.title = "Ontwerp"
    reply = client.get(f"/api/v1/preview/{previews.keep(tree.article)}")
    assert reply.status == 200
    assert (reply.json["title"], reply.json["type"]) == ("Ontwerp", "article")
    assert [each["title"] for each in reply.json["breadcrumbs"]] == ["Begin", "Rug"]
    assert reply.header("Cache-Control") == "no-store"
    assert reply.header("X-Robots-Tag") == "noindex, nofollow"
    live = client.get("/api/v1/content/nl/rug/bewegen").json
    assert set(live) == set(reply.json)
    assert live["title"] == "Bewegen"
    replica.reset()


def test_a_wrong_token_finds_nothing(client: Client, tree: Tree) -> None:
    replica.refresh()
    token = previews.keep(tree.article)
    assert previews.read(token, timezone.now())
    for wrong in (token[:-2], "x", token.replace(":", "%20", 1)):
        assert client.get(f"/api/v1/preview/{wrong}").problem == "not-found"
    replica.reset()
