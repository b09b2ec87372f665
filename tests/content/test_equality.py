"""Whatever editors do in Wagtail, the list of publications equals a fresh rendering afterwards.

Every change here goes through Wagtail alone: if a signal were missed, a row would be out of date.
"""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any

from django.conf import settings as django_settings
from django.db import transaction
from django.db.models import RestrictedError
from django.test import override_settings
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import Page, PageViewRestriction, Site

from cms.content.models import (
    ArticleCondition,
    ArticlePage,
    ArticleTerm,
    ConditionPage,
    CustomImage,
    IndexPage,
    Term,
)
from cms.published import work
from tests.content import builders
from tests.content.builders import Tree, fresh
from tests.published.equality import differences, table
from tests.published.equality import fresh as fresh_rendering


class Desk:
    """An editor's desk: a tree with mentions in all directions, and things to do to it."""

    def __init__(self) -> None:
        self.tree: Tree = builders.tree()
        self.image = builders.image()
        builders.term("stress", "factor")
        condition = builders.live(self.tree.nek, ConditionPage, "Nekpijn")
        article = fresh(self.tree.article)
        article.image = self.image
        article.item_terms = [ArticleTerm(term=Term.objects.get(key="stress"))]
        article.item_conditions = [ArticleCondition(condition=condition)]
        builders.publish(article)
        home = fresh(self.tree.home)
        home.featured = [type(home).featured.rel.related_model(target=condition)]
        builders.publish(home)

    def pages(self) -> list[Any]:
        found = Page.objects.filter(depth__gt=1).exclude(pk=self.tree.home.pk).order_by("pk")
        return [page.specific for page in found]

    def own_pages(self) -> list[Any]:
        return [page for page in self.pages() if page.alias_of_id is None]

    def branches(self) -> list[Any]:
        return [page for page in self.pages() if isinstance(page, IndexPage)]


def pick(found: list[Any], number: int) -> Any:
    return found[number % len(found)] if found else None


def publish(desk: Desk, number: int) -> None:
    page = pick(desk.own_pages(), number)
    page.title = f"Titel {number}"
    builders.publish(page)


def save_draft(desk: Desk, number: int) -> None:
    page = pick(desk.own_pages(), number)
    page.title = f"Concept {number}"
    if not page.live:
        page.save()
    page.save_revision(clean=False)


def unpublish(desk: Desk, number: int) -> None:
    pick(desk.pages(), number).unpublish()


def new_slug(desk: Desk, number: int) -> None:
    page = pick(desk.own_pages(), number)
    page.slug = f"adres-{number}"
    if not page.get_siblings(inclusive=False).filter(slug=page.slug).exists():
        builders.publish(page)


def move(desk: Desk, number: int) -> None:
    page, target = pick(desk.pages(), number), pick(desk.branches(), number // 7)
    if target and not target.path.startswith(page.path):
        slugs = target.get_children().exclude(pk=page.pk).values_list("slug", flat=True)
        if page.slug not in set(slugs):
            page.move(target, pos="last-child")


def move_out_of_the_site(desk: Desk, number: int) -> None:
    page = pick(desk.pages(), number)
    root = Page.objects.get(depth=1)
    if not root.get_children().exclude(pk=page.pk).filter(slug=page.slug).exists():
        page.move(root, pos="last-child")


def restrict(desk: Desk, number: int) -> None:
    page = pick(desk.own_pages(), number)
    if not page.view_restrictions.exists():
        PageViewRestriction.objects.create(page=page, restriction_type="login")


def lift(desk: Desk, number: int) -> None:
    found = pick(list(PageViewRestriction.objects.order_by("pk")), number)
    if found:
        found.delete()


def add(desk: Desk, number: int) -> None:
    parent = pick(desk.branches(), number) or desk.tree.home
    builders.live(parent, ArticlePage, f"Nieuw {number}", image=pick(list(images()), number))


def alias(desk: Desk, number: int) -> None:
    page = pick(desk.own_pages(), number)
    slug = f"kopie-{number}"
    if not page.get_siblings().filter(slug=slug).exists():
        page.create_alias(parent=page.get_parent(), update_slug=slug)


def delete(desk: Desk, number: int) -> None:
    page = pick(desk.pages(), number)
    with suppress(RestrictedError), transaction.atomic():  # a condition that items name
        page.delete()


def delete_image(desk: Desk, number: int) -> None:
    found = pick(list(images()), number)
    if found:
        found.delete()


def relabel(desk: Desk, number: int) -> None:
    term = Term.objects.get(key="stress")
    term.label_nl, term.retired = f"Stress {number}", bool(number % 2)
    term.save()


def begin_site_elsewhere(desk: Desk, number: int) -> None:
    site = Site.objects.get()
    site.root_page = pick([desk.tree.home, *desk.branches()], number)
    site.save()


def images() -> Any:
    return CustomImage.objects.order_by("pk")


CHANGES: list[Callable[[Desk, int], None]] = [
    publish,
    save_draft,
    unpublish,
    new_slug,
    move,
    move_out_of_the_site,
    restrict,
    lift,
    add,
    alias,
    delete,
    delete_image,
    relabel,
    begin_site_elsewhere,
]


class StoriesEndEqual(TestCase):
    desk: Desk

    @classmethod
    def setUpTestData(cls) -> None:
        cls.media = override_settings(MEDIA_ROOT=tempfile.mkdtemp(prefix="herstelwijzer-media-"))
        cls.media.enable()
        cls.desk = Desk()
        work.number_all()

    @classmethod
    def tearDownClass(cls) -> None:
        shutil.rmtree(Path(django_settings.MEDIA_ROOT))
        cls.media.disable()
        super().tearDownClass()

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 50)), max_size=6), st.data())
    def test_after_any_changes_the_list_equals_a_fresh_rendering(
        self, story: list[tuple[Callable[[Desk, int], None], int]], data: st.DataObject
    ) -> None:
        for change, number in story:
            if self.desk.own_pages():
                note(f"{change.__name__} {number}")
                change(self.desk, number)
            if data.draw(st.booleans()):
                work.number_all()
        self.assert_equal()

    def test_each_change_alone_is_followed(self) -> None:
        for change, number in product(CHANGES, range(3)):
            with self.subTest(change=change.__name__, number=number), transaction.atomic():
                change(self.desk, number)
                self.assert_equal()
                transaction.set_rollback(True)

    def assert_equal(self) -> None:
        work.number_all()
        assert differences(fresh_rendering(), table()) == []
