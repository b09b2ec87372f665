"""Advice as a visitor sees it: cards, reasons, cautions, claims and what must be shown."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from cms.advice import present
from cms.advice.advise import advise, read_context
from cms.advice.rule_sets import publish
from cms.published import stops
from cms.published.models import Publication
from cms.screening.files import read_yaml
from cms.screening.freeze import freeze
from recommender import Breach, DefinitionError, Referral, default_assessment
from recommender.flags import RaisedFlag
from recommender.outcome import Route
from tests.advice.conftest import Shelf
from tests.advice.test_rule_sets import rules
from tests.recommender import builders
from tests.recommender.builders import assessment, nl, note, raised, rule

NONE: frozenset[str] = frozenset()
PREGNANT = assessment(constraints=frozenset({"pregnancy"}), ruled_out=NONE)


def referral(**changes: Any) -> Referral:
    flag = RaisedFlag(
        **{
            **vars(raised("cauda_equina", colour="red", urgency="emergency_now")),
            "action": nl("Bel nu."),
        }
    )
    known: dict[str, Any] = {
        "screening": "lage-rugpijn@1",
        "definition": "0",
        "urgency": "emergency_now",
        "certainty": "not_sure",
        "flags": (flag,),
        "where": Route(nl("Bel nu je huisarts."), "112"),
        "not_sure": nl("Je wist het niet zeker."),
        "safety_net": nl("Wordt het erger? Bel."),
    }
    return Referral(**{**known, **changes})


def items(shown: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for slot in shown["slots"] for item in slot["items"]]


def kinds(shown: dict[str, Any]) -> list[str]:
    return [notice["kind"] for notice in shown["must_show"]]


def test_an_item_comes_with_its_card_and_every_reason(shelf: Shelf) -> None:
    shelf.put("sleep-well", factors=["sleep"], card={"title": "Beter slapen"})
    publish(rules(rule("sleep", "boost", {"factor": "sleep"})))
    shown = shelf.advise(assessment(factors=frozenset({"sleep"}))).shown

    item = items(shown)[0]
    assert item["card"]["title"] == "Beter slapen"
    assert item["card"]["key"] == "thing:sleep-well"
    assert sum(reason["points"] for reason in item["why"]) == item["score"]
    by_source = {reason["source"]: reason for reason in item["why"]}
    assert by_source["field:factors"]["label"] == "sleep (nl)"
    assert by_source["rule:rules/sleep"]["sentence"] == "Door sleep."
    assert by_source["rule:rules/sleep"]["citation"] == "a source"
    assert shown["rules"] == ["rules/sleep"]


def test_a_caution_has_the_items_own_words(shelf: Shelf) -> None:
    words = [
        {"constraint": "pregnancy", "effect": "avoid", "text": "Nooit."},
        {"constraint": "pregnancy", "effect": "ask_first", "text": "Vraag je verloskundige."},
    ]
    shelf.put("heat", constraints=[note("pregnancy", "ask_first")], card={"cautions": words})

    caution = items(shelf.advise(PREGNANT).shown)[0]["cautions"][0]

    assert caution == {
        "constraint": "pregnancy",
        "label": "pregnancy (nl)",
        "state": "present",
        "text": "Vraag je verloskundige.",
    }


def test_a_caution_is_never_without_words(shelf: Shelf) -> None:
    shelf.put("heat", constraints=[note("kidney_disease", "ask_first")])
    outcome = default_assessment("lage-rugpijn")

    caution = items(shelf.advise(outcome).shown)[0]["cautions"][0]

    assert caution["state"] == "unknown"
    assert "zorgverlener" in caution["text"]


def test_a_supplement_comes_with_its_claim_and_what_the_law_wants_said(shelf: Shelf) -> None:
    supplement = {"claim": {"text": "Magnesium draagt bij …"}, "statements": ["Geen vervanging."]}
    shelf.put(
        "magnesium",
        type="product",
        slot="supplements",
        paid=True,
        card={"supplement": supplement},
    )
    shown = shelf.advise().shown

    assert items(shown)[0]["claim"] == {"text": "Magnesium draagt bij …"}
    assert kinds(shown) == ["safety_net", "disclosure", "supplement"]
    assert (
        shown["must_show"][-1] | {"text": "Geen vervanging.", "key": "thing:magnesium"}
        == (shown["must_show"][-1])
    )


def test_without_a_paid_item_nothing_is_disclosed(shelf: Shelf) -> None:
    shelf.put("walk")

    assert kinds(shelf.advise().shown) == ["safety_net"]


def test_an_item_with_a_demo_review_says_that_it_is_an_example(shelf: Shelf) -> None:
    shelf.put("walk", safety_review={"kind": "demo", "on": "2026-01-01", "until": "2030-01-01"})

    assert kinds(shelf.advise().shown) == ["safety_net", "example_not_reviewed"]


def test_outside_demo_mode_a_demo_review_counts_for_nothing(
    shelf: Shelf, settings: Settings
) -> None:
    """Law 7: the server decides, whatever the client says."""
    settings.DEMO = False
    shelf.put("walk", safety_review={"kind": "demo", "on": "2026-01-01", "until": "2030-01-01"})

    shown = shelf.advise().shown

    assert (items(shown), shown["withheld"]) == ([], {"demo_review": 1})
    with pytest.raises(DefinitionError):
        shelf.advise(demo=True)


def test_flags_that_do_not_refer_say_what_they_ask(shelf: Shelf) -> None:
    outcome = assessment(flags=(raised("worse", certainty="not_sure", action=nl("Ga langs.")),))
    shown = shelf.advise(outcome).shown

    assert shown["must_show"][0] == {
        "kind": "flag",
        "urgency": "appointment",
        "certainty": "not_sure",
        "text": "Ga langs.",
        "phone": None,
    }


def test_a_referral_shows_the_number_first_and_no_item_at_all(shelf: Shelf) -> None:
    """Law 1."""
    shelf.put("walk")
    shown = shelf.advise(referral()).shown

    assert shown["type"] == "referral"
    assert not {"slots", "items", "withheld"} & shown.keys()
    assert shown["must_show"][0] == {
        "kind": "emergency",
        "urgency": "emergency_now",
        "certainty": "not_sure",
        "text": "Bel nu je huisarts.",
        "phone": "112",
    }
    assert kinds(shown) == ["emergency", "not_sure", "safety_net"]


def test_a_referral_that_can_wait_is_no_emergency(shelf: Shelf) -> None:
    shown = shelf.advise(referral(urgency="appointment", certainty="sure")).shown

    assert kinds(shown) == ["referral", "safety_net"]


def test_a_referral_that_would_carry_an_item_is_not_said(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law 1, on the way out: whatever went wrong before, the answer is refused."""
    shelf.put("walk")
    envelope = present._envelope
    monkeypatch.setattr(
        present,
        "_envelope",
        lambda view, decision: envelope(view, decision) | {"also": ["thing:walk"]},
    )
    with pytest.raises(Breach, match="thing:walk"):
        shelf.advise(referral())


def test_what_is_not_live_in_the_view_is_dropped_and_counted(shelf: Shelf) -> None:
    """Rule 16: even when the snapshot is behind, nothing is shown that is not there."""
    shelf.put("walk")
    shelf.put("swim")
    before = shelf.view().derived["snapshot"]
    shelf.change("swim", None)
    view = shelf.view()
    object.__setattr__(view, "derived", {**view.derived, "snapshot": before})

    context = read_context(view, {"locale": "nl"})
    shown = advise(view, assessment(), context, timezone.now()).shown

    assert [item["key"] for item in items(shown)] == ["thing:walk"]
    assert shown["withheld"] == {"not_live": 1}


def test_a_free_alternative_that_is_not_live_is_not_named(shelf: Shelf) -> None:
    shelf.put("walk", factors=["sleep"])
    shelf.put("mattress", type="product", slot="sleep", paid=True, factors=["sleep"])
    assert items(shelf.advise().shown)[-1]["free_alternatives"] == ["thing:walk"]
    before = shelf.view().derived["snapshot"]
    shelf.change("walk", None)
    view = shelf.view()
    object.__setattr__(view, "derived", {**view.derived, "snapshot": before})

    context = read_context(view, {"locale": "nl"})
    shown = advise(view, assessment(), context, timezone.now()).shown

    assert [item["free_alternatives"] for item in items(shown)] == [[]]


def test_an_emergency_stop_takes_an_item_out_of_the_advice(shelf: Shelf) -> None:
    shelf.put("walk")
    shelf.view()
    stops.stop("thing:walk", by="Noor", why="wrong dose")

    assert items(shelf.advise().shown) == []


def test_a_client_adds_constraints_from_the_vocabulary_of_terms(shelf: Shelf) -> None:
    """Law 9."""
    shelf.put("heat", constraints=[note("pregnancy", "avoid")])

    assert len(items(shelf.advise().shown)) == 1
    assert items(shelf.advise(constraints=["pregnancy"]).shown) == []
    with pytest.raises(DefinitionError, match="kidney_disease, pregnancy"):
        shelf.advise(constraints=["pregnant"])


def test_the_envelope_names_what_the_decision_was_made_on(shelf: Shelf) -> None:
    shelf.put("walk")
    advice = shelf.advise()
    head = Publication.objects.order_by("seq").last()

    assert head is not None
    assert advice.shown["number"] == head.seq
    assert advice.shown["snapshot"] == shelf.view().derived["snapshot"].hash
    assert advice.shown["day"] == timezone.localdate().isoformat()
    assert advice.shown["ranking"]["commission_influences_rank"] is False


def test_the_day_is_that_of_the_visitor(shelf: Shelf) -> None:
    """A review that ends today ends at midnight in the site's own time zone."""
    shelf.put("walk")
    view = shelf.view()
    context = read_context(view, {"locale": "nl"})
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)

    days = [
        advise(view, assessment(), context, moment).decision.day
        for moment in (midnight - timedelta(seconds=1), midnight)
    ]

    assert days[1] - days[0] == timedelta(days=1)


def test_the_notice_of_an_example_screening_goes_with_its_outcome(
    shelf: Shelf, settings: Settings
) -> None:
    version, _ = freeze(read_yaml(settings.EXAMPLES_DIR / "lage-rugpijn" / "screening.yaml"))
    shown = shelf.advise(replace(referral(), screening=version.name)).shown

    assert kinds(shown)[-1] == "example_not_reviewed"


def test_english_is_spoken_where_it_is_asked_for_and_there(shelf: Shelf) -> None:
    """What must be shown is better said in another language than not at all."""
    shelf.put("walk", locale="en")
    outcome = assessment(flags=(raised(action=nl("Ga langs.")),), safety_net={})
    shown = shelf.advise(outcome, locale="en").shown

    assert items(shown)[0]["why"][0]["sentence"] == "This is about your complaint."
    assert shown["must_show"][0]["text"] == "Ga langs."
    assert "practitioner" in shown["must_show"][1]["text"]
    assert builders.DUTCH.locale == "nl"
