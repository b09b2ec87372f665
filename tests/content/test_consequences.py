"""“What changes if I publish this?”: answered from what is live, before the button is pressed."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.content.consequences import consequences
from cms.content.models import ArticlePage, IndexFeatured
from cms.published import work
from cms.published.replica import replica
from tests.content import builders
from tests.content.builders import Tree, key


def now_live() -> Any:
    work.number_all()
    return replica.refresh()


@pytest.fixture
def featured(tree: Tree) -> Any:
    """An article that an index page shows as a card and another article as a link."""
    page = builders.live(tree.rug, ArticlePage, "Getoond")
    tree.nek.featured.add(IndexFeatured(target=page))
    builders.publish(tree.nek)
    link = f'<p><a linktype="page" id="{page.pk}">lees</a></p>'
    builders.live(tree.rug, ArticlePage, "Met een link", body=link)
    builders.live(tree.rug, ArticlePage, "Zonder link")
    yield page
    replica.reset()


def test_every_live_page_that_names_it_is_listed(featured: Any) -> None:
    found = consequences(now_live(), key(featured), timezone.now())

    assert {shown.title for shown in found.shown_on} == {"Nek", "Met een link"}
    assert (found.live, found.advised) == (True, True)


def test_what_is_not_live_says_who_will_show_it(featured: Any) -> None:
    builders.fresh(featured).unpublish()

    found = consequences(now_live(), key(featured), timezone.now())
    assert {shown.title for shown in found.shown_on} == {"Nek", "Met een link"}
    assert (found.live, found.advised) == (False, False)


def test_the_form_says_it(featured: Any, client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    now_live()

    form = client.get(reverse("wagtailadmin_pages:edit", args=[featured.pk])).content.decode()
    panel = form.split('class="consequences"')[1].split("</div>")[0]
    assert "2 live pages name it" in panel
    assert "Nek" in panel
    assert "Met een link" in panel
    assert "Compare" not in panel

    featured.title = "Anders"
    featured.save_revision()
    form = client.get(reverse("wagtailadmin_pages:edit", args=[featured.pk])).content.decode()
    assert "Compare with what is live now" in form


def test_a_new_page_says_so(tree: Tree, client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    now_live()
    address = reverse("wagtailadmin_pages:add", args=["content", "articlepage", tree.rug.pk])

    assert "It is not live yet" in client.get(address).content.decode()
    replica.reset()
