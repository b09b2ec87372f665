"""How well the linter does with words that it does not list. Figures: docs/claims.md."""

from itertools import product
from string import Formatter
from typing import Any

import pytest

from cms.content.linter import lint
from cms.content.linter.words import listed
from tests.content.linter.test_sentences import table

HELD_OUT = table("held_out.yaml")
FREE = table("free_shapes.yaml")
GOALS = HELD_OUT["goals"]
WAYS = ("new thing", "new verb", "all new")
ARTICLES = {"nl": ("een ",), "en": ("a ",)}
MEASURED = "second"


def filled(shapes: list[str], words: dict[str, list[str]]) -> list[str]:
    """Every sentence of these shapes with every one of these words."""
    made = []
    for shape in shapes:
        names = [name for _, name, _, _ in Formatter().parse(shape) if name]
        for chosen in product(*(words[name] for name in names)):
            said = shape.format(**dict(zip(names, chosen, strict=True)))
            made.append(said[0].upper() + said[1:])
    return made


def sentences(which: str, language: str, way: str) -> list[str]:
    return filled(HELD_OUT["shapes"][language][way], HELD_OUT["lists"][which][language])


def share_refused(which: str, language: Any, way: str) -> float:
    made = sentences(which, language, way)
    return sum(bool(lint(sentence, language)) for sentence in made) / len(made)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("which", ["first", "second"])
def test_the_linter_does_not_list_the_words_that_were_held_out(which: str, language: str) -> None:
    known = listed(language)
    for name in ("ailment", "part", "verb"):
        for word in HELD_OUT["lists"][which][language][name]:
            assert word.removeprefix(ARTICLES[language][0]) not in known, word


def test_most_promises_with_words_that_are_not_listed_are_refused() -> None:
    shares = [share_refused(MEASURED, spoken, way) for spoken in ("nl", "en") for way in WAYS]
    assert sum(shares) / len(shares) >= GOALS["recall"]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("which", ["first", "second"])
def test_few_harmless_sentences_are_refused(which: str, language: str) -> None:
    assert share_refused(which, language, "harmless") <= GOALS["false_alarms"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_promises_about_known_things_are_refused_in_shapes_nobody_wrote_a_rule_for(
    language: Any,
) -> None:
    made = filled(FREE["fourth"][language]["promise"], FREE["listed"][language])
    refused = [sentence for sentence in made if lint(sentence, language)]
    assert len(refused) / len(made) >= FREE["goals"]["recall"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_few_harmless_sentences_are_refused_in_shapes_nobody_wrote_a_rule_for(
    language: Any,
) -> None:
    unlisted = HELD_OUT["lists"]["first"][language]
    made = [
        sentence
        for words in (unlisted, unlisted | FREE["listed"][language])
        for sentence in filled(FREE["fourth"][language]["harmless"], words)
    ]
    refused = [sentence for sentence in made if lint(sentence, language)]
    assert len(refused) / len(made) <= FREE["goals"]["false_alarms"]
