"""The report of what is due: reviews, safety reviews and licences of images, oldest first."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.content.due import AHEAD, due
from cms.content.models import ArticlePage, ConditionPage, ProductPage
from tests.content import builders
from tests.content.builders import Tree

TODAY = date(2026, 11, 24)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


@pytest.fixture
def pages(tree: Tree) -> None:
    review = {"reviewed_by": "A. Jansen", "reviewed_on": day(-900)}
    builders.live(tree.rug, ArticlePage, "Te laat", next_review_due=day(-3), **review)
    builders.live(tree.rug, ConditionPage, "Binnenkort", next_review_due=day(59), **review)
    builders.live(tree.rug, ArticlePage, "Later", next_review_due=day(61), **review)
    builders.draft(tree.rug, ArticlePage, "Kladje", next_review_due=day(-3), **review)
    safety = {"safety_kind": "demo", "safety_by": "B. Bakker", "safety_on": day(-300)}
    builders.live(tree.rug, ProductPage, "Kussen", safety_until=day(0), **safety)
    builders.image("Foto", licence_until=day(-10))
    builders.image("Voor altijd")


def test_what_is_live_and_due_is_listed_oldest_first(pages: None) -> None:
    found = [(each.on, each.title, each.by) for each in due(TODAY + AHEAD)]

    assert found == [
        (day(-10), "Foto", "Wij"),
        (day(-3), "Te laat", "A. Jansen"),
        (day(0), "Kussen", "B. Bakker"),
        (day(59), "Binnenkort", "A. Jansen"),
    ]


def test_the_report_leads_to_the_form_and_can_be_exported(tree: Tree, client: Client) -> None:
    past = timezone.localdate() - timedelta(days=1)
    review = {"reviewed_by": "A", "reviewed_on": past - timedelta(days=9), "next_review_due": past}
    page = builders.live(tree.rug, ArticlePage, "Te laat", **review)
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))

    report = client.get(reverse("content_due")).content.decode()
    assert "Te laat" in report
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in report
    exported = client.get(reverse("content_due"), {"export": "csv"})
    assert "Te laat" in b"".join(exported).decode()


def test_only_editors_see_the_report(client: Client, db: None) -> None:
    assert client.get(reverse("content_due")).status_code == 302
