"""Pages and terms that others use are retired, not deleted."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.content import usage
from cms.content.models import ArticlePage, ArticleTerm, ConditionPage, Term
from tests.content import builders
from tests.content.builders import SECTION, Tree, fresh


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


@pytest.fixture
def in_use(tree: Tree) -> Tree:
    """The article stands on a card, in a link and under a term."""
    cards = [{"heading": "Lees", "chosen": [tree.article.pk]}]
    treatment = {"heading": "Doen", "aspect": "self_care", "points": [], "cards": cards}
    condition = builders.draft(tree.nek, ConditionPage, "Nekpijn")
    condition.sections = json.dumps([SECTION, {"type": "treatment", "value": treatment}])
    builders.publish(condition)
    page = fresh(tree.article)
    page.item_terms.add(ArticleTerm(term=builders.term("stress", "factor")))
    builders.publish(page)
    return tree


def titles(found: list[usage.Use]) -> list[tuple[str, str]]:
    return [(str(used), str(source)) for used, source in found]


def test_a_page_on_a_card_is_in_use(in_use: Tree) -> None:
    assert titles(usage.uses_from_outside([fresh(in_use.article)])) == [("Bewegen", "Nekpijn")]


def test_a_branch_is_in_use_when_a_page_in_it_is(in_use: Tree) -> None:
    assert titles(usage.uses_from_outside([fresh(in_use.rug)])) == [("Bewegen", "Nekpijn")]


def test_what_goes_along_does_not_count(in_use: Tree) -> None:
    assert usage.uses_from_outside([fresh(in_use.rug), fresh(in_use.nek)]) == []


def test_the_home_page_of_a_site_is_in_use(tree: Tree) -> None:
    assert titles(usage.uses_from_outside([fresh(tree.home)])) == [("Begin", str(tree.site))]


def said(answer: Any) -> list[str]:
    return [str(message).strip() for message in get_messages(answer.wsgi_request)]


def test_rule_12_the_admin_refuses_to_delete_a_page_in_use(in_use: Tree, editor: Client) -> None:
    answer = editor.post(reverse("wagtailadmin_pages:delete", args=[in_use.article.pk]))
    assert answer.status_code == 302
    assert said(answer) == [
        "“Bewegen” is used by “Nekpijn” and was not deleted. "
        "Unpublish it instead, or take it out there first."
    ]
    assert Page.objects.filter(pk=in_use.article.pk).exists()


def test_the_admin_refuses_to_delete_a_selection_in_use(in_use: Tree, editor: Client) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    editor.post(f"{address}?id={in_use.article.pk}")
    assert Page.objects.filter(pk=in_use.article.pk).exists()


def test_rule_12_the_admin_refuses_to_delete_a_term_in_use(in_use: Tree, editor: Client) -> None:
    stress = Term.objects.get(key="stress")
    address = reverse(Term.snippet_viewset.get_url_name("delete"), args=[stress.pk])
    answer = editor.post(address)
    assert said(answer) == [
        "“stress (en) (factor)” is used by “Bewegen” and was not deleted. "
        "Retire it instead: it stays where it is and cannot be chosen any more."
    ]
    assert Term.objects.filter(pk=stress.pk).exists()


def test_what_nobody_uses_is_deleted(tree: Tree, editor: Client) -> None:
    spare = builders.live(tree.rug, ArticlePage, "Los")
    unused = builders.term("los", "factor")
    editor.post(reverse("wagtailadmin_pages:delete", args=[spare.pk]))
    editor.post(reverse(Term.snippet_viewset.get_url_name("delete"), args=[unused.pk]))
    assert not Page.objects.filter(pk=spare.pk).exists()
    assert not Term.objects.filter(pk=unused.pk).exists()
