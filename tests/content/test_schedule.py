"""What is due is done object by object: one that raises stops nobody, and nothing is done twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.content import schedule
from cms.content.models import ArticlePage
from cms.published.models import Failure, Lease
from tests.content import builders
from tests.content.builders import Tree, fresh

PAST = timezone.now() - timedelta(minutes=1)


def expired(page: Any) -> Any:
    Page.objects.filter(pk=page.pk).update(expire_at=PAST)
    return page


def ready(page: Any) -> Any:
    """A draft whose revision should have gone live a minute ago."""
    page.go_live_at = PAST
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=PAST)
    return page


def test_rule_09_a_page_goes_live_when_its_time_has_come(tree: Tree) -> None:
    page = ready(builders.draft(tree.rug, ArticlePage, "Nieuw"))
    schedule.run()
    assert fresh(page).live
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


def test_rule_09_a_page_expires_when_its_time_has_come(tree: Tree) -> None:
    expired(tree.article)
    schedule.run()
    found = fresh(tree.article)
    assert (found.live, found.expired) == (False, True)


def test_nothing_happens_before_its_time(tree: Tree) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    Page.objects.filter(pk=tree.article.pk).update(expire_at=tomorrow)
    page = builders.draft(tree.rug, ArticlePage, "Nieuw")
    page.go_live_at = tomorrow
    page.save_revision().publish()
    schedule.run()
    assert fresh(tree.article).live
    assert not fresh(page).live


def test_rule_09_one_that_raises_stops_nobody_and_is_recorded(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (
        ready(builders.draft(tree.rug, ArticlePage, title)) for title in ("Een", "Twee")
    )
    original = ArticlePage.full_clean

    def full_clean(page: ArticlePage, *args: Any, **kwargs: Any) -> None:
        if page.title == "Een":
            raise RuntimeError("broken")
        original(page, *args, **kwargs)

    monkeypatch.setattr(ArticlePage, "full_clean", full_clean)
    schedule.run()
    assert (fresh(first).live, fresh(second).live) == (False, True)
    failure = Failure.objects.get(reader="schedule")
    assert (failure.key, failure.reason) == (builders.key(first), "RuntimeError: broken")

    monkeypatch.setattr(ArticlePage, "full_clean", original)
    schedule.run()  # too early for another try
    assert not fresh(first).live
    Failure.objects.update(retry_at=PAST)
    schedule.run()
    assert fresh(first).live
    assert not Failure.objects.filter(reader="schedule").exists()


def test_rule_09_what_another_process_is_doing_is_left_to_it(tree: Tree) -> None:
    expired(tree.article)
    until = timezone.now() + timedelta(minutes=1)
    Lease.objects.create(
        name=f"schedule {builders.key(tree.article)}", holder="another", until=until
    )
    schedule.run()
    assert fresh(tree.article).live


def test_rule_09_what_was_done_between_finding_and_doing_is_not_done_again(tree: Tree) -> None:
    expired(tree.article)
    ready(builders.draft(tree.rug, ArticlePage, "Nieuw"))
    found = list(schedule.due(timezone.now()))
    schedule.run()
    entries = Revision.objects.count()
    for key, work in found:
        schedule.do(key, work)
    assert Revision.objects.count() == entries
    assert not Failure.objects.exists()


def test_no_leases_are_left(tree: Tree) -> None:
    expired(tree.article)
    schedule.run()
    assert not Lease.objects.exists()
