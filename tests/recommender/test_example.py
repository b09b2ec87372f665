"""The example screening and rules keep the promises that they make to visitors and editors."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from recommender import compile_rules, compile_screening
from tests.recommender.example import load

SCREENING = compile_screening(load("screening.yaml"))
RULES = compile_rules(load("rules.yaml"))


def test_it_is_marked_as_an_example_that_nobody_reviewed() -> None:
    assert SCREENING.review.kind == "demo"
    for notice in (SCREENING.notice, load("rules.yaml")["notice"]):
        assert "voorbeeld" in notice["nl"]
        assert "example" in notice["en"]


def test_it_is_done_within_a_minute_in_eight_to_twelve_taps() -> None:
    """Every question is a tap; a duration is two, its number and its unit."""
    kinds = [question.kind for question in SCREENING.questions]

    assert SCREENING.longest_seconds <= 60
    assert 8 <= len(kinds) + kinds.count("duration") <= 12


def test_every_question_says_why_it_is_asked() -> None:
    assert all(question.why["nl"] for question in SCREENING.questions)


def test_the_signs_of_trapped_nerves_are_separate_questions_that_take_dont_know() -> None:
    assert SCREENING.flag_reads["cauda_equina"] == {"bladder", "saddle", "both_legs"}


def test_every_flag_and_every_outcome_has_a_test_vector() -> None:
    expected = [vector["expect"] for vector in load("screening.yaml")["tests"]]
    flags = {flag for expect in expected for flag in expect.get("flags", ())}

    assert flags == {flag.key for flag in SCREENING.flags}
    assert {expect.get("outcome") for expect in expected} >= {row.key for row in SCREENING.outcomes}


def test_there_are_six_rules_and_each_says_why_and_where_that_stands() -> None:
    assert len(RULES.rules) == 6
    assert all(rule.because["nl"] and rule.citation for rule in RULES.rules)
    assert {rule.effect for rule in RULES.rules} >= {"pin", "boost", "hide"}


CITATIONS = [
    *(flag.citation for flag in SCREENING.flags),
    *(rule.citation for rule in RULES.rules),
]


@pytest.mark.parametrize("citation", sorted(set(CITATIONS)))
def test_a_citation_is_a_title_a_publisher_and_a_year(citation: str) -> None:
    assert re.fullmatch(r"[^,:]+, [^,:]+, (\d{4}|jaar onbekend)", citation)


@pytest.mark.parametrize(
    "sign",
    [
        "kunt plassen",
        "plas of poep niet kunt ophouden",
        "doof gevoel hebt rond je anus of geslachtsdelen",
        "snel kracht verliest",
        "koorts",
        "erg ziek voelt",
        "gevallen",
        "ongeluk",
        "kanker",
        "na drie weken niet minder wordt",
    ],
)
def test_the_safety_net_names_every_sign_of_the_condition_page(sign: str) -> None:
    assert sign in " ".join(SCREENING.texts["safety_net"]["nl"].split())


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("heart_rhythm", ["ritme", "geleiding"]),  # magnesium
        ("skin_problems", ["dun", "kapot", "ontstoken"]),  # heat pack
    ],
)
def test_options_say_what_the_items_warn_about(option: str, words: list[str]) -> None:
    health = next(q for q in load("screening.yaml")["questions"] if q["key"] == "health")
    label = next(o["label"]["nl"] for o in health["options"] if o["key"] == option)

    assert all(word in label for word in words)


def test_visitors_are_addressed_with_je() -> None:
    texts = [question.text["nl"] for question in SCREENING.questions]
    texts += [rule.because["nl"] for rule in RULES.rules]
    words = {word.strip(".,?").lower() for text in texts for word in text.split()}

    assert not words & {"u", "uw"}


# --- both languages ------------------------------------------------------------------------

FILES = ("screening.yaml", "rules.yaml")


def texts(node: Any, at: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text that a visitor can read, by where it stands."""
    if isinstance(node, list):
        for number, each in enumerate(node):
            yield from texts(each, f"{at}/{number}")
    elif isinstance(node, dict) and node.keys() & {"nl", "en"}:
        yield at, node
    elif isinstance(node, dict):
        for name, each in node.items():
            yield from texts(each, f"{at}/{name}")


@pytest.mark.parametrize("file", FILES)
def test_every_text_is_there_in_both_languages(file: str) -> None:
    definition = load(file)
    assert definition["locales"] == ["nl", "en"]
    said = dict(texts(definition))
    assert len(said) >= 7
    missing = {
        at: sorted({"nl", "en"} - {locale for locale, text in both.items() if text.strip()})
        for at, both in said.items()
    }
    assert {at: locales for at, locales in missing.items() if locales} == {}
    assert [at for at, both in said.items() if both["nl"] == both["en"]] == []


@pytest.mark.parametrize("file", FILES)
def test_both_languages_name_the_same_figures(file: str) -> None:
    """A number to call, an age: whatever is written in figures."""
    figures = {
        at: [sorted(re.findall(r"\d+", text)) for text in both.values()]
        for at, both in texts(load(file))
    }
    assert {at: found for at, found in figures.items() if found[0] != found[1]} == {}


@pytest.mark.parametrize(
    "sign",
    [
        "cannot pass urine",
        "cannot hold your urine or stool",
        "numb around your anus or genitals",
        "quickly lose strength",
        "fever",
        "feel very ill",
        "fallen",
        "accident",
        "cancer",
        "not less after three weeks",
    ],
)
def test_the_english_safety_net_names_every_sign_too(sign: str) -> None:
    assert sign in " ".join(SCREENING.texts["safety_net"]["en"].split())
