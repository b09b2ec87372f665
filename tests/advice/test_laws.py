"""The laws of advice as a visitor meets them: whatever is on the shelf, whoever asks.

tests/recommender/test_advice_laws.py has the same laws for the decision alone.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson
import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from cms.advice.advise import Advice, advise
from cms.advice.blocked import notebook
from cms.advice.defaults import default_advice
from cms.published.view import View
from recommender import Context, Referral
from recommender.outcome import Route
from tests.advice.shelves import NOON, item_row, link_row, links, row, shelves, view
from tests.recommender import builders
from tests.recommender import test_advice_laws as laws
from tests.recommender.builders import nl, raised

CONTEXT = Context(locale="nl", demo=True)


@pytest.fixture(autouse=True, scope="module")
def notes() -> Iterator[None]:
    """Nothing here has a database: what decisions were made with is not kept."""
    yield
    notebook.clear()


def shown_items(advice: Advice) -> list[dict[str, Any]]:
    return [item for slot in advice.shown["slots"] for item in slot["items"]]


def a_referral() -> Referral:
    return Referral(
        screening="lage-rugpijn@1",
        definition="0",
        urgency="emergency_now",
        certainty="sure",
        flags=(raised("cauda_equina", colour="red", urgency="emergency_now"),),
        where=Route(nl(), "112"),
        not_sure=nl(),
        safety_net=nl(),
    )


@given(shelves())
def test_a_referral_names_no_item(shelf: Any) -> None:
    """Law 1."""
    items, rows, _ = shelf
    shown = advise(view(rows), a_referral(), CONTEXT, NOON).shown

    assert shown["type"] == "referral"
    assert "slots" not in shown
    assert not [key for key in items if f"'{key}'" in repr(shown)]


@given(shelves(), laws.assessments(), st.lists(links, max_size=6), st.randoms())
def test_prices_partners_and_commissions_change_no_decision(
    shelf: Any, outcome: Any, offered: list[dict[str, Any]], chance: Any
) -> None:
    """Law 3: who pays what may be dealt anew; only what is in stock counts, and as a block."""
    items, rows, _ = shelf
    products = [sorted(items)[place % len(items)] for place in range(len(offered))]
    keys = [items[key]["translation_key"] for key in products]
    money = [{name: said[name] for name in ("partner", "price")} for said in offered]
    chance.shuffle(money)
    dealt = [said | other for said, other in zip(offered, money, strict=True)]

    before, after = (
        advise(
            view([*rows, *(link_row(n, key, said) for n, (key, said) in enumerate(found))]),
            outcome,
            CONTEXT,
            NOON,
        )
        for found in (list(zip(keys, offered, strict=True)), list(zip(keys, dealt, strict=True)))
    )

    assert before.decision.to_json() == after.decision.to_json()
    assert [item["key"] for item in shown_items(before)] == [
        item["key"] for item in shown_items(after)
    ]
    assert after.shown["ranking"]["commission_influences_rank"] is False


@given(shelves(), laws.rules, laws.assessments())
def test_the_reasons_that_a_visitor_sees_add_up_to_the_score(
    shelf: Any, given_rules: Any, outcome: Any
) -> None:
    """Law 6."""
    _, rows, _ = shelf
    for item in shown_items(advise(with_rules(rows, given_rules), outcome, CONTEXT, NOON)):
        assert item["why"]
        assert sum(reason["points"] for reason in item["why"]) == item["score"]
        assert all(reason["sentence"].strip() for reason in item["why"])


def with_rules(rows: list[Any], given_rules: Any) -> View:
    definition = {
        "slug": "rules",
        "version": 1,
        "locales": ["nl"],
        "notice": nl(),
        "rules": given_rules,
    }
    made = row("rules:rules@1", 2, kind="rules", locale="")
    # No rules at all is no rule set: then the row stays out of the snapshot.
    body = orjson.dumps({"definition": definition})
    return view([*rows, replace(made, body=body)] if given_rules else rows)


@given(shelves(), laws.rules, laws.assessments(), st.booleans())
def test_what_is_not_live_lags_or_has_no_valid_review_is_never_shown(
    shelf: Any, given_rules: Any, outcome: Any, demo: bool
) -> None:
    """Law 7: not in what is shown, and not in the decision either, whose places it would take."""
    items, rows, lagging = shelf
    seen = replace(with_rules(rows, given_rules), withheld=lagging)
    context = replace(CONTEXT, demo=demo)
    by_key = {each.key: each for each in rows}
    advice = advise(seen, outcome, context, NOON)
    decided = list(advice.decision.to_dict()["slots"])
    keys = [item["key"] for slot in decided for item in slot["items"]]

    assert [item["key"] for item in shown_items(advice)] == keys
    for key in keys:
        found, data = by_key[key], items[key]
        review = data["safety_review"]
        assert found.state == "live"
        assert found.valid_from is None or found.valid_from <= NOON
        assert found.valid_until is None or found.valid_until > NOON
        assert key not in lagging
        assert data["guideline_stance"] != "against"
        assert review is not None
        assert review["on"] <= NOON.date().isoformat() < review["until"]
        assert demo or review["kind"] != "demo"


@given(shelves(), st.lists(st.tuples(st.integers(0, 11), links), max_size=6), laws.assessments())
def test_a_paid_product_that_no_partner_has_in_stock_is_never_shown(
    shelf: Any, offered: list[tuple[int, dict[str, Any]]], outcome: Any
) -> None:
    """Law 7."""
    items, rows, _ = shelf
    keys = sorted(items)
    dealt = [(items[keys[place % len(keys)]]["translation_key"], said) for place, said in offered]
    made = [link_row(number, key, said) for number, (key, said) in enumerate(dealt)]
    for item in shown_items(advise(view([*rows, *made]), outcome, CONTEXT, NOON)):
        own = [
            said["in_stock"] for key, said in dealt if key == items[item["key"]]["translation_key"]
        ]
        if items[item["key"]]["paid"] and item["type"] == "product":
            assert not own or any(own)


def condition_row() -> Any:
    made = row("page:back", 1, kind="condition", link={"condition": "lage-rugpijn"})
    notice = {"kind": "safety_net", "text": "Bel je huisarts als je been slapper wordt."}
    return replace(made, body=orjson.dumps({"must_show": [notice]}))


@given(shelves(), laws.rules)
def test_of_nobody_only_what_nothing_says_avoid_to_is_shown(shelf: Any, given_rules: Any) -> None:
    """Law 8: a condition's default advice."""
    items, rows, _ = shelf
    seen = with_rules([*rows, condition_row()], given_rules)
    with override_settings(DEMO=True):
        advice = default_advice(seen, "lage-rugpijn", "nl", NOON)

    assert advice is not None
    for item in shown_items(advice):
        notes = items[item["key"]]["constraints"]
        assert not [note for note in notes if note["effect"] == "avoid"]
        assert {each["constraint"] for each in item["cautions"]} == {
            note["constraint"] for note in notes
        }
        assert all(each["text"].strip() for each in item["cautions"])


@given(shelves(), laws.assessments(), st.frozensets(st.sampled_from(laws.TERMS)))
def test_what_a_client_adds_is_only_ever_held_against_items(
    shelf: Any, outcome: Any, added: frozenset[str]
) -> None:
    """Law 9."""
    items, rows, _ = shelf
    seen, more = view(rows), replace(CONTEXT, constraints=added)
    for item in shown_items(advise(seen, outcome, more, NOON)):
        notes = items[item["key"]]["constraints"]
        avoid = {note["constraint"] for note in notes if note["effect"] == "avoid"}
        ask = {note["constraint"] for note in notes if note["effect"] == "ask_first"}
        assert not avoid & (added | outcome.constraints)
        present = {each["constraint"] for each in item["cautions"] if each["state"] == "present"}
        assert ask & (added | outcome.constraints) == present


@pytest.mark.parametrize("stance", ["supports", "none", "insufficient"])
def test_a_supplement_stands_below_self_care_whatever_a_guideline_says_of_it(stance: str) -> None:
    capsule = builders.product(
        slot="supplements", guideline_stance=stance, translation_key="capsule", editor_weight=10
    )
    pad = builders.product(slot="heat", conditions=[], translation_key="pad")
    walk = builders.item(conditions=[], translation_key="walk")
    seen = view([item_row(f"page:{n}", each) for n, each in enumerate((capsule, pad, walk), 1)])
    shown = advise(seen, builders.assessment(), CONTEXT, NOON).shown

    assert [slot["slot"] for slot in shown["slots"]] == ["articles", "heat", "supplements"]
