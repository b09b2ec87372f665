"""Laws that every decision keeps, whatever the catalogue, rules, outcome and context."""

import json
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import (
    Breach,
    Context,
    Decision,
    Referral,
    ReferralDecision,
    ReplayMismatch,
    advise,
    default_assessment,
    read_outcome,
    replay,
)
from recommender.constraints import FOR_EVERYBODY, FOR_THIS_CASE, Case, kept_out
from recommender.outcome import Route
from recommender.selector import Selector
from recommender.slots import PRODUCT_QUOTA, QUOTAS
from recommender.snapshot import Eligible
from tests.recommender import builders
from tests.recommender.builders import DAY, assessment, nl, raised, rule

TERMS = ("pregnancy", "kidney_disease", "blood_thinners", "heart_rhythm")
FACTORS = ("sleep", "stress", "posture")


def subsets(values: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=3)


def mostly(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
    """Most items are fit to be advised: otherwise there is never anything to choose from."""
    return st.sampled_from([usual] * 6 + list(others))


def review(kind: str, on: str, until: str) -> dict[str, str]:
    return {"kind": kind, "on": on, "until": until}


reviews = mostly(
    review("clinical", "2026-11-24", "2026-11-25"),
    None,
    review("demo", "2025-11-24", "2027-11-24"),
    review("editorial", "2026-11-25", "2027-11-24"),
    review("editorial", "2025-11-24", "2026-11-24"),
)
items = st.builds(
    lambda kind, **given: builders.item(type=kind[0], slot=kind[1], **given),
    st.sampled_from(
        [
            ("article", "articles"),
            ("service", "services"),
            ("exercise_programme", "exercises"),
            ("course", "courses"),
            ("product", "sleep"),
            ("product", "supplements"),
        ]
    ),
    translation_key=st.sampled_from(["a", "b", "c", "d"]),
    locale=mostly("nl", "", "en"),
    paid=st.booleans(),
    conditions=mostly(["lage-rugpijn"], [], [], ["nekpijn"]),
    factors=subsets(FACTORS),
    phases=subsets(("acute", "subacute", "persistent")),
    profiles=mostly([], [1], [2, 3], [1, 2, 3]),
    constraints=st.lists(
        st.builds(builders.note, st.sampled_from(TERMS), st.sampled_from(["avoid", "ask_first"])),
        max_size=1,
    ),
    guideline_stance=mostly("none", "insufficient", "supports", "supports", "against"),
    safety_review=reviews,
    editor_weight=st.integers(0, 10),
)
catalogues = st.dictionaries(
    st.integers(1, 40).map(lambda number: f"page:{number}"), items, min_size=3, max_size=12
)
selects = st.sampled_from(
    [
        {"items": ["a", "c"]},
        {"slot": "sleep"},
        {"slot": "supplements"},
        {"factor": "sleep"},
        {"paid": True},
        {"type": "article"},
    ]
)
whens_by_name: dict[str, dict[str, Any]] = {
    "profile": {"fact": "profile", "in": [2, 3]},
    "sleep": {"fact": "factors", "is": "sleep"},
    "not pregnant": {"not": {"fact": "constraints", "is": "pregnancy"}},
}
whens = st.sampled_from([None, *whens_by_name.values()])
rules = st.lists(
    st.builds(
        lambda effect, select, when: (effect, select, when),
        st.sampled_from(["pin", "boost", "bury", "hide"]),
        selects,
        whens,
    ),
    max_size=4,
).map(
    lambda found: [
        rule(f"r{number}", effect, select, **({"when": when} if when else {}))
        for number, (effect, select, when) in enumerate(found)
    ]
)
flags = st.lists(
    st.builds(
        raised,
        key=st.sampled_from(["mood", "work"]),
        colour=mostly("yellow", "red"),
        certainty=st.sampled_from(["sure", "not_sure"]),
        suppresses=st.sampled_from([(), (Selector(slot="sleep"),), (Selector(paid=True),)]),
    ),
    max_size=2,
).map(tuple)


@st.composite
def assessments(draw: st.DrawFn) -> Any:
    """Every constraint is present, asked but not known, ruled out, or never asked."""
    states = draw(
        st.fixed_dictionaries(
            dict.fromkeys(
                (*TERMS, *FACTORS), st.sampled_from(["yes", "no", "unknown", "never asked"])
            )
        )
    )
    terms = {
        wanted: frozenset(key for key, found in states.items() if found == wanted)
        for wanted in ("yes", "no", "unknown")
    }
    return assessment(
        profile=draw(st.sampled_from([1, 2, 3, None])),
        factors=terms["yes"] & set(FACTORS),
        constraints=terms["yes"] & set(TERMS),
        unknown_constraints=terms["unknown"] & set(TERMS),
        ruled_out=terms["no"],
        flags=draw(flags),
    )


contexts = st.builds(
    Context,
    locale=st.just("nl"),
    limits=st.dictionaries(st.sampled_from(["articles", "sleep"]), st.integers(0, 4)),
    exclude=st.frozensets(st.sampled_from(["page:1", "page:2"])),
    constraints=st.frozensets(st.sampled_from(TERMS), max_size=2),
    demo=st.booleans(),
)
blockeds = st.frozensets(st.integers(1, 40).map(lambda number: f"page:{number}"), max_size=5)
cases = st.tuples(catalogues, rules, blockeds, assessments(), contexts)


def decide(case: Any) -> tuple[Any, Decision]:
    catalogue, given_rules, blocked, outcome, context = case
    snapshot = builders.snapshot(catalogue, *given_rules)
    decision = advise(snapshot, blocked, outcome, context, DAY)
    assert isinstance(decision, Decision)
    return snapshot, decision


def test_the_type_of_a_referral_and_of_its_decision_has_no_place_for_items() -> None:
    """Law 1."""
    names = {field.name for kind in (Referral, ReferralDecision) for field in fields(kind)}

    assert not names & {"items", "slots", "keys", "products", "recommendations", "withheld"}


@given(catalogues, rules, blockeds, contexts)
def test_a_red_flag_means_no_items_at_all(
    catalogue: Any, given_rules: Any, blocked: Any, context: Any
) -> None:
    """Law 1: no key of any item stands anywhere in what comes back."""
    referral = Referral(
        screening="lage-rugpijn@1",
        definition="0",
        urgency="emergency_now",
        certainty="not_sure",
        flags=(raised("cauda_equina", colour="red", urgency="emergency_now"),),
        where=Route(nl(), "112"),
        not_sure=nl(),
        safety_net=nl(),
    )
    decision = advise(
        builders.snapshot(catalogue, *given_rules),
        blocked,
        referral,
        replace(context, exclude=frozenset()),
        DAY,
    )

    assert isinstance(decision, ReferralDecision)
    assert b"page:" not in decision.to_json()


@given(cases)
def test_nothing_that_the_table_keeps_out_is_ever_advised(case: Any) -> None:
    """Law 7, restated here without the table: each line is a reason in its own words."""
    catalogue, _, blocked, outcome, context = case
    present = outcome.constraints | context.constraints
    settled = present | outcome.ruled_out
    for key in decide(case)[1].keys:
        data = catalogue[key]
        avoided = {n["constraint"] for n in data["constraints"] if n["effect"] == "avoid"}
        review = data["safety_review"]
        assert key not in blocked
        assert data["locale"] in ("nl", "")
        assert not avoided & present
        assert avoided <= settled
        assert review is not None
        assert review["on"] <= DAY.isoformat() < review["until"]
        assert context.demo or review["kind"] != "demo"
        assert data["guideline_stance"] != "against"
        for flag in outcome.flags:
            for selector in flag.suppresses:
                assert data["slot"] != selector.slot
                assert not (selector.paid and data["paid"])


@given(cases)
def test_beside_a_red_flag_nothing_that_is_paid_is_advised(case: Any) -> None:
    """Law 2: sure or not sure, whatever the flag's author lets it suppress."""
    catalogue, _, _, outcome, _ = case
    paid = [key for key in decide(case)[1].keys if catalogue[key]["paid"]]

    assert not (paid and "red" in {flag.colour for flag in outcome.flags})


@given(cases)
def test_no_rule_lifts_a_supplement_or_speaks_of_health_beside_it(case: Any) -> None:
    authors = {f"Door {found['key']}." for found in case[1]}
    for slot in decide(case)[1].slots:
        for advised in slot.items if slot.slot == "supplements" else ():
            by_rules = [p for p in advised.contributions if p.source.startswith("rule:")]
            assert not advised.pinned
            assert all(part.points < 0 and not part.citation for part in by_rules)
            assert not authors & {part.sentence for part in advised.contributions}


@given(cases)
def test_a_free_alternative_is_free_and_could_have_been_advised_itself(case: Any) -> None:
    catalogue, _, blocked, outcome, context = case
    snapshot, decision = decide(case)
    table = Case(outcome, context, blocked, DAY)
    for slot in decision.slots:
        for advised in slot.items:
            for key in advised.free_alternatives:
                assert not catalogue[key]["paid"]
                assert not kept_out(snapshot.items[key], table)


@given(cases)
def test_whatever_is_said_of_an_item_was_known_before_anybody_asked(case: Any) -> None:
    """What a snapshot keeps is made of items and rules alone: no visitor leaves anything in it."""
    catalogue, given_rules, _, _, context = case
    snapshot, decision = decide(case)

    assert snapshot.sayable == builders.snapshot(catalogue, *given_rules).sayable
    for slot in decision.slots:
        for advised in slot.items:
            sayable = snapshot.sayable[context.locale][advised.key]
            each = [sayable.conditions, sayable.factors, sayable.rules]
            known = [part for parts in each for part in parts.values()]
            known += [part for parts in sayable.profiles.values() for part in parts]
            assert set(advised.contributions) <= {*known, *sayable.always}


@given(cases)
def test_every_item_shows_reasons_that_add_up_to_its_score(case: Any) -> None:
    """Law 6."""
    for slot in decide(case)[1].slots:
        for advised in slot.items:
            assert advised.contributions
            assert sum(part.points for part in advised.contributions) == advised.score
            for part in advised.contributions:
                assert part.sentence.strip()
                assert part.source.startswith(("field:", "rule:", "prior"))


@given(cases)
def test_what_is_not_ruled_out_is_cautioned_about(case: Any) -> None:
    """Law 8: an item that says "ask first" is never shown without its caution by oversight."""
    catalogue, _, _, outcome, context = case
    excluded = outcome.ruled_out - outcome.constraints - context.constraints
    for slot in decide(case)[1].slots:
        for advised in slot.items:
            asks = {
                n["constraint"]
                for n in catalogue[advised.key]["constraints"]
                if n["effect"] == "ask_first"
            }
            assert {caution.constraint for caution in advised.cautions} == asks - excluded


@given(cases, st.frozensets(st.sampled_from(TERMS)))
def test_a_client_can_only_add_constraints(case: Any, added: frozenset[str]) -> None:
    """Law 9: with more constraints, what was kept out as unsafe stays out, and cautions stay."""
    catalogue, given_rules, blocked, outcome, context = case
    more = replace(context, constraints=context.constraints | added)
    table = builders.snapshot(catalogue).items
    before = Case(outcome, context, blocked, DAY)
    after = Case(outcome, more, blocked, DAY)

    for key, found in table.items():
        if kept_out(found, before):
            assert kept_out(found, after), key
    advised = decide((catalogue, given_rules, blocked, outcome, more))[1]
    for slot in advised.slots:
        for shown in slot.items:
            asks = {n.constraint for n in table[shown.key].constraints if n.effect == "ask_first"}
            assert asks & added <= {caution.constraint for caution in shown.cautions}


@given(cases)
def test_slots_are_filled_while_eligible_items_remain(case: Any) -> None:
    """What is kept out never costs a place: fewer than the quota means that nothing is left."""
    _, _, blocked, outcome, context = case
    snapshot, decision = decide(case)
    table = Case(outcome, context, blocked, DAY)
    safe = [found for found in snapshot.items.values() if not kept_out(found, table)]
    hidden = decision.withheld.get("hidden_by_rule", 0)
    shown = {slot.slot: len(slot.items) for slot in decision.slots}

    for name in {found.slot for found in safe}:
        here = [found for found in safe if found.slot == name]
        quota = context.limits.get(name, QUOTAS.get(name, PRODUCT_QUOTA))
        assert shown.get(name, 0) <= quota
        if not hidden:
            assert shown.get(name, 0) == min(quota, len(here))


@given(cases)
def test_self_care_stands_before_products_and_supplements_stand_last(case: Any) -> None:
    """Even when a guideline supports supplements and nothing else (Directive 2002/46/EC)."""
    catalogue, *rest = case
    order = [slot.slot for slot in decide((supporting(catalogue, "supports"), *rest))[1].slots]
    names = ("articles", "services", "exercises", "courses", "sleep", "supplements")
    steps = {name: place for place, name in enumerate(names)}

    assert order == sorted(order, key=lambda slot: steps[slot])


@given(cases)
def test_what_a_guideline_says_of_a_supplement_changes_no_place_and_no_score(case: Any) -> None:
    catalogue, *rest = case

    def places(found: Any) -> Any:
        slots = decide((found, *rest))[1].slots
        return [(slot.slot, [(item.key, item.score) for item in slot.items]) for slot in slots]

    supported, silent = (supporting(catalogue, stance) for stance in ("supports", "none"))
    assert places(supported) == places(silent)


def supporting(catalogue: Any, stance: str) -> Any:
    """The same items, with this stance of the guideline for supplements and none for the rest."""
    return {
        key: {**data, "guideline_stance": stance if data["slot"] == "supplements" else "none"}
        for key, data in catalogue.items()
    }


money = st.dictionaries(
    st.sampled_from(["price", "partner", "commission", "offers", "links", "margin", "in_stock"]),
    st.one_of(st.integers(0, 10_000), st.text(max_size=8), st.booleans()),
    min_size=1,
)


@given(cases, money)
def test_an_item_has_no_place_for_money(case: Any, found: dict[str, Any]) -> None:
    """Law 3: whoever puts a price or a partner into an item takes it out of advice, loudly."""
    catalogue, given_rules, *rest = case
    key = sorted(catalogue)[0]
    with_money = {**catalogue, key: catalogue[key] | found}
    snapshot = builders.snapshot(with_money, *given_rules)

    assert {problem.pointer for problem in snapshot.refused[key]} == {f"/{name}" for name in found}
    assert key not in decide((with_money, given_rules, *rest))[1].keys


@given(cases)
def test_nothing_of_money_stands_in_a_decision(case: Any) -> None:
    """Law 3."""
    said = decide(case)[1].to_json().decode()

    assert not [word for word in ("price", "partner", "commission", "EUR", "offer") if word in said]


@given(cases)
def test_a_rule_brings_back_nothing_that_is_kept_out(case: Any) -> None:
    """Law 7: with rules and without, the same items may be advised; rules only hide some."""
    catalogue, given_rules, *rest = case
    slots = ("articles", "services", "exercises", "courses", "sleep", "supplements")
    roomy = dict.fromkeys(slots, 20)
    blocked, outcome, context = rest
    wide = replace(context, limits=roomy)
    bare = decide((catalogue, [], blocked, outcome, wide))[1]
    ruled = decide((catalogue, given_rules, blocked, outcome, wide))[1]

    assert set(ruled.keys) <= set(bare.keys)


@given(catalogues, rules, blockeds, contexts)
def test_of_nobody_only_what_nothing_says_avoid_to_is_advised(
    catalogue: Any, given_rules: Any, blocked: Any, context: Any
) -> None:
    """Law 8: a condition's default advice; every "ask first" carries its caution."""
    nobody = default_assessment("lage-rugpijn")
    decision = decide((catalogue, given_rules, blocked, nobody, context))[1]

    for slot in decision.slots:
        for shown in slot.items:
            notes = catalogue[shown.key]["constraints"]
            assert not [found for found in notes if found["effect"] == "avoid"]
            assert {caution.constraint for caution in shown.cautions} == {
                found["constraint"] for found in notes
            }


@given(cases)
def test_a_rule_whose_criterion_is_not_known_does_not_fire(case: Any) -> None:
    """Law 8: unknown is never no, and never yes."""
    _, given_rules, _, outcome, _ = case
    fired = set(decide(case)[1].rules)
    never = {
        f"rules/{found['key']}"
        for found in given_rules
        if (found.get("when") == whens_by_name["profile"] and outcome.profile is None)
        or (found.get("when") == whens_by_name["sleep"] and "sleep" not in outcome.factors)
    }

    assert not fired & never


@given(cases, st.frozensets(st.sampled_from(TERMS)))
def test_what_a_client_adds_can_only_be_held_against_items(
    case: Any, added: frozenset[str]
) -> None:
    """Law 9, seen from outside: nothing that is advised says "avoid" to what was added."""
    catalogue, given_rules, blocked, outcome, context = case
    more = replace(context, constraints=context.constraints | added)
    for key in decide((catalogue, given_rules, blocked, outcome, more))[1].keys:
        avoided = {n["constraint"] for n in catalogue[key]["constraints"] if n["effect"] == "avoid"}
        assert not avoided & (added | outcome.constraints | outcome.unknown_constraints)


@given(cases)
def test_every_item_is_either_shown_or_counted_as_withheld(case: Any) -> None:
    snapshot, decision = decide(case)

    assert len(decision.keys) + sum(decision.withheld.values()) == len(snapshot.items)
    assert len(set(decision.keys)) == len(decision.keys)


@given(cases)
def test_a_free_item_stands_before_a_paid_one(case: Any) -> None:
    for slot in decide(case)[1].slots:
        paid = [advised.paid for advised in slot.items]
        assert paid == sorted(paid)


@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_the_catalogue_has_no_influence(case: Any, random: Any) -> None:
    catalogue, *rest = case
    shuffled = list(catalogue.items())
    random.shuffle(shuffled)

    assert decide((dict(shuffled), *rest))[1].to_json() == decide(case)[1].to_json()


@given(cases)
def test_a_decision_can_be_replayed_byte_for_byte(case: Any) -> None:
    snapshot, decision = decide(case)

    assert replay(decision.to_json(), snapshot, case[2]).to_json() == decision.to_json()


@given(assessments())
def test_an_outcome_survives_its_plain_form(outcome: Any) -> None:
    assert read_outcome(json.loads(json.dumps(outcome.to_dict()))) == outcome


SMALL = {"page:1": builders.item(), "page:2": builders.product()}


def recorded() -> tuple[Any, bytes]:
    snapshot = builders.snapshot(SMALL)
    return snapshot, advise(snapshot, frozenset(), assessment(), builders.DUTCH, DAY).to_json()


def test_replay_refuses_another_snapshot() -> None:
    _, record = recorded()
    with pytest.raises(ReplayMismatch, match="snapshot"):
        replay(record, builders.snapshot({"page:1": builders.item()}), frozenset())


def test_replay_refuses_another_blocked_set() -> None:
    snapshot, record = recorded()
    with pytest.raises(ReplayMismatch, match="blocked"):
        replay(record, snapshot, frozenset({"page:1"}))


def test_replay_notices_a_record_that_was_changed() -> None:
    snapshot, record = recorded()
    with pytest.raises(ReplayMismatch, match="another decision"):
        replay(record.replace(b'"points":400', b'"points":401'), snapshot, frozenset())


def test_equal_content_has_an_equal_hash_and_other_content_another() -> None:
    one, same = builders.snapshot(SMALL), builders.snapshot(dict(reversed(SMALL.items())))
    other = builders.snapshot({**SMALL, "page:1": builders.item(editor_weight=1)})
    ruled = builders.snapshot(SMALL, rule("a", "pin", {"slot": "sleep"}))
    prior = builders.snapshot(SMALL, priors={"keep-moving": 1})

    assert one.hash == same.hash
    assert len({one.hash, other.hash, ruled.hash, prior.hash}) == 4


def test_the_day_is_an_argument_so_a_review_ends_without_a_clock() -> None:
    snapshot = builders.snapshot(SMALL)
    first, later = (
        advise(snapshot, frozenset(), assessment(), builders.DUTCH, day)
        for day in (DAY, date(2027, 1, 1))
    )
    assert isinstance(first, Decision)
    assert isinstance(later, Decision)
    assert first.keys
    assert later.keys == ()


def test_the_table_is_asked_once_more_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault between the first look and the last raises; nothing unsafe leaves the house."""
    monkeypatch.setitem(advise.__globals__, "kept_from", lambda item, case: "")
    snapshot = builders.snapshot({"page:1": builders.item()})

    with pytest.raises(Breach, match="blocked"):
        advise(snapshot, frozenset({"page:1"}), assessment(), builders.DUTCH, DAY)


def test_what_was_found_for_everybody_is_asked_once_more_at_the_end() -> None:
    snapshot = builders.snapshot({"page:1": builders.item(guideline_stance="against")})
    setting = Case(assessment(), builders.DUTCH, frozenset(), DAY).setting
    snapshot._eligible[setting] = Eligible(tuple(snapshot.items.values()), {})

    with pytest.raises(Breach, match="guideline_against"):
        advise(snapshot, frozenset(), assessment(), builders.DUTCH, DAY)


def test_what_was_found_for_everybody_is_found_anew_for_another_day_or_language() -> None:
    snapshot = builders.snapshot({"page:1": builders.item()})
    setting = Case(assessment(), builders.DUTCH, frozenset(), DAY).setting

    assert snapshot.eligible(setting).items
    assert snapshot.eligible(replace(setting, day=date(2027, 1, 1))).withheld == {
        "review_expired": 1
    }
    assert snapshot.eligible(replace(setting, locale="en")).withheld == {"other_locale": 1}
    assert snapshot.eligible(setting).items


def test_every_reason_to_keep_something_out_has_its_own_name() -> None:
    reasons = [reason for reason, _ in (*FOR_EVERYBODY, *FOR_THIS_CASE)]
    assert len(set(reasons)) == len(reasons)
