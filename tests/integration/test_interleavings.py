"""Any interleaving of what editors, renderers and readers do ends in equal readers.

Hypothesis makes up stories of edits, publishes, hides, moves, schedules, restrictions and
renderers that fail or are overtaken, with readers that come by now and then. Afterwards every
reader holds what a fresh rendering of all objects says, and no reader went back or saw one number
with two contents.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.content import publishing, schedule
from cms.content.models import ArticlePage, HomePage, IndexPage, Term
from cms.content.vocabulary import TermKind
from cms.published import changes, numbering, registry, stops, touches, work
from cms.published.models import Failure
from cms.published.replica import Replica
from cms.published.view import Row
from tests.published.equality import differences, fresh, live_columns, table

ARTICLES = 4
FOLDERS = 2


@dataclass
class Follower:
    """A reader of `changes` as Elasticsearch or a webhook is: a cursor and what it was told."""

    epoch: int = 0
    seq: int = 0
    rows: dict[str, Row] = field(default_factory=dict)
    contents: dict[tuple[int, int], str] = field(default_factory=dict)

    def read(self, limit: int) -> None:
        found = changes.read(self.epoch, self.seq, limit)
        if found.reset:
            self.rows.clear()
        else:
            assert found.seq >= self.seq, "a reader went back"
        for row in found.rows:
            before = self.rows.get(row.key)
            assert before is None or row.seq >= before.seq, f"{row.key} went back"
            content = self.contents.setdefault((found.epoch, row.seq), row.hash)
            assert content == row.hash, f"number {row.seq} has two contents"
            self.rows[row.key] = row
        self.epoch, self.seq = found.epoch, found.seq


class Newsroom:
    """A small site, its editors, a renderer that can fail, and three readers."""

    def __init__(self) -> None:
        root = Page.get_first_root_node()
        for left_over in root.get_children():
            left_over.delete()
        root.refresh_from_db()
        locale, _ = Locale.objects.get_or_create(language_code="nl")
        self.home = self._add(root, HomePage(title="Home", slug="home", lead="x", locale=locale))
        with transaction.atomic():
            Site.objects.all().delete()
            Site.objects.create(hostname="localhost", root_page=self.home, is_default_site=True)
        self.folders = [self._folder(number) for number in range(FOLDERS)]
        self.articles = [self._article(number) for number in range(ARTICLES)]
        self.term = Term(key="sleep", kind=TermKind.FACTOR, label_nl="Slaap", label_en="Sleep")
        self.term.save()
        self.broken: set[int] = set()
        self.held: list[numbering.Seen] = []
        self.replica = Replica()
        self.followers = [Follower(), Follower()]

    @staticmethod
    def _add(parent: Any, page: Any) -> Any:
        with transaction.atomic():
            Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
            page.save_revision().publish()
        return page

    def _folder(self, number: int) -> Any:
        return self._add(self.home, IndexPage(title=f"F{number}", slug=f"f{number}", lead="x"))

    def _article(self, number: int) -> Any:
        body = f'<p><a linktype="page" id="{self.folders[0].pk}">map</a></p>'
        page = ArticlePage(title=f"A{number}", slug=f"a{number}", lead="x", body=body)
        return self._add(self.folders[0], page)

    def article(self, number: int) -> Any | None:
        return ArticlePage.objects.filter(pk=self.articles[number].pk).first()

    def render(self, page: Any) -> Any:
        if page.pk in self.broken:
            raise ValueError("this renderer has a fault")
        return publishing.render_page(page)

    # --- what editors do ------------------------------------------------------------------

    def edit(self, number: int, word: str) -> None:
        if page := self.article(number):
            page.title = f"A{number} {word}"
            page.save_revision()

    def publish(self, number: int, word: str) -> None:
        if page := self.article(number):
            page.title = f"A{number} {word}"
            page.go_live_at = page.expire_at = None
            page.save_revision().publish()

    def unpublish(self, number: int, _: str) -> None:
        if page := self.article(number):
            page.unpublish()

    def move(self, number: int, word: str) -> None:
        target = self.folders[len(word) % FOLDERS]
        page = self.article(number)
        if page and page.get_parent().pk != target.pk:
            page.move(IndexPage.objects.get(pk=target.pk), pos="last-child")

    def move_folder(self, number: int, _: str) -> None:
        """The second folder goes below the first, or back to the home page."""
        folder = IndexPage.objects.get(pk=self.folders[1].pk)
        first = IndexPage.objects.get(pk=self.folders[0].pk)
        home = HomePage.objects.get(pk=self.home.pk)
        folder.move(home if folder.is_child_of(first) else first, pos="last-child")

    def rename_folder(self, number: int, word: str) -> None:
        folder = IndexPage.objects.get(pk=self.folders[number % FOLDERS].pk)
        folder.slug = f"f{number % FOLDERS}{word}"
        folder.save_revision().publish()

    def unpublish_folder(self, number: int, _: str) -> None:
        folder = IndexPage.objects.get(pk=self.folders[number % FOLDERS].pk)
        if folder.live:
            folder.unpublish()
        else:
            folder.save_revision().publish()

    def delete(self, number: int, _: str) -> None:
        if page := self.article(number):
            page.delete()

    def schedule(self, number: int, word: str) -> None:
        """A change for tomorrow, and tomorrow comes with `clock`."""
        if page := self.article(number):
            page.title = f"A{number} {word} scheduled"
            page.go_live_at = timezone.now() + timedelta(days=1)
            page.save_revision().publish()

    def expire(self, number: int, _: str) -> None:
        if page := self.article(number):
            page.expire_at = timezone.now() + timedelta(days=1)
            page.go_live_at = None
            page.save_revision().publish()

    def clock(self, _: int, __: str) -> None:
        tomorrow = timezone.now() + timedelta(days=2)
        for key, task in list(schedule.due(tomorrow)):
            schedule.do(key, task)

    def restrict(self, number: int, _: str) -> None:
        with transaction.atomic():
            page = self.folders[number % FOLDERS]
            found = PageViewRestriction.objects.filter(page_id=page.pk).first()
            if found:
                found.delete()
            else:
                PageViewRestriction.objects.create(
                    page_id=page.pk, restriction_type=PageViewRestriction.LOGIN
                )

    def stop(self, number: int, _: str) -> None:
        key = f"page:{self.articles[number].pk}"
        if stops.active(key):
            stops.lift(key, by="Noor")
            return
        with suppress(registry.UnknownKey):  # deleted before it was ever numbered
            stops.stop(key, by="Noor", why="recall")

    def rename_term(self, _: int, word: str) -> None:
        self.term.label_nl = f"Slaap {word}"
        self.term.save()

    # --- what goes wrong ------------------------------------------------------------------

    def break_renderer(self, number: int, _: str) -> None:
        self.broken ^= {self.articles[number].pk}

    def hold(self, number: int, _: str) -> None:
        """A process reads and renders, and then is slow to store."""
        key = f"page:{self.articles[number].pk}"
        ids = touches.seen(key)
        found = self.article(number)
        if not ids or (found and found.pk in self.broken):
            return
        rendering = None if found is None or stops.active(key) else publishing.render_page(found)
        self.held.append(numbering.Seen(key, ids, rendering, deleted=found is None))

    def store_held(self, _: int, __: str) -> None:
        while self.held:
            try:
                numbering.store(self.held.pop(0))
            except numbering.Overtaken:
                continue

    # --- what processes do ----------------------------------------------------------------

    def number_one(self, _: int, __: str) -> None:
        for key in work.pending(1):
            numbering.number(key)

    def number_hides(self, _: int, __: str) -> None:
        numbering.number_hides()

    def refresh(self, _: int, __: str) -> None:
        before = self.replica.view().seq if self.replica.ready else 0
        assert self.replica.refresh().seq >= before

    def follow(self, number: int, word: str) -> None:
        self.followers[number % 2].read(limit=len(word) + 1)

    def settle(self) -> None:
        self.broken.clear()
        self.store_held(0, "")
        Failure.objects.update(retry_at=timezone.now() - timedelta(seconds=1))
        work.number_all()
        assert not Failure.objects.exists(), list(Failure.objects.values_list("reason", flat=True))
        self.replica.refresh()
        for follower in self.followers:
            for _ in range(200):
                follower.read(limit=5)


DEEDS: list[Callable[[Newsroom, int, str], None]] = [
    Newsroom.edit,
    Newsroom.publish,
    Newsroom.unpublish,
    Newsroom.move,
    Newsroom.move_folder,
    Newsroom.rename_folder,
    Newsroom.unpublish_folder,
    Newsroom.delete,
    Newsroom.schedule,
    Newsroom.expire,
    Newsroom.clock,
    Newsroom.restrict,
    Newsroom.stop,
    Newsroom.rename_term,
    Newsroom.break_renderer,
    Newsroom.hold,
    Newsroom.store_held,
    Newsroom.number_one,
    Newsroom.number_one,
    Newsroom.number_hides,
    Newsroom.refresh,
    Newsroom.follow,
]
stories = st.lists(
    st.tuples(
        st.sampled_from(DEEDS),
        st.integers(0, ARTICLES - 1),
        st.text("abc", min_size=1, max_size=3),
    ),
    min_size=5,
    max_size=25,
)


class AnyInterleaving(TestCase):
    def setUp(self) -> None:
        ContentType.objects.clear_cache()

    @settings(
        max_examples=40,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(story=stories)
    def test_ends_in_readers_that_equal_a_fresh_rendering(self, story: list[Any]) -> None:
        newsroom = Newsroom()
        kind, _ = registry.kind_of("page:1")
        with patch.dict(registry._kinds, page=_with_render(kind, newsroom.render)):
            for deed, number, word in story:
                note(f"{deed.__name__}({number}, {word!r})")
                deed(newsroom, number, word)
            newsroom.settle()
            expected = fresh()

        assert differences(expected, table()) == []
        view = newsroom.replica.view()
        assert differences(expected, live_columns(view.rows.values())) == []
        for follower in newsroom.followers:
            assert differences(expected, live_columns(follower.rows.values())) == []
        now = timezone.now()
        for key, columns in expected.items():
            if columns["path"] is not None:
                found = view.find(columns["locale"], columns["path"], now)
                assert found is not None
                assert found.row.key == key


def _with_render(kind: registry.Kind, render: Callable[[Any], Any]) -> registry.Kind:
    return registry.Kind(kind.prefix, kind.load, kind.ids, render, kind.after)
