"""What a process derives for advice: always that which all live items and rules would give."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.advice.models import RuleSet
from cms.advice.rule_sets import publish
from cms.published.replica import replica
from cms.published.touches import touch
from tests.advice.conftest import Shelf
from tests.advice.test_rule_sets import rules
from tests.content import builders as content
from tests.published.world import thing
from tests.recommender import builders
from tests.recommender.builders import rule

NAMES = ("snapshot", "timed_items", "constraints")


def test_live_items_are_in_the_snapshot_and_nothing_else_is(shelf: Shelf) -> None:
    shelf.put("walk")
    shelf.put("swim")
    shelf.change("page", thing("a page that cannot be advised"))
    shelf.view()
    shelf.change("swim", None)

    assert list(shelf.view().derived["snapshot"].items) == ["thing:walk"]


def test_a_changed_item_gives_another_snapshot_and_a_changed_card_does_not(shelf: Shelf) -> None:
    shelf.put("walk")
    first = shelf.view().derived["snapshot"].hash
    shelf.put("walk", card={"title": "Go for a walk"})
    same = shelf.view().derived["snapshot"].hash
    shelf.put("walk", constraints=[builders.note("pregnancy", "avoid")])
    other = shelf.view().derived["snapshot"].hash

    assert first == same != other


def test_a_faulty_item_is_left_out_until_it_is_mended(shelf: Shelf) -> None:
    shelf.put("walk")
    shelf.change("swim", thing("swim", item=builders.item(price=3)))
    assert list(shelf.view().derived["snapshot"].refused) == ["thing:swim"]
    shelf.put("run")  # something else changes: the fault is not forgotten
    assert list(shelf.view().derived["snapshot"].refused) == ["thing:swim"]

    shelf.put("swim")

    snapshot = shelf.view().derived["snapshot"]
    assert not snapshot.refused
    assert list(snapshot.items) == ["thing:run", "thing:swim", "thing:walk"]


def test_rules_that_this_program_does_not_accept_are_left_out(shelf: Shelf) -> None:
    """Advice goes on without them; a new contraindication must not wait for their author."""
    shelf.put("walk")
    RuleSet.objects.create(slug="old", version=1, definition={"slug": "old"}, hash="0", live=True)
    touch("rules:old@1")
    publish(rules())

    snapshot = shelf.view().derived["snapshot"]

    assert [found.slug for found in snapshot.rule_sets] == ["rules"]
    assert list(snapshot.items) == ["thing:walk"]


def test_only_items_that_begin_or_end_by_the_clock_are_timed(shelf: Shelf) -> None:
    soon = timezone.now() + timedelta(hours=1)
    shelf.put("walk")
    shelf.put("action", valid_until=soon)
    shelf.put("later", valid_from=soon)
    assert shelf.view().derived["timed_items"] == {"thing:action", "thing:later"}

    shelf.put("action")

    assert shelf.view().derived["timed_items"] == {"thing:later"}


def test_the_vocabulary_of_constraints_is_that_of_the_terms(shelf: Shelf) -> None:
    assert shelf.view().derived["constraints"] == {"pregnancy", "kidney_disease"}
    content.term("heart_rhythm", "constraint")

    assert "heart_rhythm" in shelf.view().derived["constraints"]


def test_a_medicine_can_be_named_where_a_constraint_can(shelf: Shelf) -> None:
    content.term("quinolones", "medicine")
    content.term("tiling", "activity")
    assert "quinolones" in shelf.view().derived["constraints"]
    assert "tiling" not in shelf.view().derived["constraints"]


steps = st.lists(
    st.tuples(
        st.sampled_from(["put", "hide", "fault", "rules"]),
        st.sampled_from("abc"),
        st.integers(0, 10),
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps)
def test_following_row_by_row_ends_where_starting_over_would(
    shelf: Shelf, steps: list[tuple[str, str, int]]
) -> None:
    for what, id_, weight in steps:
        if what == "put":
            shelf.put(id_, editor_weight=weight)
        elif what == "hide":
            shelf.change(id_, None)
        elif what == "fault":
            shelf.change(id_, thing(id_, item=builders.item(price=weight)))
        else:
            made: Any = rules(rule(f"r{weight}", "pin", {"slot": "articles"}), slug=f"s{id_}")
            publish_newer(made)
        shelf.view()
    followed = {name: shelf.view().derived[name] for name in NAMES}
    replica.reset()
    again = {name: shelf.view().derived[name] for name in NAMES}

    assert followed == again


def publish_newer(made: dict[str, Any]) -> None:
    publish({**made, "version": RuleSet.objects.filter(slug=made["slug"]).count() + 1})


@pytest.mark.parametrize("key", ["rules:rules@1", "term:pregnancy"])
def test_what_is_no_item_is_never_in_the_snapshot(shelf: Shelf, key: str) -> None:
    publish(rules())

    assert key not in shelf.view().derived["snapshot"].items
