"""Questions in a definition: the kinds, their texts in every language, limits in units of time."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from recommender import DefinitionError, Problem, compile_screening, evaluate
from recommender.sites import BODY_SITES, SNOMED
from tests.recommender.builders import nl, question, small, yes

Change = Callable[[dict[str, Any]], Any]


def problems(definition: dict[str, Any]) -> tuple[Problem, ...]:
    try:
        compile_screening(definition)
    except DefinitionError as error:
        return error.problems
    return ()


SCALE = question("x", "scale", low=0, high=10, low_label=nl(), high_label=nl())
PLACES = [
    {"key": "calf_left", "site": "lower_leg", "side": "left", "label": nl()},
    {"key": "back_only", "exclusive": True, "label": nl()},
]
SITE = question("x", "body_site", options=PLACES)


def with_read(asked: dict[str, Any]) -> dict[str, Any]:
    leaf = {"answer": "x", "is": "back_only"} if asked["kind"] == "body_site" else None
    return small(asked, factors={"x": leaf or {"answer": "x", "is": 3}})


@pytest.mark.parametrize(
    ("asked", "changes", "pointer", "says"),
    [
        (SCALE, {"high": 11}, "high", "1 to 10 above low"),
        (SCALE, {"high": 0}, "high", "1 to 10 above low"),
        (SCALE, {"low": -11}, "low", "from -10"),
        (SCALE, {"low": 0.5}, "low", "whole number"),
        (SCALE, {"low_label": {}}, "low_label/nl", "is missing"),
        (SCALE, {"high_label": {"nl": "veel", "en": "much"}}, "high_label/en", "not known here"),
        (SCALE, {"skipped_means": "excluded"}, "skipped_means", "only a question with show_if"),
        (SCALE, {"skipped_means": "no"}, "skipped_means", "excluded, not_asked"),
        (SITE, {"options": [{**PLACES[0], "site": "toe"}, PLACES[1]]}, "options/0/site", "one of"),
        (SITE, {"options": [{**PLACES[0], "side": "top"}, PLACES[1]]}, "options/0/side", "one of"),
        (
            SITE,
            {"options": [{"key": "a", "label": nl()}, PLACES[1]]},
            "options/0/site",
            "is missing",
        ),
        (
            SITE,
            {"options": [PLACES[0], {**PLACES[0], "key": "b"}]},
            "options",
            "exactly one option with exclusive",
        ),
        (
            SITE,
            {"options": [{**PLACES[1], "key": "a"}, PLACES[1]]},
            "options",
            "exactly one option with exclusive",
        ),
    ],
)
def test_a_fault_in_a_scale_or_a_body_site_is_named_at_its_place(
    asked: dict[str, Any], changes: dict[str, Any], pointer: str, says: str
) -> None:
    found = problems(with_read({**asked, **changes}))

    assert any(p.pointer == f"/questions/1/{pointer}" and says in p.message for p in found), found


@pytest.mark.parametrize(("low", "high"), [(0, 10), (1, 10), (1, 5), (-5, 5), (0, 1)])
def test_a_scale_runs_over_two_to_eleven_whole_numbers(low: int, high: int) -> None:
    asked = question("x", "scale", low=low, high=high, low_label=nl(), high_label=nl())
    screening = compile_screening(small(asked, factors={"x": {"answer": "x", "is": high}}))

    assert screening.by_key["x"].read(high) == high


def test_a_value_that_no_scale_has_is_refused_in_a_criterion() -> None:
    found = problems(small(SCALE, factors={"x": {"answer": "x", "is": 11}}))

    assert [p.pointer for p in found] == ["/factors/x/is"]


def test_a_body_site_keeps_its_place_and_side() -> None:
    first = compile_screening(with_read(SITE)).by_key["x"].options[0]

    assert (first.site, first.side, first.exclusive) == ("lower_leg", "left", False)


def test_codes_are_given_for_known_places_only() -> None:
    assert set(SNOMED) <= set(BODY_SITES)


def test_an_option_of_another_question_has_no_place() -> None:
    asked = question("x", "several", options=PLACES)

    assert "/questions/1/options/0/site" in [p.pointer for p in problems(with_read(asked))]


NUMBER = question("x", "number", low=0, high=120)


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("kg", {"nl": "kg", "en": "kg"}),  # a symbol
        ({"nl": "jaar", "en": "years"}, {"nl": "jaar", "en": "years"}),
    ],
)
def test_a_unit_is_a_symbol_or_a_word_in_each_language(unit: Any, shown: dict[str, str]) -> None:
    definition = small({**NUMBER, "unit": unit}, factors={"x": {"answer": "x", "is": 3}})

    screening = compile_screening(in_two_languages(definition))

    assert screening.by_key["x"].unit == shown


@pytest.mark.parametrize(
    ("unit", "pointer"),
    [
        ({"nl": "jaar"}, "/questions/1/unit/en"),
        ({}, "/questions/1/unit/nl"),
        ("", "/questions/1/unit"),
        (3, "/questions/1/unit"),
    ],
)
def test_a_unit_that_misses_a_language_is_named(unit: Any, pointer: str) -> None:
    definition = small({**NUMBER, "unit": unit}, factors={"x": {"answer": "x", "is": 3}})

    assert pointer in [p.pointer for p in problems(in_two_languages(definition))]


def in_two_languages(value: Any) -> Any:
    """Add English to every text that is Dutch alone; units stay as they are."""
    if isinstance(value, dict):
        if value.keys() == {"nl"}:
            return {"nl": value["nl"], "en": value["nl"]}
        made = {key: v if key == "unit" else in_two_languages(v) for key, v in value.items()}
        return made | ({"locales": ["nl", "en"]} if "locales" in made else {})
    return [in_two_languages(part) for part in value] if isinstance(value, list) else value


DURATION = question("x", "duration", units=["days", "weeks", "months", "years"])


@pytest.mark.parametrize(
    ("between", "answer", "holds"),
    [
        # Three months are 3 × 365.25 / 12 = 91.3125 days, so "more than three months" is not 91.
        ({"above": {"value": 3, "unit": "months"}}, {"value": 3, "unit": "months"}, False),
        ({"above": {"value": 3, "unit": "months"}}, {"value": 91, "unit": "days"}, False),
        ({"above": {"value": 3, "unit": "months"}}, {"value": 92, "unit": "days"}, True),
        ({"at_least": {"value": 3, "unit": "months"}}, {"value": 3, "unit": "months"}, True),
        ({"below": {"value": 6, "unit": "weeks"}}, {"value": 42, "unit": "days"}, False),
        ({"below": {"value": 6, "unit": "weeks"}}, {"value": 41, "unit": "days"}, True),
        ({"at_least": {"value": 0.5, "unit": "years"}}, {"value": 6, "unit": "months"}, True),
        (
            {"at_least": 42, "below": {"value": 1, "unit": "years"}},
            {"value": 6, "unit": "weeks"},
            True,
        ),
    ],
)
def test_a_limit_may_be_given_in_a_unit_of_time_and_is_exact(
    between: dict[str, Any], answer: dict[str, Any], holds: bool
) -> None:
    screening = compile_screening(
        small(DURATION, factors={"x": {"answer": "x", "between": between}})
    )

    outcome = evaluate(screening, {"numb": False, "x": answer}).outcome  # type: ignore[union-attr]

    assert outcome.factors == ({"x"} if holds else set())


@pytest.mark.parametrize(
    ("asked", "end", "says"),
    [
        (DURATION, {"value": 3, "unit": "moons"}, "a time such as"),
        (DURATION, {"value": 3}, "a time such as"),
        (DURATION, {"value": -3, "unit": "days"}, "a time such as"),
        (DURATION, 3.5, "a time such as"),
        ({**NUMBER, "unit": "kg"}, {"value": 3, "unit": "months"}, "must be a whole number"),
        (SCALE, {"value": 3, "unit": "days"}, "must be a whole number"),
    ],
)
def test_only_a_duration_is_compared_with_a_time(
    asked: dict[str, Any], end: Any, says: str
) -> None:
    found = problems(small(asked, factors={"x": {"answer": "x", "between": {"at_least": end}}}))

    assert [p.pointer for p in found] == ["/factors/x/between/at_least"]
    assert says in found[0].message


def test_a_month_is_a_twelfth_of_a_year_of_365_and_a_quarter_days() -> None:
    limit = {"above": {"value": 1, "unit": "months"}}
    screening = compile_screening(small(DURATION, factors={"x": {"answer": "x", "between": limit}}))

    assert screening.terms["factors"]["x"].interval.low == Fraction(36525, 1200)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        # Words at 200 a minute are 0.3 s each; a tap is 2 s. Rounded up to whole seconds.
        (question("x", text=nl("een twee drie vier")), 4),  # 4 words, yes and no: 1.8 + 2
        (question("x", "number", unit=nl("jaar"), low=0, high=9, text=nl("a b c d")), 4),  # 1.5 + 2
        (
            question(
                "x", "duration", units=["days", "weeks", "months", "years"], text=nl("a b c d e f")
            ),
            7,  # 10 words: 3 + 4
        ),
        ({**SCALE, "text": nl("een twee")}, 4),  # 2 words and 2 labels: 1.2 + 2
    ],
)
def test_without_an_estimate_the_time_is_worked_out_from_words_and_taps(
    asked: dict[str, Any], seconds: int
) -> None:
    del asked["seconds"]
    leaf = yes("x") if asked["kind"] == "yes_no" else {"answer": "x", "is": 3}
    screening = compile_screening(small(asked, factors={"x": leaf}))

    assert screening.by_key["x"].seconds == seconds


def test_the_language_that_takes_longest_counts() -> None:
    asked = question("x", text={"nl": "kort", "en": "one two three four five six seven eight"})
    del asked["seconds"]
    definition = in_two_languages(small(asked, factors={"x": yes("x")}))

    assert compile_screening(definition).by_key["x"].seconds == 5  # 10 words: 3 + 2
