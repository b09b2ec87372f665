"""Scores in a definition: faults are named at their place; licences and emergencies are kept."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import DefinitionError, Problem, compile_screening
from tests.recommender.builders import flag, nl, options, question, score, small, yes
from tests.recommender.laws import law
from tests.recommender.spec.instruments import scale, start_back


def problems(definition: dict[str, Any]) -> tuple[Problem, ...]:
    try:
        compile_screening(definition)
    except DefinitionError as error:
        return error.problems
    return ()


ASKED = [
    question("a"),
    question("b", "single", options=options("x", "y")),
    question("c", "several", options=options("x", none=True)),
    scale("d"),
    question("e", "duration", units=["days"]),
]
ITEMS: list[dict[str, Any]] = [
    {"question": "a", "points": {"yes": 1, "no": 0}},
    {"question": "b", "points": {"x": 1, "y": 2}},
    {"question": "c", "count": True},
    {"question": "d"},
    {"question": "e", "bands": [{"points": 0, "below": 7}, {"points": 1, "at_least": 7}]},
]


def made(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    bands = [{"key": "any", "label": nl(), "total": {"at_least": 0}}]
    parts = [{"key": "part", "title": nl(), "of": ["a", "b"]}]
    whole = score(*(dict(item) for item in ITEMS), bands=bands, subscales=parts)
    change(whole)
    return small(*ASKED, scores=[whole])


def item(index: int, **fields: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda whole: whole["items"].__setitem__(index, {**ITEMS[index], **fields})


def field(name: str, value: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda whole: whole.__setitem__(name, value)


@pytest.mark.parametrize(
    ("change", "pointer", "says"),
    [
        (lambda whole: whole.pop("licence"), "licence", "is missing"),
        (lambda whole: whole["licence"].pop("holder"), "licence/holder", "is missing"),
        (lambda whole: whole["licence"].update(products="no"), "licence/products", "true or false"),
        (
            lambda whole: whole["licence"].update(attribution={}),
            "licence/attribution/nl",
            "missing",
        ),
        (lambda whole: whole.pop("citation"), "citation", "is missing"),
        (lambda whole: whole.pop("missing"), "missing", "is missing"),
        (field("missing", {"policy": "guess"}), "missing/policy", "no_score, prorate, treat_as"),
        (field("missing", {"policy": "prorate"}), "missing/least", "is missing"),
        (field("missing", {"policy": "prorate", "least": 9}), "missing/least", "from 1 to 5"),
        (field("missing", {"policy": "treat_as"}), "missing/points", "is missing"),
        (field("missing", {"policy": "no_score", "least": 3}), "missing/least", "not known here"),
        (field("combine", "product"), "combine", "max, mean, min, sum"),
        (field("items", []), "items", "at least 1"),
        (item(0, question="z"), "items/0/question", "must be one of"),
        (item(1, question="a", points={"yes": 1, "no": 0}), "items/1/question", "twice"),
        (item(0, points={"yes": 1}), "items/0/points/no", "is missing"),
        (item(0, points={"yes": 1, "no": 0, "maybe": 1}), "items/0/points/maybe", "not known"),
        (item(0, points={"yes": "1", "no": 0}), "items/0/points/yes", "must be a number"),
        (item(0, points={"yes": True, "no": 0}), "items/0/points/yes", "must be a number"),
        (item(0, points={"yes": float("nan"), "no": 0}), "items/0/points/yes", "must be a number"),
        (item(0, count=True), "items/0/count", "at most one of"),
        (item(0, reverse=True), "items/0/reverse", "only a scale or a number"),
        (item(0, weight=0), "items/0/weight", "not be 0"),
        (item(3, points={"x": 1}), "items/3/points", "needs bands"),
        (
            lambda whole: whole["items"].__setitem__(4, {"question": "e"}),
            "items/4",
            "a duration question needs bands",
        ),
        (
            item(4, bands=[{"points": 0, "below": 7}, {"points": 1, "above": 7}]),
            "items/4/bands/1",
            "exactly 7 lies in neither",
        ),
        (
            lambda whole: whole["subscales"][0].update(of=["z"]),
            "subscales/0/of/0",
            "must be one of",
        ),
        (lambda whole: whole["subscales"][0].update(of=[]), "subscales/0/of", "at least 1"),
        (
            lambda whole: whole["subscales"][0].update(key="total"),
            "subscales/0/key",
            "called total",
        ),
        (lambda whole: whole["bands"].append(dict(whole["bands"][0])), "bands/1/key", "twice"),
        (
            lambda whole: whole["bands"][0].update(subscales={"z": {"at_least": 0}}),
            "bands/0/subscales/z",
            "is no subscale",
        ),
        (lambda whole: whole["bands"][0].pop("total"), "bands/0", "needs total or subscales"),
        (field("key", "profile"), "key", "another name"),
        (field("key", "red_flag"), "key", "another name"),
    ],
)
def test_a_fault_in_a_score_is_named_at_its_place(
    change: Callable[[dict[str, Any]], Any], pointer: str, says: str
) -> None:
    found = problems(made(change))

    assert any(p.pointer == f"/scores/0/{pointer}" and says in p.message for p in found), found
    assert all(p.code for p in found)


def test_a_score_without_a_fault_compiles() -> None:
    assert problems(made(lambda whole: None)) == ()


@pytest.mark.parametrize("combine", ["max", "min"])
def test_the_highest_and_the_lowest_cannot_be_prorated(combine: str) -> None:
    def change(whole: dict[str, Any]) -> None:
        whole.update(combine=combine, missing={"policy": "prorate", "least": 2})

    assert [p.pointer for p in problems(made(change))] == ["/scores/0/missing/policy"]


@pytest.mark.parametrize(
    "changes",
    [{"combine": "mean"}, {"missing": {"policy": "prorate", "least": 2}}],
)
def test_a_score_with_fractions_has_bands_over_its_total_alone(changes: dict[str, Any]) -> None:
    def change(whole: dict[str, Any]) -> None:
        whole.update(changes)
        whole["bands"][0]["subscales"] = {"part": {"at_least": 0}}

    assert "/scores/0/bands/0/subscales" in [p.pointer for p in problems(made(change))]


LICENSED = {"score": "risk", "between": {"at_least": 4}}
BANDED = {"fact": "risk", "is": "high"}
PART = {"score": "psychosocial", "between": {"at_least": 4}}


@pytest.mark.parametrize("leaf", [LICENSED, BANDED, PART, {"fact": "behind", "is": True}])
@pytest.mark.parametrize(
    ("place", "pointer"),
    [
        ("factors", "/factors/stress"),
        ("constraints", "/constraints/stress"),
        ("signals", "/signals/stress"),
        ("flags", "/flags/1"),
        ("gate", "/flags/1"),
        ("outcomes", "/outcomes/0"),
        ("show_if", "/questions/10/show_if"),
    ],
)
def test_a_licence_that_forbids_products_keeps_rules_away_from_the_score(
    leaf: dict[str, Any], place: str, pointer: str
) -> None:
    """It may be shown, and nothing else: rules read terms, flags and rows."""
    definition = start_back(facts={"behind": {"not": LICENSED}, "named": leaf})
    lesser = {"colour": "yellow", "urgency": "appointment", "unknown": "ignore"}
    if place in ("factors", "constraints", "signals"):
        definition[place] = {"stress": leaf}
    elif place == "flags":
        definition["flags"].append(flag("worried", leaf, **lesser))
    elif place == "gate":
        definition["flags"].append(flag("worried", yes("q1"), gate=leaf, **lesser))
    elif place == "outcomes":
        row = {"key": "one", "when": {"named": True}, "conditions": [], "summary": nl()}
        definition["outcomes"].insert(0, row)
    else:
        definition["questions"].append(question("more", show_if=leaf))
        definition["factors"] = {"more": yes("more")}

    found = [p for p in problems(definition) if p.code == "licence"]

    assert [p.pointer for p in found] == [pointer]
    assert "risk" in found[0].message
    assert "Keele University" in found[0].message


def test_a_licensed_score_may_be_shown_and_an_unused_fact_does_no_harm() -> None:
    assert problems(start_back(facts={"behind": LICENSED})) == ()


leaves = st.sampled_from(
    [LICENSED, BANDED, PART, yes("q1"), yes("q2"), {"fact": "one", "is": True}]
)
criteria = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.builds(lambda part: {"not": part}, parts),
        st.builds(lambda some: {"all": some}, st.lists(parts, min_size=1, max_size=2)),
        st.builds(lambda some: {"any": some}, st.lists(parts, min_size=1, max_size=2)),
        st.builds(lambda some: {"exactly": 1, "of": some}, st.lists(parts, min_size=1, max_size=2)),
    ),
    max_leaves=4,
)


def mentions(criterion: Any, one: Any) -> bool:
    if isinstance(criterion, dict):
        if criterion.get("fact") == "one":
            return mentions(one, None)
        if criterion in (LICENSED, BANDED, PART):
            return True
        return any(mentions(part, one) for part in criterion.values())
    return isinstance(criterion, list) and any(mentions(part, one) for part in criterion)


@law
@given(leaves.filter(lambda leaf: "fact" not in leaf), criteria)
def test_however_deep_a_licensed_score_hides_no_term_may_depend_on_it(
    one: dict[str, Any], criterion: dict[str, Any]
) -> None:
    definition = start_back(facts={"one": one}, factors={"stress": criterion})

    refused = any(p.code == "licence" for p in problems(definition))

    assert refused == mentions(criterion, one)


@pytest.mark.parametrize(
    ("leaf", "facts"),
    [
        ({"score": "total", "between": {"at_least": 3}}, {}),
        ({"fact": "high", "is": True}, {"high": {"score": "total", "between": {"at_least": 3}}}),
        ({"flag": "much", "is": True}, {}),
    ],
)
def test_an_emergency_may_not_wait_for_a_score(leaf: dict[str, Any], facts: Any) -> None:
    counted = score({"question": "a"}, {"question": "b"})
    much = flag(
        "much",
        {"score": "total", "between": {"at_least": 3}},
        urgency="appointment",
        unknown="ask",
    )
    definition = small(scale("a"), scale("b"), scores=[counted], facts=facts)
    definition["flags"] += [much, flag("now", leaf)]

    found = [p for p in problems(definition) if p.code == "emergency_reads_score"]

    assert [p.pointer for p in found] == ["/flags/2"]


def test_a_lesser_flag_may_read_a_score_whose_questions_then_come_first() -> None:
    counted = score({"question": "a"}, {"question": "b"})
    much = {"score": "total", "between": {"at_least": 3}}
    definition = small(scale("a"), question("idle"), scale("b"), scores=[counted])
    definition["factors"] = {"idle": yes("idle")}
    definition["flags"].append(flag("much", much, urgency="appointment", unknown="ask"))

    found = problems(definition)

    assert [(p.pointer, p.code) for p in found] == [("/questions/3", "order")]
