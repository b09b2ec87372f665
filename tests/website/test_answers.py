"""A form becomes an answer of the API, an answer fills the form again, and nothing is guessed."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples.website import answers, trail
from tests.website.forms import CASES, Case, Fault

TEXTS = tomllib.loads((Path(__file__).parents[2] / "examples/website/texts/nl.toml").read_text())


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_filled_in_is_read_or_refused_by_name(case: Case) -> None:
    if isinstance(case.expected, Fault):
        with pytest.raises(answers.Fault) as fault:
            answers.read(case.question, case.fields)
        assert (fault.value.code, fault.value.field) == case.expected
        assert fault.value.code in TEXTS["faults"]
    else:
        answer = answers.read(case.question, case.fields)
        assert answer == case.expected
        assert type(answer) is type(case.expected)


@pytest.mark.parametrize(
    "case", [case for case in CASES if not isinstance(case.expected, Fault)], ids=str
)
def test_an_answer_fills_in_the_form_that_it_was_read_from(case: Case) -> None:
    fields = answers.filled(case.question, case.expected)
    assert answers.read(case.question, fields) == case.expected


def test_a_question_without_an_answer_is_empty() -> None:
    assert answers.filled({"kind": "yes_no"}, None) == {}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)
)


@given(st.lists(st.tuples(st.text(), JSON), max_size=10))
def test_answers_travel_in_the_form_and_come_back_in_their_order(
    given_answers: list[tuple[str, object]],
) -> None:
    assert trail.read(trail.write(given_answers)) == given_answers


@pytest.mark.parametrize(
    "text",
    ["{", "{}", "1", '["bladder"]', '[["bladder"]]', '[["a", 1, 2]]', "[[1, true]]", "[" * 100_000],
)
def test_a_hidden_field_that_somebody_else_wrote_is_refused(text: str) -> None:
    with pytest.raises(trail.BadTrail):
        trail.read(text)


def test_no_more_answers_come_back_than_there_may_be() -> None:
    with pytest.raises(trail.BadTrail):
        trail.read(trail.write([("q", 1)] * (trail.MOST + 1)))
