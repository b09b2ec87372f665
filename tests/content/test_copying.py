"""Copying in the admin: what could not be published is refused in the form, and nothing is lost."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.content.models import ArticlePage, ConditionPage
from tests.content import builders
from tests.content.builders import Tree, fresh, key, touched

PUBLISH = {"publish_copies": "on"}
BELOW = {"copy_subpages": "on"}


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


@pytest.fixture
def condition(tree: Tree) -> Any:
    return builders.live(tree.nek, ConditionPage, "Nekpijn", key="nekpijn")


def copy(editor: Client, page: Any, to: Any, **said: str) -> Any:
    form = {"new_title": f"{page.title} 2", "new_slug": "kopie", "new_parent_page": to.pk}
    return editor.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form | said)


def refused(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return dict(answer.context["form"].errors)


def test_a_condition_is_copied_as_a_draft_and_published_once_it_has_a_key_of_its_own(
    tree: Tree, editor: Client, condition: Any
) -> None:
    assert copy(editor, condition, tree.rug).status_code == 302
    made = ConditionPage.objects.get(slug="kopie")
    assert (made.live, made.key) == (False, "nekpijn")
    with pytest.raises(ValidationError) as raised:
        builders.publish(made)
    assert list(raised.value.message_dict) == ["key"]

    made.key = "hoge-nekpijn"

    assert builders.publish(made).live


def test_a_published_copy_of_a_condition_is_refused_and_says_why(
    tree: Tree, editor: Client, condition: Any
) -> None:
    before = list(Page.objects.values_list("pk", "title", "live"))
    assert refused(copy(editor, condition, tree.rug, **PUBLISH)) == {
        "publish_copies": [
            "“Nekpijn”, key: Another condition has this key. "
            "Copy without publishing and mend it first."
        ]
    }
    assert list(Page.objects.values_list("pk", "title", "live")) == before


def test_a_branch_with_a_condition_in_it_is_refused_as_well(
    tree: Tree, editor: Client, condition: Any
) -> None:
    answer = copy(editor, tree.nek, tree.home, **PUBLISH, **BELOW)
    assert "“Nekpijn”" in refused(answer)["publish_copies"][0]
    assert not Page.objects.filter(slug="kopie").exists()


def test_a_branch_is_published_without_what_is_below_it(
    tree: Tree, editor: Client, condition: Any
) -> None:
    assert copy(editor, tree.nek, tree.home, **PUBLISH).status_code == 302
    assert Page.objects.get(slug="kopie").live


def test_a_condition_that_is_a_draft_does_not_hold_back_a_branch(
    tree: Tree, editor: Client, condition: Any
) -> None:
    condition.unpublish()
    assert copy(editor, tree.nek, tree.home, **PUBLISH, **BELOW).status_code == 302
    made = Page.objects.get(slug="kopie")
    assert made.live
    assert not made.get_children().get().live


def test_a_second_home_page_is_refused_when_it_would_be_published(
    tree: Tree, editor: Client
) -> None:
    answer = copy(editor, tree.home, Page.objects.get(depth=1), **PUBLISH)
    assert "There is a home page in this language already." in refused(answer)["publish_copies"][0]


def test_an_article_is_copied_and_published(tree: Tree, editor: Client) -> None:
    assert copy(editor, tree.article, tree.nek, **PUBLISH).status_code == 302
    made = ArticlePage.objects.get(slug="kopie")
    assert made.live
    assert touched()[key(made)] is False


def test_what_is_no_longer_allowed_is_refused(tree: Tree, editor: Client) -> None:
    """A page that was published before a rule changed stays live, but is not multiplied."""
    ArticlePage.objects.filter(pk=tree.article.pk).update(guideline_stance="supports")
    answer = copy(editor, fresh(tree.article), tree.nek, **PUBLISH)
    assert "Say where the guideline says so." in refused(answer)["publish_copies"][0]


def test_a_condition_can_be_mirrored(tree: Tree, editor: Client, condition: Any) -> None:
    """An alias is the same condition at another place: it has the same key."""
    assert copy(editor, condition, tree.rug, alias="on").status_code == 302
    made = ConditionPage.objects.get(slug="kopie")
    assert (made.live, made.key, made.alias_of_id) == (True, "nekpijn", condition.pk)


def test_other_mistakes_of_the_form_are_named_as_before(
    tree: Tree, editor: Client, condition: Any
) -> None:
    answer = copy(editor, condition, tree.nek, new_slug="nekpijn", **PUBLISH)
    assert set(refused(answer)) == {"new_slug", "publish_copies"}
