"""Editors find what is published as soon as it is numbered, and drafts soon after."""

import pytest
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.content import editor_search
from cms.content.models import ArticlePage, Term
from cms.published import work
from tests.content import builders
from tests.content.builders import Tree, fresh


def found(words: str) -> list[str]:
    return sorted(page.title for page in Page.objects.all().search(words))


def test_a_published_page_is_found_once_it_is_numbered(tree: Tree) -> None:
    page = fresh(tree.article)
    page.title = "Fietsen"
    builders.publish(page)
    assert found("fietsen") == []
    work.number_all()
    assert found("fietsen") == ["Fietsen"]


def test_a_draft_is_found_soon(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor_search, "_next_time", 0.0)
    builders.draft(tree.rug, ArticlePage, "Zwemmen")
    editor_search.index_forgotten()
    assert found("zwemmen") == ["Zwemmen"]
    builders.draft(tree.rug, ArticlePage, "Zwemmen in zee")
    editor_search.index_forgotten()  # not again within half a minute
    assert found("zee") == []


def test_a_deleted_page_is_not_found(tree: Tree) -> None:
    assert found("bewegen") == ["Bewegen"]
    fresh(tree.article).delete()
    assert found("bewegen") == []


def test_terms_are_found_by_their_labels(tree: Tree) -> None:
    builders.term("stress", "factor", label_nl="Spanning")
    work.number_all()
    assert [term.key for term in get_search_backend().search("spanning", Term)] == ["stress"]
