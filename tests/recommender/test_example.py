"""The example screening and rules keep the promises that they make to visitors and editors."""

from recommender import compile_rules, compile_screening
from tests.recommender.example import load

SCREENING = compile_screening(load("screening.yaml"))
RULES = compile_rules(load("rules.yaml"))


def test_it_is_marked_as_an_example_that_nobody_reviewed() -> None:
    assert SCREENING.review.kind == "demo"
    assert "voorbeeld" in SCREENING.notice["nl"]
    assert "voorbeeld" in load("rules.yaml")["notice"]["nl"]


def test_it_is_done_within_a_minute() -> None:
    assert SCREENING.longest_seconds <= 60


def test_every_question_says_why_it_is_asked() -> None:
    assert all(question.why["nl"] for question in SCREENING.questions)


def test_the_signs_of_trapped_nerves_are_separate_questions_that_take_dont_know() -> None:
    assert SCREENING.flag_reads["cauda_equina"] == {"bladder", "saddle", "both_legs"}


def test_every_flag_and_every_outcome_has_a_test_vector() -> None:
    expected = [vector["expect"] for vector in load("screening.yaml")["tests"]]
    flags = {flag for expect in expected for flag in expect.get("flags", ())}

    assert flags == {flag.key for flag in SCREENING.flags}
    assert {expect.get("outcome") for expect in expected} >= {row.key for row in SCREENING.outcomes}


def test_there_are_five_rules_and_each_says_why_and_where_that_stands() -> None:
    assert len(RULES.rules) == 5
    assert all(rule.because["nl"] and rule.citation for rule in RULES.rules)
    assert {rule.effect for rule in RULES.rules} >= {"pin", "boost", "hide"}


def test_visitors_are_addressed_with_je() -> None:
    texts = [question.text["nl"] for question in SCREENING.questions]
    texts += [rule.because["nl"] for rule in RULES.rules]
    words = {word.strip(".,?").lower() for text in texts for word in text.split()}

    assert not words & {"u", "uw"}
