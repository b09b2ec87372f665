"""Advice: what is advised to whom, in which order, and what is kept out for which reason."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from recommender import Context, Decision, advise, default_assessment
from recommender.selector import Selector
from tests.recommender import builders
from tests.recommender.builders import (
    DAY,
    DUTCH,
    assessment,
    item,
    note,
    product,
    raised,
    rule,
    snapshot,
)

NOTHING: frozenset[str] = frozenset()


def decide(
    items: dict[str, dict[str, Any]],
    *rules: dict[str, Any],
    outcome: Any = None,
    context: Context = DUTCH,
    blocked: frozenset[str] = NOTHING,
    day: date = DAY,
    **more: Any,
) -> Decision:
    decision = advise(
        snapshot(items, *rules, **more), blocked, outcome or assessment(), context, day
    )
    assert isinstance(decision, Decision)
    return decision


PREGNANT = assessment(constraints=frozenset({"pregnancy"}), ruled_out=frozenset())
UNKNOWN = assessment(unknown_constraints=frozenset({"pregnancy"}), ruled_out=frozenset())
ADDED = replace(DUTCH, constraints=frozenset({"pregnancy"}))
AVOID = {"constraints": [note("pregnancy", "avoid")]}
ASK = {"constraints": [note("pregnancy", "ask_first")]}
REVIEW = {"kind": "clinical", "on": "2026-01-01", "until": "2026-11-24"}
TOMORROW = {"kind": "clinical", "on": "2026-11-25", "until": "2027-11-24"}
DEMO = {"kind": "demo", "on": "2026-01-01", "until": "2027-01-01"}


@pytest.mark.parametrize(
    ("why", "changes", "given", "reason"),
    [
        ("pregnant", AVOID, {"outcome": PREGNANT}, "contraindicated"),
        ("pregnant, says the client", AVOID, {"context": ADDED}, "contraindicated"),
        ("may be pregnant", AVOID, {"outcome": UNKNOWN}, "constraint_unknown"),
        ("never asked", {"constraints": [note("heart_rhythm", "avoid")]}, {}, "constraint_unknown"),
        ("not pregnant", AVOID, {}, ""),
        ("ask first", ASK, {"outcome": PREGNANT}, ""),
        ("no review", {"safety_review": None}, {}, "not_reviewed"),
        ("review ends today", {"safety_review": REVIEW}, {}, "review_expired"),
        ("review ended", {"safety_review": REVIEW}, {"day": date(2027, 1, 1)}, "review_expired"),
        ("review until tomorrow", {"safety_review": REVIEW}, {"day": date(2026, 11, 23)}, ""),
        ("review begins tomorrow", {"safety_review": TOMORROW}, {}, "review_expired"),
        ("demo in earnest", {"safety_review": DEMO}, {"context": Context("nl")}, "demo_review"),
        ("demo in a demonstration", {"safety_review": DEMO}, {}, ""),
        ("against a guideline", {"guideline_stance": "against"}, {}, "guideline_against"),
        ("too little evidence", {"guideline_stance": "insufficient"}, {}, ""),
        ("out of stock", {}, {"blocked": frozenset({"page:1"})}, "blocked"),
        ("other language", {"locale": "en"}, {}, "other_locale"),
        ("no language", {"locale": ""}, {}, ""),
        ("other complaint", {"conditions": ["nekpijn"]}, {}, "other_condition"),
        ("every complaint", {"conditions": []}, {}, ""),
        ("other profile", {"profiles": [1, 3]}, {}, "other_profile"),
        ("this profile", {"profiles": [2]}, {}, ""),
        (
            "profile not known",
            {"profiles": [1, 2]},
            {"outcome": assessment(profile=None)},
            "other_profile",
        ),
        (
            "every profile",
            {"profiles": [1, 2, 3]},
            {"outcome": assessment(profile=None)},
            "",
        ),
        (
            "suppressed by a flag",
            {},
            {"outcome": assessment(flags=(raised(suppresses=(Selector(slot="articles"),)),))},
            "suppressed_by_flag",
        ),
        (
            "suppressed by a flag that is not sure",
            {},
            {
                "outcome": assessment(
                    flags=(raised(certainty="not_sure", suppresses=(Selector(paid=False),)),)
                )
            },
            "suppressed_by_flag",
        ),
        (
            "paid, beside a red flag",
            {"paid": True},
            {"outcome": assessment(flags=(raised(colour="red"),))},
            "paid_beside_red_flag",
        ),
        (
            "paid, beside a red flag that is not sure",
            {"paid": True},
            {"outcome": assessment(flags=(raised(colour="red", certainty="not_sure"),))},
            "paid_beside_red_flag",
        ),
        (
            "free, beside a red flag that is not sure",
            {"paid": False},
            {"outcome": assessment(flags=(raised(colour="red", certainty="not_sure"),))},
            "",
        ),
        (
            "paid, beside a flag of another colour",
            {"paid": True},
            {"outcome": assessment(flags=(raised(colour="orange"),))},
            "",
        ),
        (
            "not wanted",
            {},
            {"context": replace(DUTCH, exclude=frozenset({"page:1"}))},
            "not_wanted",
        ),
    ],
)
def test_what_is_kept_out_and_why(
    why: str, changes: dict[str, Any], given: dict[str, Any], reason: str
) -> None:
    decision = decide({"page:1": item(**changes)}, **given)

    assert decision.keys == (() if reason else ("page:1",)), why
    assert decision.withheld == ({reason: 1} if reason else {})


@pytest.mark.parametrize(
    ("why", "given", "state"),
    [
        ("pregnant", {"outcome": PREGNANT}, ["present"]),
        ("may be pregnant", {"outcome": UNKNOWN}, ["unknown"]),
        ("not pregnant", {}, []),
        ("not pregnant, but the client says so", {"context": ADDED}, ["present"]),
    ],
)
def test_ask_first_puts_the_caution_on_the_item(
    why: str, given: dict[str, Any], state: list[str]
) -> None:
    """Law 8: unless it is ruled out, the caution is there."""
    decision = decide({"page:1": item(**ASK)}, **given)

    assert [caution.state for caution in decision.slots[0].items[0].cautions] == state, why


def test_a_rule_cannot_pin_what_is_kept_out() -> None:
    decision = decide(
        {"page:1": item(**AVOID)},
        rule("always", "pin", {"slot": "articles"}),
        outcome=PREGNANT,
    )
    assert decision.keys == ()


def test_hiding_beats_pinning() -> None:
    decision = decide(
        {"page:1": item(), "page:2": item(translation_key="other")},
        rule("first", "pin", {"items": ["keep-moving"]}),
        rule("never", "hide", {"items": ["keep-moving"]}),
    )
    assert decision.keys == ("page:2",)
    assert decision.withheld == {"hidden_by_rule": 1}


def test_a_place_that_a_hidden_pin_leaves_goes_to_the_next_pin() -> None:
    """With one place, a blocked pin must not starve the pin behind it."""
    items = {f"page:{key}": item(translation_key=key) for key in "abcd"}
    decision = decide(
        items,
        rule("pin-c", "pin", {"items": ["c"]}),
        rule("pin-d", "pin", {"items": ["d"]}),
        blocked=frozenset({"page:c"}),
        context=replace(DUTCH, limits={"articles": 1}),
    )
    assert decision.keys == ("page:d",)


def test_slots_come_in_the_order_self_care_help_programme_course_supported_neutral() -> None:
    items = {
        "page:1": product(slot="ergonomics"),
        "page:2": product(slot="heat", guideline_stance="supports"),
        "page:3": item(type="exercise_programme", slot="exercises", paid=True),
        "page:4": item(type="service", slot="services", paid=True),
        "page:5": item(),
        "page:6": product(slot="supplements"),
        "page:7": item(type="course", slot="courses", paid=True),
    }
    decision = decide(items)

    assert [slot.slot for slot in decision.slots] == [
        "articles",
        "services",
        "exercises",
        "courses",
        "heat",
        "ergonomics",
        "supplements",
    ]


def test_one_course_is_advised_at_most_unless_more_are_asked_for() -> None:
    courses = {
        f"page:{number}": item(type="course", slot="courses", translation_key=str(number))
        for number in range(3)
    }

    assert len(decide(courses).keys) == 1
    assert len(decide(courses, context=replace(DUTCH, limits={"courses": 3})).keys) == 3


def test_product_slots_go_by_their_best_score_and_then_by_name() -> None:
    items = {
        "page:1": product(slot="ergonomics"),
        "page:2": product(slot="sleep", factors=["sleep"]),
        "page:3": product(slot="heat"),
    }
    decision = decide(items, outcome=assessment(factors=frozenset({"sleep"})))

    assert [slot.slot for slot in decision.slots] == ["sleep", "ergonomics", "heat"]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"paid": False}, {"paid": True, "editor_weight": 10}),  # free before paid
        ({"guideline_stance": "supports"}, {"editor_weight": 10, "factors": ["sleep"]}),
        ({"factors": ["sleep"]}, {}),
        ({"profiles": [2]}, {}),
        ({"phases": ["subacute"]}, {"phases": ["acute"]}),
        ({"conditions": ["lage-rugpijn"]}, {"conditions": []}),
        ({"editor_weight": 6}, {"editor_weight": 5}),
    ],
)
def test_order_within_a_slot(first: dict[str, Any], then: dict[str, Any]) -> None:
    slept = assessment(factors=frozenset({"sleep"}))
    decision = decide({"page:1": product(**then), "page:2": product(**first)}, outcome=slept)

    assert decision.keys == ("page:2", "page:1")


def test_among_articles_the_score_decides_and_the_support_of_a_guideline_is_a_part_of_it() -> None:
    supported = item(guideline_stance="supports")  # +100
    fitting = item(factors=["sleep"])  # +150
    slept = assessment(factors=frozenset({"sleep"}))

    assert decide({"page:1": supported, "page:2": fitting}, outcome=slept).keys == (
        "page:2",
        "page:1",
    )


def test_ties_go_by_key() -> None:
    decision = decide({f"page:{number}": item() for number in (3, 1, 2)})

    assert decision.keys == ("page:1", "page:2", "page:3")


def test_a_pinned_paid_item_gets_a_place_but_stands_behind_the_free_ones() -> None:
    items = {f"page:{number}": product(paid=False) for number in (1, 2, 3)}
    items["page:4"] = product(translation_key="mattress")
    decision = decide(items, rule("mattress", "pin", {"items": ["mattress"]}))

    assert decision.keys == ("page:1", "page:4")
    assert [advised.pinned for advised in decision.slots[0].items] == [False, True]


def test_a_paid_item_names_the_free_ones_that_serve_the_same() -> None:
    items = {
        "page:1": item(factors=["sleep"]),
        "page:2": item(factors=["posture"]),
        "page:3": product(factors=["sleep"]),
    }
    decision = decide(items)

    mattress = decision.slots[-1].items[0]
    assert mattress.free_alternatives == ("page:1",)


def test_a_free_alternative_is_named_even_when_there_was_no_room_for_it() -> None:
    items = {"page:1": item(factors=["sleep"]), "page:3": product(factors=["sleep"])}
    decision = decide(items, context=replace(DUTCH, limits={"articles": 0}))

    assert decision.keys == ("page:3",)
    assert decision.slots[0].items[0].free_alternatives == ("page:1",)


def test_a_free_supplement_is_no_alternative_for_what_is_about_a_complaint() -> None:
    items = {
        "page:1": product(slot="supplements", paid=False, factors=["sleep"]),
        "page:3": product(factors=["sleep"]),
    }
    advised = {i.key: i for slot in decide(items).slots for i in slot.items}

    assert advised["page:3"].free_alternatives == ()


def test_what_is_kept_out_or_hidden_is_no_free_alternative() -> None:
    items = {
        "page:1": item(factors=["sleep"], safety_review=None),
        "page:2": item(factors=["sleep"], translation_key="never"),
        "page:3": product(factors=["sleep"]),
    }
    decision = decide(items, rule("never", "hide", {"items": ["never"]}))

    assert decision.slots[0].items[0].free_alternatives == ()


def test_a_limit_of_the_context_counts_and_says_what_had_no_room() -> None:
    decision = decide(
        {f"page:{number}": item() for number in range(1, 6)},
        context=replace(DUTCH, limits={"articles": 2}),
    )
    assert decision.keys == ("page:1", "page:2")
    assert decision.withheld == {"no_room": 3}


def test_reasons_of_rules_come_with_the_rule_its_sentence_and_its_source() -> None:
    decision = decide(
        {"page:1": item(factors=["sleep"])},
        rule("sleep", "boost", {"factor": "sleep"}, points=150),
        rule("less", "bury", {"slot": "articles"}, points=20),
        outcome=assessment(factors=frozenset({"sleep"})),
    )
    advised = decision.slots[0].items[0]

    assert [(part.source, part.about, part.points) for part in advised.contributions] == [
        ("field:conditions", "lage-rugpijn", 400),
        ("field:factors", "sleep", 150),
        ("rule:rules/sleep", "", 150),
        ("rule:rules/less", "", -20),
    ]
    assert advised.score == 680
    assert advised.contributions[2].sentence == "Door sleep."
    assert advised.contributions[2].citation == "a source"
    assert decision.rules == ("rules/sleep", "rules/less")


def test_an_item_for_everybody_of_which_nothing_else_is_known_still_has_a_reason() -> None:
    everybody = default_assessment("lage-rugpijn")
    advised = decide({"page:1": item(conditions=[])}, outcome=everybody).slots[0].items[0]

    assert [part.source for part in advised.contributions] == ["field:general"]


def test_nothing_about_health_is_a_reason_for_a_supplement() -> None:
    """A food supplement may not be presented as good for a complaint."""
    matching = {"factors": ["sleep"], "profiles": [2], "phases": ["subacute"]}
    decision = decide(
        {"page:1": product(slot="supplements", guideline_stance="supports", **matching)},
        outcome=assessment(factors=frozenset({"sleep"})),
    )
    sources = [part.source for part in decision.slots[0].items[0].contributions]

    assert sources == ["field:general"]


@pytest.mark.parametrize(
    ("effect", "advised", "points"),
    [
        ("pin", ("page:1",), []),
        ("boost", ("page:1",), []),
        ("bury", ("page:1",), [-100]),
        ("hide", (), []),
    ],
)
def test_a_rule_can_only_hold_a_supplement_back(
    effect: str, advised: tuple[str, ...], points: list[int]
) -> None:
    """Directive 2002/46/EC, article 6(2): an editor's sentence about health may not stand there."""
    decision = decide(
        {"page:1": product(slot="supplements")}, rule("sleep", effect, {"slot": "supplements"})
    )
    shown = [item for slot in decision.slots for item in slot.items]
    by_rules = [p for item in shown for p in item.contributions if p.source.startswith("rule:")]

    assert decision.keys == advised
    assert [part.points for part in by_rules] == points
    assert not any(item.pinned for item in shown)
    assert not any(part.sentence == "Door sleep." or part.citation for part in by_rules)


def test_a_pinned_supplement_takes_no_place_from_a_better_one() -> None:
    items = {
        "page:1": product(slot="supplements", translation_key="a"),
        "page:2": product(slot="supplements", translation_key="b", editor_weight=1),
    }
    decision = decide(
        items,
        rule("first", "pin", {"items": ["a"]}),
        context=replace(DUTCH, limits={"supplements": 1}),
    )
    assert decision.keys == ("page:2",)


def test_a_supplement_says_that_it_is_no_advice_for_the_back() -> None:
    decision = decide({"page:1": product(slot="supplements", conditions=[], profiles=[2, 3])})

    reasons = [part.sentence for part in decision.slots[0].items[0].contributions]
    assert reasons == ["Dit is algemeen en geen advies voor je rug."]


def test_a_prior_is_bounded_and_explained() -> None:
    decision = decide({"page:1": item()}, priors={"keep-moving": 40})

    assert ("prior", 40) in [
        (part.source, part.points) for part in decision.slots[0].items[0].contributions
    ]


def test_without_any_facts_only_what_nothing_says_avoid_to_is_shown() -> None:
    items = {"page:1": item(**AVOID), "page:2": item(**ASK), "page:3": item()}
    decision = decide(items, outcome=default_assessment("lage-rugpijn"))

    assert decision.keys == ("page:2", "page:3")
    assert [caution.state for caution in decision.slots[0].items[0].cautions] == ["unknown"]


def test_a_review_counts_up_to_the_day_on_which_it_ends() -> None:
    ends = date.fromisoformat(REVIEW["until"])
    items = {"page:1": item(safety_review=REVIEW)}

    assert decide(items, day=ends - timedelta(days=1)).keys == ("page:1",)
    assert decide(items, day=ends).keys == ()


def test_the_item_says_what_the_guideline_and_the_evidence_are() -> None:
    data = item(guideline_stance="supports", evidence="moderate")
    advised = decide({"page:1": data}).slots[0].items[0]

    assert (advised.guideline_stance, advised.evidence) == ("supports", "moderate")
    assert advised.review == "clinical"
    assert builders.item()["evidence"] is None
