"""Sentences that a page about a food supplement may and may not say.

The tables say what the law expects; `may_not_be_said.yaml` also names the rule that refuses.
"""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from cms.content.linter import explain, lint

HERE = Path(__file__).parent
FREE_RULES = {"seed", "negations that promise", "inflections"}


def table(name: str) -> Any:
    return YAML(typ="safe", pure=True).load((HERE / name).read_text(encoding="utf-8"))


MAY = [
    (language, sentence)
    for language, groups in table("may_be_said.yaml").items()
    for sentences in groups.values()
    for sentence in sentences
]
MAY_NOT = [
    (language, rule, sentence)
    for language, groups in table("may_not_be_said.yaml").items()
    if language != "disguised"
    for rule, sentences in groups.items()
    for sentence in sentences
]
DISGUISED = table("may_not_be_said.yaml")["disguised"]


def test_there_are_more_than_sixty_of_each() -> None:
    assert len(set(MAY)) >= 60
    assert len(set(MAY_NOT)) >= 60


@pytest.mark.parametrize(("language", "sentence"), MAY)
def test_this_may_be_said(language: Any, sentence: str) -> None:
    assert lint(sentence, language) == []


@pytest.mark.parametrize(("language", "rule", "sentence"), MAY_NOT)
def test_this_may_not_be_said(language: Any, rule: str, sentence: str) -> None:
    found = lint(sentence, language)
    assert found
    if rule not in FREE_RULES:
        assert rule in {finding.rule for finding in found}


@pytest.mark.parametrize("sentence", DISGUISED)
def test_a_disguise_does_not_help(sentence: str) -> None:
    language: Any = "en" if any(word in sentence for word in ("Relieves", "Cures")) else "nl"
    assert lint(sentence, language)


def test_every_harmless_sentence_together_is_still_harmless() -> None:
    for language in ("nl", "en"):
        page = "\n".join(sentence for spoken, sentence in MAY if spoken == language)
        assert lint(page, language) == []


@pytest.mark.parametrize(("language", "rule", "sentence"), MAY_NOT[::7])
def test_one_promise_among_harmless_sentences_is_found_and_marked(
    language: Any, rule: str, sentence: str
) -> None:
    harmless = [said for spoken, said in MAY if spoken == language]
    page = "\n".join([*harmless[:8], sentence, *harmless[8:16]])
    found = lint(page, language)
    assert found
    for finding in found:
        assert page[finding.start : finding.end] == finding.words
        assert finding.sentence in sentence
        assert explain(finding.rule, "nl").why
        assert finding.why == explain(finding.rule, language).why
