"""What cannot be offered at this moment, and the record that a replay needs."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from cms.advice.advise import advise, read_context
from cms.advice.blocked import blocked, notebook, record
from cms.advice.models import BlockedSet
from cms.published.models import Touch
from cms.published.replica import LAG
from cms.published.touches import touch
from recommender import blocked_hash
from tests.advice.conftest import Shelf
from tests.recommender.builders import assessment

NOW = timezone.now


def shown_keys(shelf: Shelf) -> list[str]:
    shown = shelf.advise().shown
    return [item["key"] for slot in shown["slots"] for item in slot["items"]]


def test_nothing_is_blocked_while_all_is_well(shelf: Shelf) -> None:
    shelf.put("walk")

    assert blocked(shelf.view(), NOW()) == frozenset()


def test_an_item_whose_rendering_lags_is_not_advised(shelf: Shelf) -> None:
    """Rule 8: its editors said something else more than five seconds ago."""
    shelf.put("walk")
    shelf.put("swim")
    shelf.view()
    touch("thing:swim")
    Touch.objects.filter(key="thing:swim").update(at=NOW() - LAG - timedelta(seconds=1))
    view = shelf.replica.refresh()

    assert blocked(view, NOW()) == {"thing:swim"}
    context = read_context(view, {"locale": "nl"})
    assert advise(view, assessment(), context, NOW()).shown["withheld"] == {"blocked": 1}


@pytest.mark.parametrize(
    ("begins", "ends", "advised"),
    [(None, -1, False), (None, 1, True), (1, None, False), (-1, None, True), (-1, 1, True)],
)
def test_the_clock_counts_without_waiting_for_anybody(
    shelf: Shelf, begins: int | None, ends: int | None, advised: bool
) -> None:
    """Rule 9."""
    hour = timedelta(hours=1)
    moments = {
        name: NOW() + hour * hours
        for name, hours in (("valid_from", begins), ("valid_until", ends))
        if hours is not None
    }
    shelf.put("walk", **moments)

    assert shown_keys(shelf) == (["thing:walk"] if advised else [])


@pytest.mark.parametrize(("minutes", "advised"), [(59, True), (61, False)])
def test_items_of_an_old_copy_from_disk_are_not_advised(
    shelf: Shelf, minutes: int, advised: bool
) -> None:
    """Rule 15: what was withdrawn since the copy was made is not known."""
    shelf.put("walk")
    copied = replace(shelf.view(), copied_at=NOW() - timedelta(minutes=minutes))

    assert (blocked(copied, NOW()) == frozenset()) == advised


def test_a_request_touches_no_database_and_a_chore_writes_the_set_down(
    shelf: Shelf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shelf.put("walk", valid_until=NOW() - timedelta(hours=1))
    view = shelf.view()
    context = read_context(view, {"locale": "nl"})
    with django_assert_num_queries(0):
        decision = advise(view, assessment(), context, NOW()).decision

    record()

    stored = BlockedSet.objects.get()
    assert (stored.hash, stored.keys) == (decision.blocked, ["thing:walk"])


def test_a_set_is_written_once_however_often_it_is_used(
    shelf: Shelf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        notebook.note(frozenset({"thing:walk"}), NOW())
        record()

    assert BlockedSet.objects.count() == 1
    with django_assert_num_queries(0):
        record()


def test_a_set_that_is_still_in_use_is_not_forgotten(shelf: Shelf, settings: Settings) -> None:
    old = NOW() - timedelta(days=settings.HISTORY_DAYS + 1)
    for name in ("used", "gone"):
        notebook.note(frozenset({f"thing:{name}"}), old)
    notebook.write(old)
    notebook.note(frozenset({"thing:used"}), NOW())

    record()

    assert [found.keys for found in BlockedSet.objects.all()] == [["thing:used"]]
    assert BlockedSet.objects.get().hash == blocked_hash({"thing:used"})
