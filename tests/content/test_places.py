"""Where a page is, and when nobody may see it there."""

import pytest
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Locale, Page, PageViewRestriction

from cms.content import places
from cms.content.models import ArticlePage
from tests.content import builders
from tests.content.builders import Tree, fresh


@pytest.mark.parametrize(
    ("url_path", "roots", "expected"),
    [
        ("/begin/rug/spit/", ["/begin/"], "rug/spit"),
        ("/begin/", ["/begin/"], ""),
        ("/elders/rug/", ["/begin/"], None),
        ("/begin-2/rug/", ["/begin/"], None),
        ("/begin/rug/spit/", ["/begin/rug/", "/begin/"], "spit"),
        ("/begin/rug/", [], None),
    ],
)
def test_a_path_is_what_follows_the_nearest_root(
    url_path: str, roots: list[str], expected: str | None
) -> None:
    assert places.path_below(url_path, roots) == expected


def test_a_page_has_its_address_below_the_home_page_of_its_site(tree: Tree) -> None:
    assert places.path_of(tree.article) == "rug/bewegen"
    assert places.path_of(tree.home) == ""
    assert places.path_of(Page.objects.get(depth=1)) is None


def test_a_translation_of_the_home_page_is_a_root_too(tree: Tree) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    home = CopyPageForTranslationAction(fresh(tree.home), english).execute()
    page = builders.live(home, ArticlePage, "Moving", locale=english)
    assert places.path_of(page) == "moving"


def test_breadcrumbs_go_from_the_home_page_down(tree: Tree) -> None:
    assert places.breadcrumbs_of(tree.article) == [tree.home.pk, tree.rug.pk]


@pytest.mark.parametrize(
    ("restricted", "kind", "expected"),
    [
        ("article", "login", True),
        ("rug", "login", True),
        ("home", "password", True),
        ("nek", "login", False),
        ("rug", "none", False),
    ],
)
def test_a_page_is_private_when_it_or_a_page_above_it_is(
    tree: Tree, restricted: str, kind: str, expected: bool
) -> None:
    PageViewRestriction.objects.create(page=getattr(tree, restricted), restriction_type=kind)
    assert places.is_restricted(tree.article) is expected


def test_an_alias_is_as_private_as_its_source(tree: Tree) -> None:
    alias = fresh(tree.article).create_alias(parent=fresh(tree.nek), update_slug="ook")
    PageViewRestriction.objects.create(page=tree.article, restriction_type="login")
    assert places.is_restricted(fresh(alias))


def test_privacy_reaches_pages_below_an_alias_of_a_branch(tree: Tree) -> None:
    alias = fresh(tree.rug).create_alias(parent=fresh(tree.nek), update_slug="ook", recursive=True)
    below = set(places.subtree(Page.objects.get(pk=alias.pk)).values_list("pk", flat=True))
    assert places.sharing_privacy_with(fresh(tree.rug)) == {
        tree.rug.pk,
        tree.article.pk,
        *below,
    }
