"""Laws that hold for every screening that compiles: nothing hides, skips or delays a flag."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender import (
    Complete,
    DefinitionError,
    InProgress,
    Problem,
    Referral,
    Stopped,
    compile_screening,
    evaluate,
)
from recommender.answers import Answer, NoValue
from recommender.conclude import alarms, emergency
from recommender.flags import URGENCIES
from recommender.questions import READERS
from tests.recommender import builders
from tests.recommender.builders import yes
from tests.recommender.laws import law


def problems(definition: dict[str, Any]) -> tuple[Problem, ...]:
    try:
        compile_screening(definition)
    except DefinitionError as error:
        return error.problems
    return ()


# Read by a flag; numb, weak (emergency), ill, age (through branching), steroids, low_mood.
FLAG_QUESTIONS = {"numb", "weak", "ill", "age", "steroids", "low_mood"}


@settings(max_examples=60)
@given(st.permutations(range(11)))
def test_the_order_law(order: list[int]) -> None:
    """A definition compiles only when every question of a flag comes before all others."""
    definition = builders.definition()
    definition["questions"] = [definition["questions"][index] for index in order]
    keys = [asked["key"] for asked in definition["questions"]]

    first_other = min(keys.index(key) for key in set(keys) - FLAG_QUESTIONS)
    last_flag = max(keys.index(key) for key in FLAG_QUESTIONS)
    branching_looks_back = keys.index("age") < keys.index("steroids")

    late = [p for p in problems(definition) if "must come before question" in p.message]
    assert bool(late) == (last_flag > first_other)
    if not branching_looks_back:
        steroids = f"/questions/{keys.index('steroids')}/show_if"
        assert steroids in [problem.pointer for problem in problems(definition)]


def test_the_order_law_names_the_question_the_flag_and_what_it_waits_for() -> None:
    definition = builders.definition()
    definition["questions"].insert(0, definition["questions"].pop(7))  # sleepless goes first

    found = problems(definition)

    assert found[0].pointer == "/questions/1"
    assert "before question sleepless" in found[0].message
    assert "alarm_signs" in found[0].message


@pytest.mark.parametrize(
    ("criterion", "asked"),
    [
        (yes("weak"), "numb"),
        ({"fact": "alarm", "is": True}, "numb"),  # read through a fact
    ],
)
def test_branching_may_never_skip_a_question_that_an_emergency_flag_reads(
    criterion: dict[str, Any], asked: str
) -> None:
    definition = builders.definition()
    definition["flags"][0]["when"] = criterion
    definition["questions"][1]["show_if"] = yes(asked)

    found = problems(definition)

    assert any(p.pointer == "/questions/1/show_if" and "alarm_signs" in p.message for p in found)


def test_branching_may_skip_a_question_of_a_lesser_flag() -> None:
    definition = builders.definition()
    definition["questions"][2]["show_if"] = yes("numb")

    assert problems(definition) == ()


def test_branching_reads_only_earlier_questions_so_it_has_no_loop() -> None:
    definition = builders.definition()
    definition["questions"][2]["show_if"] = yes("low_mood")
    definition["questions"][5]["show_if"] = {"answer": "ill", "is": "fever"}

    found = problems(definition)

    assert any(p.pointer == "/questions/2/show_if" and "low_mood" in p.message for p in found)


SCREENING = compile_screening(builders.definition())
UNKNOWN = st.sampled_from([{"unknown": "dont_know"}, {"unknown": "rather_not_say"}])
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "numb": st.booleans() | UNKNOWN,
    "weak": st.booleans() | UNKNOWN,
    "ill": st.sampled_from(["well", "fever", "very_ill"]) | UNKNOWN,
    "age": st.integers(0, 120) | UNKNOWN,
    "steroids": st.booleans() | UNKNOWN,
    "low_mood": st.booleans() | UNKNOWN,
    "duration": UNKNOWN
    | st.fixed_dictionaries({"value": st.integers(0, 200), "unit": st.just("days")}),
    "sleepless": st.booleans() | UNKNOWN,
    "health": UNKNOWN
    | st.just(["none"])
    | st.lists(st.sampled_from(["kidneys", "bleeding"]), min_size=1, unique=True),
    "worry": st.integers(0, 10) | UNKNOWN,
    "where": st.sampled_from([["leg"], ["back_only"]]) | UNKNOWN,
}
complete = st.fixed_dictionaries(ANSWERS)
partial = st.fixed_dictionaries({}, optional=ANSWERS)


@given(complete)
def test_every_path_ends_and_every_end_has_an_outcome(answers: dict[str, Any]) -> None:
    result = evaluate(SCREENING, answers)

    assert result.status in ("stopped", "complete")
    assert not result.errors


@given(partial)
def test_asking_on_always_comes_to_an_end(answers: dict[str, Any]) -> None:
    """Answering what is asked, whatever it is, takes at most one step for each question."""
    steps = 0
    result = evaluate(SCREENING, answers)
    while result.status == "in_progress":
        answers = {**answers, **{key: {"unknown": "dont_know"} for key in result.next}}
        result = evaluate(SCREENING, answers)
        steps += 1
    assert steps <= len(SCREENING.questions)


@given(complete)
def test_a_sign_of_an_emergency_that_is_not_denied_is_never_let_pass(
    answers: dict[str, Any],
) -> None:
    """Law 8: yes stops; not knowing stops too, and says that it is not sure."""
    result = evaluate(SCREENING, answers)

    signs = [answers["numb"], answers["weak"]]
    assert isinstance(result, Stopped) == (signs != [False, False])
    if isinstance(result, Stopped):
        assert result.outcome.certainty == ("sure" if True in signs else "not_sure")
        assert result.outcome.urgency == "emergency_now"


@given(partial, st.data())
def test_answering_more_never_takes_a_stop_away_or_makes_it_less_urgent(
    answers: dict[str, Any], data: st.DataObject
) -> None:
    before = evaluate(SCREENING, answers)
    after = evaluate(SCREENING, {**data.draw(partial), **answers})

    if isinstance(before, Stopped):
        assert isinstance(after, Stopped)
        ranks = [URGENCIES.index(result.outcome.urgency) for result in (before, after)]
        assert ranks[1] <= ranks[0]


@given(partial, st.randoms(use_true_random=False))
def test_the_order_in_which_answers_are_sent_does_not_matter(
    answers: dict[str, Any], random: Any
) -> None:
    shuffled = list(answers.items())
    random.shuffle(shuffled)

    one, other = evaluate(SCREENING, dict(shuffled)), evaluate(SCREENING, answers)
    assert one == other
    assert getattr(one, "reasons", ()) == getattr(other, "reasons", ())


@given(partial)
def test_the_flags_that_depend_on_an_answer_are_all_that_it_can_raise(
    answers: dict[str, Any],
) -> None:
    """The walk asks only those; asking every emergency flag at every answer says the same."""
    values: dict[str, Answer] = dict.fromkeys(SCREENING.by_key, NoValue.NOT_ASKED)
    for key, question in SCREENING.by_key.items():
        if key in answers:
            values[key] = question.read(answers[key])
            raised = alarms(SCREENING, values, key)
            assert raised == (emergency(SCREENING, values) is not None)
            if raised:
                break


@given(partial)
def test_unused_answers_have_no_influence(answers: dict[str, Any]) -> None:
    result = evaluate(SCREENING, answers)
    used = {key: value for key, value in answers.items() if key not in result.unused}

    again = evaluate(SCREENING, used)

    if result.status == "in_progress":
        assert again == evaluate(SCREENING, used)
        assert getattr(again, "next", None) == result.next
    else:
        assert getattr(again, "outcome", None) == result.outcome


def refers(answers: dict[str, Any]) -> bool:
    """By the flags of the screening themselves, on the answers as they are placed."""
    values = dict.fromkeys(SCREENING.by_key, NoValue.NOT_ASKED)
    read = {key: SCREENING.by_key[key].read(value) for key, value in answers.items()}
    skipped = "age" in read and isinstance(read["age"], int) and read["age"] < 50
    if skipped and "steroids" not in read:
        values["steroids"] = NoValue.SKIPPED
    lookup = SCREENING.lookup({**values, **read})
    return any(flag.refers(flag.criterion.truth(lookup)) for flag in SCREENING.flags)


@law
@given(complete)
def test_there_is_a_referral_exactly_when_a_flag_refers(answers: dict[str, Any]) -> None:
    outcome = getattr(evaluate(SCREENING, answers), "outcome", None)

    assert isinstance(outcome, Referral) == refers(answers)


@law
@given(complete)
def test_a_certain_emergency_stops_and_an_unknown_one_refers_without_being_sure(
    answers: dict[str, Any],
) -> None:
    result = evaluate(SCREENING, answers)
    signs = [answers["numb"], answers["weak"]]

    if signs != [False, False]:
        assert isinstance(result, Stopped)
        assert isinstance(result.outcome, Referral)
        assert result.outcome.certainty == ("sure" if True in signs else "not_sure")


@law
@given(partial)
def test_evaluating_the_answers_that_were_used_says_the_same(answers: dict[str, Any]) -> None:
    """Idempotent: replaying what counted, once or twice, changes nothing."""
    result = evaluate(SCREENING, answers)
    used = {key: value for key, value in answers.items() if key not in result.unused}
    again = evaluate(SCREENING, used)

    assert (again.status, again.unused) == (result.status, ())
    assert getattr(again, "outcome", None) == getattr(result, "outcome", None)
    assert getattr(again, "next", None) == getattr(result, "next", None)


@law
@given(partial)
def test_every_result_is_in_exactly_one_state(answers: dict[str, Any]) -> None:
    result = evaluate(SCREENING, answers)

    states = {InProgress: "in_progress", Stopped: "stopped", Complete: "complete"}
    assert [status for made, status in states.items() if isinstance(result, made)] == [
        result.status
    ]
    assert hasattr(result, "outcome") == (result.status != "in_progress")


@law
@given(partial, partial)
def test_adding_an_answer_never_lowers_an_urgency_that_was_certain(
    answers: dict[str, Any], more: dict[str, Any]
) -> None:
    before, after = evaluate(SCREENING, answers), evaluate(SCREENING, {**more, **answers})

    if after.status != "in_progress":
        assert certain_rank(after) <= certain_rank(before)


def certain_rank(result: Any) -> int:
    """The most urgent flag that is sure: 0 is most urgent."""
    flags = result.outcome.flags if hasattr(result, "outcome") else ()
    ranks = [URGENCIES.index(flag.urgency) for flag in flags if flag.certainty == "sure"]
    return min(ranks, default=len(URGENCIES))


@law
@given(partial)
def test_what_a_flag_depends_on_is_never_unused_unless_an_emergency_came_first(
    answers: dict[str, Any],
) -> None:
    result = evaluate(SCREENING, answers)

    if result.status != "stopped":
        assert not SCREENING.heard & set(result.unused)


def test_no_path_leaves_out_a_question_of_an_emergency() -> None:
    asked = {question.key: question for question in SCREENING.questions}
    for key in SCREENING.flag_reads["alarm_signs"]:
        assert asked[key].show_if is None


def test_the_screening_of_these_tests_has_a_question_of_every_kind() -> None:
    assert {asked.kind for asked in SCREENING.questions} == set(READERS)
