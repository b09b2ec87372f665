"""A decision of the past can be made again from what was recorded, byte for byte."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.advice.advise import Advice
from cms.advice.blocked import record
from cms.advice.models import BlockedSet
from cms.advice.replaying import NotKept, replay_at
from cms.advice.rule_sets import publish, publish_again
from cms.published.models import ItemHistory
from recommender import ReplayMismatch
from tests.advice.conftest import Shelf
from tests.advice.test_rule_sets import rules
from tests.recommender.builders import note, rule


def a_decision(shelf: Shelf) -> Advice:
    """Made on two items, one of them out by the clock, and two rule sets."""
    shelf.put("walk")
    shelf.put("swim", valid_until=timezone.now() - timedelta(hours=1))
    publish(rules(rule("walk", "boost", {"items": ["walk"]}), version=1))
    publish(rules(rule("swim", "hide", {"items": ["swim"]}), slug="others"))
    advice = shelf.advise()
    record()
    return advice


def everything_changes(shelf: Shelf) -> None:
    shelf.put("walk", constraints=[note("pregnancy", "avoid")])
    shelf.put("run")
    shelf.change("swim", None)
    publish(rules(rule("run", "pin", {"items": ["run"]}), version=2))
    shelf.view()


def test_it_comes_out_the_same_whatever_has_changed_since(shelf: Shelf) -> None:
    advice = a_decision(shelf)
    everything_changes(shelf)
    now = shelf.advise()

    again = replay_at(advice.decision.to_json(), advice.shown["number"])

    assert again.to_json() == advice.decision.to_json()
    assert now.decision.to_json() != advice.decision.to_json()


def test_rules_that_went_and_came_back_are_found(shelf: Shelf) -> None:
    a_decision(shelf)
    everything_changes(shelf)
    publish_again("rules", 1)
    advice = shelf.advise()
    record()

    again = replay_at(advice.decision.to_json(), advice.shown["number"])

    assert again.to_json() == advice.decision.to_json()


@pytest.mark.parametrize("kept", [BlockedSet, ItemHistory])
def test_what_is_no_longer_kept_is_said(
    shelf: Shelf, kept: type[BlockedSet] | type[ItemHistory]
) -> None:
    advice = a_decision(shelf)
    kept.objects.all().delete()

    with pytest.raises(NotKept):
        replay_at(advice.decision.to_json(), advice.shown["number"])


def test_a_record_that_was_changed_is_noticed(shelf: Shelf) -> None:
    advice = a_decision(shelf)
    changed = advice.decision.to_json().replace(b'"score":', b'"score":1')

    with pytest.raises(ReplayMismatch):
        replay_at(changed, advice.shown["number"])
