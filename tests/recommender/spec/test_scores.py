"""Scores: what answers add up to.

An answer becomes points in this order: reversed, recoded or counted, weighted, capped. The items
are combined (sum, mean, max, min) and the score is capped. Subscales name questions by key, never
by position. What a missing answer does is said by each score, and bands hold for every total that
answers can reach exactly once.
"""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender import (
    Assessment,
    Complete,
    DefinitionError,
    compile_screening,
    evaluate,
    score_reach,
)
from recommender.outcome import ShownScore
from recommender.score_reach import reachable
from tests.recommender.builders import nl, options, question, score, small
from tests.recommender.laws import law
from tests.recommender.spec.instruments import (
    CATEGORIES,
    OREBRO_QUESTIONS,
    REVERSED,
    orebro,
    scale,
    start_back,
)

UNKNOWN = {"unknown": "dont_know"}
Answers = dict[str, Any]


def scored(definition: dict[str, Any], answers: Answers) -> ShownScore:
    result = evaluate(compile_screening(definition), {"numb": False, **answers})
    assert isinstance(result, Complete), result
    assert isinstance(result.outcome, Assessment)
    return result.outcome.scores[0]


def agree(*numbers: int, q9: str = "none") -> Answers:
    return {f"q{number}": number in numbers for number in range(1, 9)} | {"q9": q9}


@pytest.mark.parametrize(
    ("who", "answers", "total", "psychosocial", "band"),
    [
        ("agrees with nothing", agree(), 0, 0, "low"),
        ("agrees with 1 to 3", agree(1, 2, 3), 3, 0, "low"),
        ("agrees with 1 to 4", agree(1, 2, 3, 4), 4, 0, "medium"),
        ("agrees with 1, 5, 6, 7", agree(1, 5, 6, 7), 4, 3, "medium"),
        ("agrees with 5 to 8", agree(5, 6, 7, 8), 4, 4, "high"),
        ("agrees with 5, 6, 7, very much", agree(5, 6, 7, q9="very"), 4, 4, "high"),
        ("agrees with 5, 6, 7, moderately", agree(5, 6, 7, q9="moderate"), 3, 3, "low"),
        ("agrees with all, extremely", agree(*range(1, 9), q9="extreme"), 9, 5, "high"),
    ],
)
def test_start_back_as_published(
    who: str, answers: Answers, total: int, psychosocial: int, band: str
) -> None:
    found = scored(start_back(), answers)

    assert (found.value, found.band) == (total, band), who
    assert [part.value for part in found.subscales] == [psychosocial]
    assert (found.answered, found.of) == (9, 9)
    assert found.attribution == {"nl": "© Keele University"}


LOWEST: Answers = {
    "o1": "c1",
    **{f"o{number}": 10 if f"o{number}" in REVERSED else 0 for number in range(2, 11)},
}
HIGHEST: Answers = {
    "o1": "c10",
    **{f"o{number}": 0 if f"o{number}" in REVERSED else 10 for number in range(2, 11)},
}
FORTY_NINE = {**LOWEST, "o1": "c9", "o2": 10, "o5": 10, "o6": 10, "o7": 10}


@pytest.mark.parametrize(
    ("who", "answers", "total", "band"),
    [
        ("everything at its lowest", LOWEST, 1, "low"),
        ("everything at its highest", HIGHEST, 100, "raised"),
        ("one below the cut-off", FORTY_NINE, 49, "low"),
        ("at the cut-off", {**FORTY_NINE, "o1": "c10"}, 50, "raised"),
        ("one above the cut-off", {**FORTY_NINE, "o1": "c10", "o9": 1}, 51, "raised"),
        *((f"{key} alone, reversed", {**LOWEST, key: 0}, 11, "low") for key in REVERSED),
        ("a plain item alone", {**LOWEST, "o2": 10}, 11, "low"),
    ],
)
def test_orebro_short_form_as_published(who: str, answers: Answers, total: int, band: str) -> None:
    found = scored(orebro(), answers)

    assert (found.value, found.band) == (total, band), who


@pytest.mark.parametrize("missing", [question["key"] for question in OREBRO_QUESTIONS])
def test_with_one_answer_missing_there_is_no_score(missing: str) -> None:
    found = scored(orebro(), {**HIGHEST, missing: UNKNOWN})

    assert (found.value, found.band, found.label) == (None, "", {})
    assert (found.answered, found.of) == (9, 10)


SITES = ["neck", "shoulder", "arm", "back", "hip", "leg"]


@pytest.mark.parametrize(
    ("chosen", "points"),
    [(1, 2), (4, 8), (5, 10), (6, 10), (0, 0)],
)
def test_sites_are_counted_times_two_and_capped_at_ten(chosen: int, points: int) -> None:
    """Question 5 of the long form; "none of these" counts for nothing."""
    asked = question("sites", "several", options=options(*SITES, none=True))
    counted = score({"question": "sites", "count": True, "weight": 2, "cap": 10})

    found = scored(small(asked, scores=[counted]), {"sites": SITES[:chosen] or ["none"]})

    assert found.value == points


A_WEEK = {"value": 1, "unit": "weeks"}


@pytest.mark.parametrize(
    ("item", "asked", "answer", "points"),
    [
        ({"points": {"yes": 1, "no": 0}}, question("x"), True, 1),
        ({"points": {"yes": 1, "no": 0}}, question("x"), False, 0),
        ({"points": {"yes": 0.5, "no": 0}}, question("x"), True, 0.5),
        ({}, scale("x"), 7, 7),
        ({"reverse": True}, scale("x"), 7, 3),
        ({"reverse": True}, scale("x", 1, 5), 2, 4),  # low + high - value
        ({"reverse": True, "weight": 2, "cap": 15}, scale("x"), 1, 15),
        ({"weight": 2}, scale("x"), 7, 14),
        ({"cap": 5}, scale("x"), 7, 5),
        (
            {"bands": [{"points": 0, "below": 5}, {"points": 3, "at_least": 5}]},
            scale("x"),
            5,
            3,
        ),
        (
            {"reverse": True, "bands": [{"points": 0, "below": 5}, {"points": 3, "at_least": 5}]},
            scale("x"),
            6,
            0,
        ),
        (
            {"bands": [{"points": 1, "below": A_WEEK}, {"points": 2, "at_least": A_WEEK}]},
            question("x", "duration", units=["days", "weeks"]),
            {"value": 1, "unit": "weeks"},
            2,
        ),
        (
            {"bands": [{"points": 1, "below": A_WEEK}, {"points": 2, "at_least": A_WEEK}]},
            question("x", "duration", units=["days", "weeks"]),
            {"value": 6, "unit": "days"},
            1,
        ),
        (
            {"points": {"a": 1, "b": 2, "none": 0}},
            question("x", "several", options=options("a", "b", none=True)),
            ["a", "b"],
            3,
        ),
    ],
)
def test_from_an_answer_to_points(
    item: dict[str, Any], asked: dict[str, Any], answer: Any, points: float
) -> None:
    found = scored(small(asked, scores=[score({"question": "x", **item})]), {"x": answer})

    assert found.value == points


@pytest.mark.parametrize(
    ("combine", "value"),
    [("sum", 12), ("mean", 4), ("max", 9), ("min", 1)],
)
def test_ways_to_combine(combine: str, value: int) -> None:
    items = [{"question": key} for key in ("a", "b", "c")]
    made = small(scale("a"), scale("b"), scale("c"), scores=[score(*items, combine=combine)])

    assert scored(made, {"a": 1, "b": 2, "c": 9}).value == value


def test_a_score_can_be_capped() -> None:
    made = small(
        scale("a"), scale("b"), scores=[score({"question": "a"}, {"question": "b"}, cap=12)]
    )

    assert scored(made, {"a": 10, "b": 9}).value == 12


@pytest.mark.parametrize(
    ("missing", "answers", "value"),
    [
        ({"policy": "no_score"}, {"a": 1, "b": 2, "c": 3}, 6),
        ({"policy": "no_score"}, {"a": 1, "b": 2, "c": UNKNOWN}, None),
        ({"policy": "prorate", "least": 2}, {"a": 1, "b": 2, "c": UNKNOWN}, 4.5),  # 3 / 2 × 3
        ({"policy": "prorate", "least": 3}, {"a": 1, "b": 2, "c": UNKNOWN}, None),
        ({"policy": "prorate", "least": 2}, {"a": 1, "b": 2, "c": 3}, 6),
        ({"policy": "prorate", "least": 1}, dict.fromkeys("abc", UNKNOWN), None),
        ({"policy": "prorate", "least": 1}, {"a": 1, "b": UNKNOWN, "c": UNKNOWN}, 3),
        ({"policy": "treat_as", "points": 5}, {"a": 1, "b": 2, "c": UNKNOWN}, 8),
        ({"policy": "treat_as", "points": 0}, dict.fromkeys("abc", UNKNOWN), 0),
    ],
)
def test_what_a_missing_answer_does(
    missing: dict[str, Any], answers: Answers, value: float | None
) -> None:
    items = [{"question": key} for key in ("a", "b", "c")]
    made = small(scale("a"), scale("b"), scale("c"), scores=[score(*items, missing=missing)])

    assert scored(made, answers).value == value


def test_a_prorated_score_that_is_no_whole_number_is_shown_in_two_decimals() -> None:
    items = [{"question": key} for key in "abcd"]
    missing = {"policy": "prorate", "least": 3}
    made = small(*map(scale, "abcd"), scores=[score(*items, missing=missing)])

    assert scored(made, {"a": 1, "b": 2, "c": 2, "d": UNKNOWN}).value == 6.67  # 5 / 3 × 4


def test_a_skipped_item_is_missing_too() -> None:
    asked = [scale("a"), {**scale("b"), "show_if": {"answer": "a", "between": {"at_least": 5}}}]
    made = small(*asked, scores=[score({"question": "a"}, {"question": "b"})])

    assert scored(made, {"a": 4}).value is None
    assert scored(made, {"a": 5, "b": 1}).value == 6


def test_rows_and_terms_can_read_a_score_a_subscale_and_a_band() -> None:
    definition = start_back(
        factors={
            "many": {"score": "risk", "between": {"at_least": 4}},
            "mind": {"score": "psychosocial", "between": {"at_least": 4}},
            "risky": {"fact": "risk", "in": ["medium", "high"]},
        },
        outcomes=[
            {"key": "calm", "when": {"risk": "low"}, "conditions": [], "summary": nl()},
            {"key": "undetermined", "conditions": [], "summary": nl()},
        ],
    )
    definition["scores"][0]["licence"]["products"] = True
    screening = compile_screening(definition)

    def assessed(answers: Answers) -> tuple[str, frozenset[str]]:
        outcome = evaluate(screening, {"numb": False, **answers}).outcome  # type: ignore[union-attr]
        return outcome.outcome, outcome.factors

    assert assessed(agree(1)) == ("calm", frozenset())
    assert assessed(agree(1, 2, 3, 4)) == ("undetermined", {"many", "risky"})
    assert assessed(agree(5, 6, 7, 8)) == ("undetermined", {"many", "mind", "risky"})
    assert assessed({**agree(1), "q9": UNKNOWN}) == ("undetermined", frozenset())


tap = st.integers(0, 10)
every = st.fixed_dictionaries(
    {"o1": st.sampled_from(CATEGORIES)} | {f"o{number}": tap for number in range(2, 11)}
)
SHORT_FORM = compile_screening(orebro())


@settings(max_examples=30)  # each compiles a screening of its own
@given(every, st.permutations(range(10)))
def test_the_order_of_items_and_the_names_of_questions_change_nothing(
    answers: Answers, order: list[int]
) -> None:
    definition = orebro()
    items = definition["scores"][0]["items"]
    definition["scores"][0]["items"] = [
        {**items[index], "question": f"n_{items[index]['question']}"} for index in order
    ]
    for asked in definition["questions"][1:]:
        asked["key"] = f"n_{asked['key']}"
    renamed = {f"n_{key}": value for key, value in answers.items()}

    before = evaluate(SHORT_FORM, {"numb": False, **answers}).outcome  # type: ignore[union-attr]
    assert scored(definition, renamed) == before.scores[0]


@law
@given(every, st.sampled_from(sorted(LOWEST)))
def test_raising_the_points_of_one_item_never_lowers_a_sum(answers: Answers, key: str) -> None:
    """For a reversed item that is lowering the answer; a category is raised by the next one."""
    raised = dict(answers)
    if key == "o1":
        raised[key] = CATEGORIES[min(CATEGORIES.index(answers[key]) + 1, 9)]
    elif key in REVERSED:
        raised[key] = max(answers[key] - 1, 0)
    else:
        raised[key] = min(answers[key] + 1, 10)

    before, after = (
        evaluate(SHORT_FORM, {"numb": False, **given}).outcome.scores[0].value  # type: ignore[union-attr]
        for given in (answers, raised)
    )
    assert before <= after


@pytest.mark.parametrize("definition", [start_back(), orebro()], ids=["start back", "orebro"])
def test_every_total_that_can_be_reached_lies_in_exactly_one_band(
    definition: dict[str, Any],
) -> None:
    screening = compile_screening(definition)
    made = screening.scores[0]
    names = [part.key for part in made.subscales]

    for total, *parts in reachable(made, screening.by_key):
        subscales = dict(zip(names, parts, strict=True))
        assert sum(band.holds(total, subscales) for band in made.bands) == 1


def test_what_can_be_reached_is_exact() -> None:
    """STarT Back: four items outside the subscale, five in it."""
    screening = compile_screening(start_back())

    assert reachable(screening.scores[0], screening.by_key) == {
        (Fraction(outside + inside), Fraction(inside))
        for outside in range(5)
        for inside in range(6)
    }


@pytest.mark.parametrize(
    ("bands", "at", "code", "says"),
    [
        ([{"at_most": 2}, {"at_least": 4}], 1, "gap", "total 3"),
        ([{"at_most": 3}, {"at_least": 3}], 1, "overlap", "total 3"),
        ([{"at_least": 0}, {"at_least": 21}], 1, "unreachable", "no answers"),
        ([{"at_least": 1}], 0, "gap", "total 0"),
        ([{"at_most": 3}, {"at_least": 4, "at_most": 10}], 1, "gap", "total 11; total 12"),
    ],
)
def test_bands_with_a_gap_an_overlap_or_nothing_in_them_are_refused(
    bands: list[dict[str, int]], at: int, code: str, says: str
) -> None:
    named = [
        {"key": f"band_{number}", "label": nl(), "total": total}
        for number, total in enumerate(bands)
    ]
    made = small(
        scale("a"), scale("b"), scores=[score({"question": "a"}, {"question": "b"}, bands=named)]
    )

    with pytest.raises(DefinitionError) as error:
        compile_screening(made)

    found = {(p.pointer, p.code): p.message for p in error.value.problems}
    assert says in found[f"/scores/0/bands/{at}", code]


@pytest.mark.parametrize(
    ("bands", "fits"),
    [
        # Four of five items answered: 3 points then are 15/4, between the whole numbers.
        ([{"at_most": 3}, {"at_least": 4}], False),
        ([{"below": 4}, {"at_least": 4}], True),
    ],
)
def test_bands_of_a_prorated_score_leave_no_fraction_out(
    bands: list[dict[str, int]], fits: bool
) -> None:
    named = [
        {"key": f"band_{number}", "label": nl(), "total": total}
        for number, total in enumerate(bands)
    ]
    items = [{"question": key} for key in "abcde"]
    made = score(*items, bands=named, missing={"policy": "prorate", "least": 4})
    definition = small(*map(scale, "abcde"), scores=[made])

    if fits:
        assert compile_screening(definition).scores
    else:
        with pytest.raises(DefinitionError, match=r"gap.*total 15/4"):
            compile_screening(definition)


def test_a_score_with_too_many_values_says_what_to_simplify(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(score_reach, "MOST_VALUES", 1000)
    asked = [scale(f"n{number}") for number in range(4)]
    parts = [{"key": f"part_{number}", "title": nl(), "of": [f"n{number}"]} for number in range(4)]
    items = [{"question": f"n{number}"} for number in range(4)]
    bands = [{"key": "any", "label": nl(), "total": {"at_least": 0}}]
    made = small(*asked, scores=[score(*items, subscales=parts, bands=bands)])

    with pytest.raises(DefinitionError) as error:
        compile_screening(made)

    (problem,) = error.value.problems
    assert (problem.pointer, problem.code) == ("/scores/0", "too_many")
    assert "fewer subscales" in problem.message


def test_a_question_with_too_many_numbers_needs_bands_of_points() -> None:
    asked = question("x", "number", unit="x", low=0, high=5000, decimals=3)
    bands = [{"key": "any", "label": nl(), "total": {"at_least": 0}}]
    made = small(asked, scores=[score({"question": "x"}, bands=bands)])

    with pytest.raises(DefinitionError, match="question x takes too many numbers"):
        compile_screening(made)
