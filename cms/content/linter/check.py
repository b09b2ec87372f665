"""The linter: every rule at every clause, unless an excuse applies."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cms.content.linter.normal import Normal, normal
from cms.content.linter.reasons import explain
from cms.content.linter.statements import Clause, Sentence, sentences
from cms.content.linter.words import Language, Pattern, Rule, Words, has_of, words

# Word-joins that somebody may hide in: a hyphen, and a letter on its own that is no word.
JOINS = re.compile(
    r"(?<=[a-z])-(?=[a-z])"
    r"|(?<=[a-z]{2})(?<!vitamin)(?<!vitamine)(?<!vitamins)(?<!vitamines) "
    r"(?=[b-hj-np-tv-z](?![a-z0-9']))"
)
HARMLESS_WITHIN = re.compile(r"(?:[^ ]+ ){0,5}?[^ ]*\|harmless\|")


@dataclass(frozen=True)
class Finding:
    """`start` and `end` are offsets in the text that was given; `words` is what stands there."""

    start: int
    end: int
    words: str
    sentence: str
    rule: str
    why: str


def lint(
    text: str, language: Language, authorised: Iterable[str] = (), *, warns: bool = False
) -> list[Finding]:
    """What this text, plain or HTML, promises and may not, in order.

    `authorised` are the claims that may be said: each alone in its sentence, word for word.
    `warns` says that the whole text is a warning: it may name a disease, and promise nothing.
    """
    said = normal(text)
    exact = frozenset(spelled for claim in authorised for spelled in _spelled(claim, language))
    found: dict[tuple[int, int, str], Finding] = {}
    for view in _views(said):
        for sentence in sentences(view, language):
            if sentence.words in exact:
                continue
            for rule, (start, end) in _refused(sentence, words(language), warns):
                found.setdefault(
                    (start, end, rule),
                    Finding(
                        start=start,
                        end=end,
                        words=text[start:end],
                        sentence=text[sentence.start : sentence.end],
                        rule=rule,
                        why=explain(rule, language).why,
                    ),
                )
    return sorted(found.values(), key=lambda finding: (finding.start, finding.end, finding.rule))


def _views(said: Normal) -> tuple[Normal, ...]:
    return (said, said.without(JOINS)) if JOINS.search(said.text) else (said,)


def _spelled(claim: str, language: Language) -> Iterator[tuple[str, ...]]:
    for view in _views(normal(claim)):
        for sentence in sentences(view, language):
            yield sentence.words


def _refused(
    sentence: Sentence, known: Words, warns: bool
) -> Iterator[tuple[str, tuple[int, int]]]:
    for clause in sentence.clauses:
        fits = [
            (rule, place)
            for rule, pattern in known.candidates(clause.has)
            for place in _places(rule, pattern, clause)
        ]
        excuses = _excuses(sentence, clause, known, warns) if fits else frozenset()
        yield from ((rule.key, place) for rule, place in fits if not rule.unless & excuses)


def _places(rule: Rule, pattern: Pattern, clause: Clause) -> Iterator[tuple[int, int]]:
    for match in pattern.all_in(clause.text, clause.has):
        harmless = HARMLESS_WITHIN.match(clause.text, match.end())
        if not ("harmless" in rule.unless and harmless):
            yield clause.place(match.start(), match.end())


def _excuses(sentence: Sentence, clause: Clause, known: Words, warns: bool) -> frozenset[str]:
    """A warning holds for the whole statement, the others for their clause; nobody denies by
    asking."""
    found = {name for name in known.excuses if _excused(name, clause.text, clause.has, known)}
    if sentence.is_question:
        found.discard("denial")
    if warns or _excused("warning", sentence.around, has_of(sentence.around), known):
        found.add("warning")
    else:
        found.discard("warning")
    return frozenset(found)


def _excused(name: str, text: str, has: frozenset[str], known: Words) -> bool:
    """Whether an excuse of this kind is in the text and nothing spoils it."""

    def said(patterns: Iterable[Pattern]) -> bool:
        return any(True for pattern in patterns for _ in pattern.all_in(text, has))

    return said(known.excuses[name]) and not said(known.spoilt.get(name, ()))
