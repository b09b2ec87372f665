"""From a text to what is judged at once: statements, their sentences, and the clauses of those."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from cms.content.linter.normal import Normal
from cms.content.linter.words import Language, has_of, tagged, words

SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!?](?=[^\s.!?;])[^.!?;\n]+)*[.!?;]*", re.DOTALL)
WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*|[,(%]")
LEAD_IN_REACHES = 6  # words of a list below a line that ends in a colon


@dataclass(frozen=True)
class Clause:
    """Tagged words as the patterns read them; `at` says where each begins in that string."""

    text: str
    at: tuple[int, ...]
    places: tuple[tuple[int, int], ...]

    @cached_property
    def has(self) -> frozenset[str]:
        return has_of(self.text)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the source the words between these offsets of the tagged text stand."""
        first = bisect_right(self.at, start) - 1
        last = max(first, bisect_right(self.at, max(start, end - 1)) - 1)
        return self.places[first][0], self.places[last][1]


@dataclass(frozen=True)
class Sentence:
    """`around` is the statement it belongs to: a question goes with what follows it."""

    start: int
    end: int
    is_question: bool
    words: tuple[str, ...]
    clauses: tuple[Clause, ...]
    around: str


def sentences(said: Normal, language: Language) -> list[Sentence]:
    found = [
        (match, [_Word(word, match.start()) for word in WORD.finditer(match[0])])
        for match in SENTENCE.finditer(said.text)
    ]
    found = [(match, spoken) for match, spoken in found if spoken]
    around = _statements([match[0].strip() for match, _ in found], [w for _, w in found], language)
    return [
        Sentence(
            start=said.places[spoken[0].start][0],
            end=said.places[match.start() + len(match[0].rstrip()) - 1][1],
            is_question=match[0].rstrip().endswith("?"),
            words=tuple(word.text for word in spoken if word.text.isalnum()),
            clauses=_clauses(said, spoken, language),
            around=statement,
        )
        for (match, spoken), statement in zip(found, around, strict=True)
    ]


class _Word:
    def __init__(self, found: re.Match[str], offset: int) -> None:
        self.text = found[0]
        self.start = found.start() + offset
        self.end = found.end() + offset


def _statements(texts: list[str], spoken: list[list[_Word]], language: Language) -> list[str]:
    """What stands around each sentence: the question before, the answer after, a list's head."""
    rows = ["".join(tagged(word.text, language) for word in row) for row in spoken]
    statements = []
    lead_in = ""
    for at, text in enumerate(texts):
        before = rows[at - 1] if at and texts[at - 1].endswith("?") else ""
        after = rows[at + 1] if text.endswith("?") and at + 1 < len(rows) else ""
        if len(spoken[at]) > LEAD_IN_REACHES:
            lead_in = ""
        statements.append(lead_in + before + rows[at] + after)
        if text.endswith(":"):
            lead_in = rows[at]
    return statements


def _clauses(said: Normal, spoken: list[_Word], language: Language) -> tuple[Clause, ...]:
    marked = [tagged(word.text, language) for word in spoken]
    starts = [0]
    for mark in marked:
        starts.append(starts[-1] + len(mark))
    text = "".join(marked)
    cuts = {0, len(marked)}
    has = has_of(text)
    for split in words(language).splits:
        cuts |= {starts.index(match.start()) for match in split.all_in(text, has)}
    edges = sorted(cuts)
    return tuple(
        Clause(
            text=text[starts[first] : starts[last]],
            at=tuple(start - starts[first] for start in starts[first:last]),
            places=tuple(
                (said.places[word.start][0], said.places[word.end - 1][1])
                for word in spoken[first:last]
            ),
        )
        for first, last in pairwise(edges)
    )
