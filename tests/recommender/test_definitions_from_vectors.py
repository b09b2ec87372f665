"""The two screenings of low back pain do what their vectors promise, and the vectors see all of it.

The vectors were reasoned from their sources before the definitions were written: they are the
judge. A definition and its vectors are two files, and are put together here.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import DefinitionError, Problem, Screening, compile_screening, evaluate
from recommender.flags import NOT_SURE, SURE
from recommender.flow import Complete, Result, Stopped, visible
from recommender.onward import carried
from recommender.outcome import Assessment
from recommender.questions import Question
from recommender.timing import SECONDS_A_TAP, TAPS, seconds
from recommender.vectors import Vector, vectors
from tests.recommender.example import load

FILES = {"screening-4.yaml": "screening.tests.yaml", "hernia.yaml": "hernia.tests.yaml"}
VECTORS = [
    pytest.param(file, at, id=f"{file.removesuffix('.yaml')}: {vector['name']}")
    for file, promises in FILES.items()
    for at, vector in enumerate(load(promises)["tests"])
]


@cache
def merged(file: str) -> dict[str, Any]:
    return {**load(file), **load(FILES[file])}


@cache
def problems(file: str) -> tuple[Problem, ...]:
    try:
        compile_screening(merged(file))
    except DefinitionError as error:
        return error.problems
    return ()


@cache
def screening(file: str) -> Screening:
    return compile_screening(merged(file))


@cache
def results(file: str) -> tuple[tuple[Vector, Result], ...]:
    return tuple((v, evaluate(screening(file), v.answers)) for v in vectors(merged(file)))


def ended(file: str) -> list[Complete | Stopped]:
    return [found for _, found in results(file) if isinstance(found, (Complete, Stopped))]


# --- the vectors hold ------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES)
def test_a_definition_breaks_no_rule_so_its_vectors_are_run(file: str) -> None:
    assert [p for p in problems(file) if not p.pointer.startswith("/tests/")] == []


@pytest.mark.parametrize(("file", "at"), VECTORS)
def test_the_definition_does_what_the_vector_promises(file: str, at: int) -> None:
    # After any other fault no vector is run, so that nothing would be found here either.
    elsewhere = [p for p in problems(file) if not p.pointer.startswith("/tests/")]
    here = [p.message for p in problems(file) if p.pointer.startswith(f"/tests/{at}/")]

    assert (elsewhere, here) == ([], [])


@pytest.mark.parametrize("certainty", [SURE, NOT_SURE])
@pytest.mark.parametrize("file", FILES)
def test_every_flag_is_raised_by_a_vector_surely_and_by_another_not_surely(
    file: str, certainty: str
) -> None:
    raised = {f.key for e in ended(file) for f in e.outcome.flags if f.certainty == certainty}

    assert {flag.key for flag in screening(file).flags} - raised == set()


@pytest.mark.parametrize("file", FILES)
def test_every_row_of_the_outcomes_is_reached_by_a_vector(file: str) -> None:
    reached = {e.outcome.outcome for e in ended(file) if isinstance(e.outcome, Assessment)}

    assert {row.key for row in screening(file).outcomes} - reached == set()


@pytest.mark.parametrize("file", FILES)
def test_every_person_comes_to_an_end(file: str) -> None:
    people = merged(file)["people"]
    found = {name: evaluate(screening(file), answers) for name, answers in people.items()}

    assert {
        name for name, end in found.items() if not isinstance(end, (Complete, Stopped))
    } == set()
    assert [end.errors for end in found.values() if end.errors] == []


# --- the rows of the outcomes ----------------------------------------------------------------

ALARMS = ("nerves", "leg_strength", "illness", "events", "history")
AGES = st.sampled_from([18, 34, 44, 45, 50, 51, 55, 56, 69])
DAYS = st.sampled_from([0, 20, 21, 41, 42, 84, 85, 91, 92, 1000])


def answer(question: Question) -> st.SearchStrategy[Any]:
    """An answer that is known and, of the first five lists, raises no alarm."""
    keys = [option.key for option in question.options if not option.exclusive]
    none = [option.key for option in question.options if option.exclusive]
    some = st.lists(st.sampled_from(keys), min_size=1, unique=True) if keys else st.nothing()
    made: dict[str, st.SearchStrategy[Any]] = {
        "yes_no": st.booleans(),
        "number": AGES,
        "duration": DAYS.map(lambda days: {"value": days, "unit": "days"}),
        "scale": st.integers(question.low, question.high),
        "single": st.sampled_from(keys) if keys else st.nothing(),
    }
    listed = st.just(none) if question.key in ALARMS else st.just(none) | some
    return made.get(question.kind, listed)


def known_answers(file: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({q.key: answer(q) for q in screening(file).questions})


@cache
def rows_upside_down(file: str) -> Screening:
    *rows, last = merged(file)["outcomes"]
    return compile_screening({**merged(file), "outcomes": [*reversed(rows), last]})


@pytest.mark.parametrize("file", FILES)
@given(data=st.data())
def test_whoever_knows_every_answer_has_one_row_and_it_is_never_the_last(
    file: str, data: st.DataObject
) -> None:
    answers = data.draw(known_answers(file))

    end = evaluate(screening(file), answers)

    assert isinstance(end, Complete), end
    if isinstance(end.outcome, Assessment):
        other = evaluate(rows_upside_down(file), answers)
        assert isinstance(other, Complete)
        assert isinstance(other.outcome, Assessment)
        # A second row that holds would be the first one in a table that is upside down.
        assert end.outcome.outcome == other.outcome.outcome != "undetermined"


# --- one name for one thing ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "wrong"),
    [
        # The flag and the constraint are one thing: they read the same answer.
        ({}, []),
        (
            {"constraints": {"pregnancy": {"answer": "health", "is": "breastfeeding"}}},
            ["constraints"],
        ),
        # Two terms never share a name: they stand in one list of the CMS.
        ({"factors": {"pregnancy": {"answer": "health", "is": "pregnant"}}}, ["constraints"]),
    ],
)
def test_a_flag_and_a_term_share_a_name_only_when_they_read_the_same(
    terms: dict[str, Any], wrong: list[str]
) -> None:
    definition = dict(merged("hernia.yaml"))
    for kind, changed in terms.items():
        definition[kind] = {**definition.get(kind, {}), **changed}

    found: tuple[Problem, ...] = ()
    try:
        compile_screening(definition)
    except DefinitionError as error:
        found = error.problems

    assert [(p.pointer, p.code) for p in found] == [
        (f"/{kind}/pregnancy", "name_taken") for kind in wrong
    ]


# --- from the one screening to the other -----------------------------------------------------


def onward() -> Any:
    (leads,) = [row.leads_to for row in screening("screening-4.yaml").outcomes if row.leads_to]
    return leads


def test_what_both_ask_is_asked_in_the_same_words_with_the_same_options() -> None:
    asked = [{q["key"]: q for q in load(file)["questions"]} for file in FILES]
    own = {"page", "show_if", "skipped_means"}  # how it lies in its own screening
    both = asked[0].keys() & asked[1].keys()
    alike = [
        {key: {k: v for k, v in part[key].items() if k not in own} for key in both}
        for part in asked
    ]

    assert both == set(onward().carry)
    assert alike[0] == alike[1]


@pytest.mark.parametrize(
    ("who", "leg"),
    [
        ("sanne", {"radiation": ["calf_left"], "leg_signs": ["tingling"]}),
        ("omar", {"radiation": ["thigh_left"], "leg_signs": ["tingling", "cough"]}),
        ("riet", {"radiation": ["calf_left"], "leg_signs": ["cough"]}),
    ],
)
def test_whoever_is_led_to_the_hernia_self_test_is_asked_two_questions(
    who: str, leg: dict[str, Any]
) -> None:
    answers = {**merged("screening-4.yaml")["people"][who], **leg}
    hernia = screening(f"{onward().screening}.yaml")

    brought = carried(onward(), answers, hernia)
    found = evaluate(hernia, brought)

    assert found.status == "in_progress"
    assert found.next == ("pain_leg", "limits")
    assert found.progress.total - found.progress.answered == 2
    assert (found.unused, found.errors) == ((), ())


# --- what is promised to visitors ------------------------------------------------------------


def typical(file: str) -> tuple[str, ...]:
    (vector,) = [v for v in vectors(merged(file)) if v.typical]
    return visible(screening(file), vector.answers)


@pytest.mark.parametrize("locale", ["nl", "en"])
@pytest.mark.parametrize("file", FILES)
def test_the_promise_is_not_below_the_formula_with_a_tap_to_leave_each_screen(
    file: str, locale: str
) -> None:
    on_path = [screening(file).by_key[key] for key in typical(file)]
    screens = len({question.page for question in on_path})
    taken = sum(seconds(question, locale) for question in on_path) + SECONDS_A_TAP * screens

    assert taken <= screening(file).promised_seconds


def test_the_typical_path_through_low_back_pain_is_twelve_taps_on_four_screens() -> None:
    on_path = [screening("screening-4.yaml").by_key[k] for k in typical("screening-4.yaml")]

    assert sum(TAPS.get(question.kind, 1) for question in on_path) == 12
    assert len({question.page for question in on_path}) == 4


def texts(node: Any, at: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text that a visitor can read, by where it stands."""
    if isinstance(node, dict) and node.keys() & {"nl", "en"}:
        yield at, node
        return
    parts = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for name, each in parts:
        yield from texts(each, f"{at}/{name}")


@pytest.mark.parametrize("file", FILES)
def test_every_text_is_there_in_both_languages_with_the_same_figures(file: str) -> None:
    said = dict(texts(load(file)))

    assert len(said) > 100
    assert [at for at, both in said.items() if set(both) != {"nl", "en"}] == []
    assert [at for at, both in said.items() if both["nl"] == both["en"]] == []
    figures = {
        at: [sorted(re.findall(r"\d+", t)) for t in both.values()] for at, both in said.items()
    }
    assert {at: found for at, found in figures.items() if found[0] != found[1]} == {}


@pytest.mark.parametrize("file", FILES)
def test_visitors_are_addressed_with_je(file: str) -> None:
    words = {w.strip(".,?:").lower() for _, both in texts(load(file)) for w in both["nl"].split()}

    assert not words & {"u", "uw"}


@pytest.mark.parametrize("file", FILES)
def test_it_is_marked_as_an_example_that_nobody_reviewed(file: str) -> None:
    made = screening(file)

    assert made.review.kind == "demo"
    assert "voorbeeld" in made.notice["nl"]
    assert "example" in made.notice["en"]
    assert made.information is not None


@pytest.mark.parametrize("file", FILES)
def test_a_citation_is_a_title_a_publisher_and_a_year(file: str) -> None:
    shape = r"[^,:]+, [^,:]+, (\d{4}|jaar onbekend)"
    cited = {flag.key: flag.citation for flag in screening(file).flags}

    assert {key: c for key, c in cited.items() if not re.fullmatch(shape, c)} == {}


@pytest.mark.parametrize("file", FILES)
def test_the_safety_net_names_what_no_question_may_have_caught(file: str) -> None:
    told = " ".join(screening(file).texts["safety_net"]["nl"].split())
    signs = [
        "kunt plassen",
        "doof gevoel",
        "kracht verliest",
        "koorts",
        "erg ziek",
        "ongeluk",
        "kanker",
    ]

    assert [sign for sign in signs if sign not in told] == []
