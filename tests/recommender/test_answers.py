"""What each kind of question takes for an answer, and what it says to anything else."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import compile_screening, evaluate
from recommender.answers import AnswerError, NoValue
from tests.recommender import builders

SCREENING = compile_screening(builders.definition())
QUESTIONS = {question.key: question for question in SCREENING.questions}

UNKNOWNS = [
    ({"unknown": "dont_know"}, NoValue.DONT_KNOW),
    ({"unknown": "rather_not_say"}, NoValue.RATHER_NOT_SAY),
]


@pytest.mark.parametrize(
    ("question", "given", "read"),
    [
        ("numb", True, True),
        ("numb", False, False),
        ("ill", "fever", "fever"),
        ("age", 0, 0),
        ("age", 120, 120),
        ("duration", {"value": 9, "unit": "weeks"}, 63),
        ("duration", {"value": 0, "unit": "days"}, 0),
        ("duration", {"value": 1.5, "unit": "weeks"}, Fraction(21, 2)),
        ("duration", {"value": 1, "unit": "months"}, Fraction("30.4375")),  # 365.25 / 12
        ("duration", {"value": 2, "unit": "years"}, Fraction("730.5")),
        ("health", ["kidneys", "bleeding"], frozenset({"kidneys", "bleeding"})),
        ("health", ["none"], frozenset({"none"})),
        ("worry", 0, 0),
        ("worry", 10, 10),
        ("where", ["leg"], frozenset({"leg"})),
        ("where", ["back_only"], frozenset({"back_only"})),
        *[(question, *unknown) for question in QUESTIONS for unknown in UNKNOWNS],
    ],
)
def test_answers_that_are_taken(question: str, given: Any, read: Any) -> None:
    assert QUESTIONS[question].read(given) == read


@pytest.mark.parametrize(
    ("question", "given", "says"),
    [
        ("numb", "yes", "true or false"),
        ("numb", 1, "true or false"),
        ("numb", None, "true or false"),
        ("numb", {"unknown": "maybe"}, "dont_know"),
        ("numb", {"unknown": "dont_know", "value": True}, "dont_know"),
        ("numb", {"unknown": ["dont_know"]}, "dont_know"),
        ("ill", "chills", "well, fever, very_ill"),
        ("ill", ["fever"], "well, fever, very_ill"),
        ("ill", True, "well, fever, very_ill"),
        ("age", 121, "from 0 to 120"),
        ("age", -1, "from 0 to 120"),
        ("age", True, "from 0 to 120"),
        ("age", "40", "from 0 to 120"),
        ("age", 40.5, "at most 0 decimals"),
        ("age", float("nan"), "from 0 to 120"),
        ("age", float("inf"), "from 0 to 120"),
        pytest.param("age", 10**5000, "from 0 to 120", id="age-huge"),
        ("duration", 9, "weeks"),
        ("duration", {"value": 9}, "weeks"),
        ("duration", {"value": 9, "unit": "fortnights"}, "days, weeks, months, years"),
        ("duration", {"value": 9, "unit": ["weeks"]}, "weeks"),
        ("duration", {"value": -1, "unit": "weeks"}, "not below 0"),
        ("duration", {"value": True, "unit": "weeks"}, "weeks"),
        ("duration", {"value": "9", "unit": "weeks"}, "weeks"),
        ("duration", {"value": float("nan"), "unit": "weeks"}, "weeks"),
        pytest.param("duration", {"value": 10**5000, "unit": "weeks"}, "weeks", id="huge"),
        ("duration", {"value": 500, "unit": "years"}, "weeks"),
        ("duration", {"value": 9, "unit": "weeks", "about": True}, "weeks"),
        ("health", [], "at least one of: kidneys, bleeding, none"),
        ("health", "none", "at least one of"),
        ("health", ["kidneys", "kidneys"], "twice"),
        ("health", ["kidneys", "none"], "none cannot be combined"),
        ("health", ["liver"], "at least one of"),
        ("health", [["kidneys"]], "at least one of"),
        ("worry", 11, "whole number from 0 to 10"),
        ("worry", -1, "from 0 to 10"),
        ("worry", 10.0, "whole number"),  # a tap on a scale is a whole number
        ("worry", True, "from 0 to 10"),
        ("worry", "7", "from 0 to 10"),
        ("worry", [7], "from 0 to 10"),
        pytest.param("worry", 10**5000, "from 0 to 10", id="scale-huge"),
        ("where", "leg", "at least one of: leg, back_only"),
        ("where", [], "at least one of"),
        ("where", ["leg", "back_only"], "back_only cannot be combined"),
        ("where", ["arm"], "at least one of"),
    ],
)
def test_anything_else_says_what_would_be_right(question: str, given: Any, says: str) -> None:
    with pytest.raises(AnswerError) as error:
        QUESTIONS[question].read(given)
    assert says in str(error.value)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=5), parts),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(QUESTIONS)) | st.text(max_size=8), anything))
def test_whatever_is_sent_evaluating_it_never_fails(answers: dict[str, Any]) -> None:
    result = evaluate(SCREENING, answers)

    named = {fault.question for fault in result.errors} | set(result.unused)
    unknown_names = {str(key) for key in answers} - set(QUESTIONS)
    assert unknown_names <= named
