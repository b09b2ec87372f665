"""Rules: what an editor can say, and when it fires."""

from typing import Any

import pytest

from recommender import Context, DefinitionError, compile_rules
from recommender.rules import facts
from tests.recommender import builders
from tests.recommender.builders import DUTCH, assessment, nl, raised, rule, rule_set


def problems(*rules: dict[str, Any], **changes: Any) -> dict[str, str]:
    made = {"slug": "rules", "version": 1, "locales": ["nl"], "notice": nl(), "rules": list(rules)}
    with pytest.raises(DefinitionError) as error:
        compile_rules({**made, **changes})
    return {problem.pointer: problem.message for problem in error.value.problems}


@pytest.mark.parametrize(
    ("faulty", "pointer", "says"),
    [
        (rule("a", "sell", {"slot": "sleep"}), "/rules/0/effect", "boost, bury, hide, pin"),
        (rule("a", "boost", {"slot": "sleep"}, points=900), "/rules/0/points", "from 1 to 300"),
        (rule("a", "pin", {"slot": "sleep"}, points=9), "/rules/0/points", "is not known here"),
        (rule("a", "pin", {}), "/rules/0/select", "select by at least one of"),
        (rule("a", "pin", {"price": 3}), "/rules/0/select/price", "is not known here"),
        (rule("a", "pin", {"items": []}), "/rules/0/select/items", "at least 1"),
        (rule("a", "pin", {"slot": "sleep"}, because={}), "/rules/0/because/nl", "is missing"),
        (rule("a", "pin", {"slot": "sleep"}, citation=""), "/rules/0/citation", "not empty"),
        (
            rule("a", "pin", {"slot": "sleep"}, when={"fact": "price", "is": "x"}),
            "/rules/0/when/fact",
            "conditions, constraints, factors",
        ),
        (
            rule("a", "pin", {"slot": "sleep"}, when={"answer": "numb", "is": True}),
            "/rules/0/when/answer",
            "is no answer that may be read here",
        ),
        (
            rule("a", "pin", {"slot": "sleep"}, when={"fact": "profile", "is": 4}),
            "/rules/0/when/is",
            "1, 2, 3",
        ),
        (
            rule("a", "pin", {"slot": "sleep"}, when={"fact": "placement", "is": "mail"}),
            "/rules/0/when/is",
            "screening",
        ),
    ],
)
def test_a_fault_is_named_at_its_place(faulty: dict[str, Any], pointer: str, says: str) -> None:
    assert says in problems(faulty)[pointer]


def test_every_fault_is_named_at_once() -> None:
    found = problems(rule("a", "sell", {"slot": "sleep"}), rule("a", "pin", {}), version=0, price=3)
    assert {"/version", "/price", "/rules/0/effect", "/rules/1/select"} <= set(found)


def test_two_rules_may_not_share_a_name() -> None:
    same = rule("a", "pin", {"slot": "sleep"})
    assert "/rules/1/key" in problems(same, same)


NOBODY = frozenset[str]()


@pytest.mark.parametrize(
    ("when", "fires"),
    [
        ({"fact": "profile", "in": [2, 3]}, True),
        ({"fact": "profile", "is": 1}, False),
        ({"fact": "conditions", "is": "lage-rugpijn"}, True),
        (
            {"not": {"fact": "conditions", "is": "nekpijn"}},
            True,
        ),  # the outcome names its conditions
        ({"fact": "factors", "is": "sleep"}, True),
        ({"fact": "factors", "is": "stress"}, False),  # ruled out
        ({"not": {"fact": "factors", "is": "stress"}}, True),
        ({"not": {"fact": "factors", "is": "posture"}}, False),  # never asked: unknown
        ({"fact": "constraints", "is": "pregnancy"}, False),  # asked, not known
        ({"not": {"fact": "constraints", "is": "pregnancy"}}, False),
        ({"not": {"fact": "constraints", "is": "kidney_disease"}}, True),
        ({"fact": "constraints", "is": "skin_problems"}, True),  # added by the context
        ({"fact": "flags", "is": "mood"}, True),
        ({"fact": "flags", "is": "worse"}, False),  # raised, but not sure
        ({"not": {"fact": "flags", "is": "worse"}}, False),
        ({"fact": "placement", "is": "condition"}, True),
        ({"fact": "locale", "is": "nl"}, True),
        ({"fact": "outcome", "is": "delayed_recovery"}, True),
    ],
)
def test_an_unknown_rule_does_not_fire(when: dict[str, Any], fires: bool) -> None:
    outcome = assessment(
        factors=frozenset({"sleep"}),
        unknown_constraints=frozenset({"pregnancy"}),
        ruled_out=frozenset({"stress", "kidney_disease"}),
        flags=(raised("mood"), raised("worse", certainty="not_sure")),
    )
    context = Context(locale="nl", placement="condition", constraints=frozenset({"skin_problems"}))
    made = rule_set(rule("a", "pin", {"slot": "sleep"}, when=when)).rules[0]

    assert made.fires(facts(outcome, context), "nl") is fires


def test_without_a_profile_no_rule_about_profiles_fires() -> None:
    either = {"any": [{"fact": "profile", "is": 1}, {"not": {"fact": "profile", "is": 1}}]}
    made = rule_set(rule("a", "pin", {"slot": "sleep"}, when=either)).rules[0]

    assert not made.fires(facts(assessment(profile=None), DUTCH), "nl")


@pytest.mark.parametrize(("effect", "fires"), [("pin", False), ("boost", False), ("hide", True)])
def test_a_rule_that_cannot_say_why_in_a_language_only_hides_there(
    effect: str, fires: bool
) -> None:
    made = rule_set(rule("a", effect, {"slot": "sleep"})).rules[0]

    assert made.fires(facts(assessment(), Context(locale="en")), "en") is fires


@pytest.mark.parametrize(
    ("select", "fits"),
    [
        ({"items": ["mattress", "pillow"]}, True),
        ({"items": ["pillow"]}, False),
        ({"type": "product", "slot": "sleep"}, True),
        ({"type": "product", "slot": "training"}, False),
        ({"factor": "sleep"}, True),
        ({"condition": "nekpijn"}, False),
        ({"phase": "acute"}, False),
        ({"paid": True}, True),
        ({"paid": False}, False),
    ],
)
def test_a_rule_speaks_of_the_items_that_every_given_field_fits(
    select: dict[str, Any], fits: bool
) -> None:
    data = builders.product(translation_key="mattress", factors=["sleep"])
    item = builders.snapshot({"page:1": data}).items["page:1"]

    assert rule_set(rule("a", "pin", select)).rules[0].fits(item) is fits
