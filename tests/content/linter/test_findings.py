"""What a finding says: where, in which sentence, by which rule, why and what would be right."""

import random
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.content.linter import explain, lint
from cms.content.linter.reasons import rules
from cms.content.linter.words import words


def found(text: str, language: Any = "nl", **how: Any) -> list[tuple[str, str, str]]:
    return [(f.rule, f.words, f.sentence) for f in lint(text, language, **how)]


def used(language: Any) -> set[str]:
    return {rule.key for patterns in words(language).rules.values() for rule, _ in patterns}


def test_a_finding_marks_its_words_and_its_sentence_in_the_text_as_it_was_given() -> None:
    text = "<p>Dit is magnesium.</p><p>Het is <b>goed</b> bij rug<i>pijn</i>! Neem het.</p>"
    assert ("complaint", "rug<i>pijn", "Het is <b>goed</b> bij rug<i>pijn</i>!") in found(text)
    assert all("magnesium" not in sentence for _, _, sentence in found(text))


@pytest.mark.parametrize(
    ("text", "rules_expected"),
    [
        # a question goes with what follows it
        ("Heb je een nierziekte? Vraag het je arts.", set()),
        ("Heb je een nierziekte? Neem twee tabletten.", {"disease"}),
        ("Neem twee tabletten. Heb je een nierziekte?", {"disease"}),
        # a list goes with the line above it
        ("<p>Neem het niet bij:</p><ul><li>een nierziekte</li><li>een hartkwaal</li></ul>", set()),
        ("<p>Voor wie:</p><ul><li>een nierziekte</li></ul>", {"disease"}),
        # every clause on its own
        ("Het helpt niet tegen pijn.", set()),
        ("Het helpt niet tegen pijn, maar wel tegen kramp.", {"complaint"}),
        ("Het geneest niets.", {"effect"}),
    ],
)
def test_what_stands_around_a_word_decides(text: str, rules_expected: set[str]) -> None:
    assert {rule for rule, _, _ in found(text)} >= rules_expected
    assert bool(found(text)) == bool(rules_expected)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Werken je nieren minder goed? Dan kan magnesium zich ophopen.", False),
        ("Wie reuma heeft.", False),
        ("Het helpt tegen reuma.", True),
        ("Goed voor je nieren.", True),
        ("Aanbevolen door fysiotherapeuten.", True),
    ],
)
def test_a_text_that_warns_may_name_a_disease_and_promise_nothing(text: str, refused: bool) -> None:
    assert bool(lint(text, "nl", warns=True)) == refused


def test_an_alternative_text_inside_a_text_is_read_too() -> None:
    text = '<p>Tekst.</p><embed embedtype="image" id="1" alt="Helpt tegen rugpijn"/>'
    assert ("complaint", "rugpijn", "Helpt tegen rugpijn") in found(text)


def test_a_word_of_the_other_language_is_seen() -> None:
    assert lint("For back pain relief", "nl")
    assert lint("Bij rugpijn", "en")


@pytest.mark.parametrize("rule", rules())
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_rule_says_why_and_what_instead_in_both_languages(rule: str, language: Any) -> None:
    said = explain(rule, language)
    assert said.why
    assert said.instead
    assert said.law
    assert rule in used(language)


def test_rules_and_reasons_are_the_same() -> None:
    for language in ("nl", "en"):
        assert used(language) == set(rules())


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_its_findings_lie_inside_it(text: str) -> None:
    for language in ("nl", "en"):
        for finding in lint(text, language):
            assert 0 <= finding.start < finding.end <= len(text)
            assert text[finding.start : finding.end] == finding.words
            assert finding.words in finding.sentence or finding.sentence in finding.words


HIDES = ["\u00ad", "\u200b", "\u2060", "<b></b>", "<!-- -->", "&shy;", "\u0336", "&#8203;"]


@given(st.integers(0, 10_000), st.sampled_from(["Helpt tegen rugpijn", "Verlicht je klachten"]))
def test_nothing_that_a_reader_does_not_see_hides_a_promise(seed: int, promise: str) -> None:
    chance = random.Random(seed)
    hidden = "".join(letter + chance.choice(["", *HIDES]) for letter in promise)
    assert {rule for rule, _, _ in found(hidden)} >= {"complaint"}


def test_a_long_page_takes_less_than_fifty_milliseconds() -> None:
    sentences = ["Magnesium zit in noten en in brood.", "Heb je een nierziekte? Neem dit niet."]
    page = "\n".join(f"<p>{sentences[at % 2]} Nummer {at}.</p>" for at in range(90))
    assert len(page) > 4000
    lint(page, "nl")
    times = []
    for _ in range(5):
        start = time.process_time()
        lint(page, "nl")
        times.append(time.process_time() - start)
    assert min(times) < 0.05
