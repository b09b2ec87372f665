"""A question as both engines take it: stems, how many of them must be found, and filters."""

from collections.abc import Iterable
from dataclasses import dataclass

from search import analysis

LONGEST_QUESTION = 200
MOST_HITS = 100
# In each document a term counts for its best field, and for this much of its other fields.
TIE_BREAKER = 0.2


class BadQuestion(ValueError):
    """`problems`: for each bad field what would be right."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {right}" for field, right in problems.items()))
        self.problems = problems


@dataclass(frozen=True)
class Plan:
    """`terms` are stems, each once; a document has at least `minimum` of them. No terms: the
    question had none but stop words and signs, and nothing is found."""

    terms: tuple[str, ...]
    minimum: int
    locale: str
    kinds: tuple[str, ...]


def plan(q: str, locale: str, types: Iterable[str] = (), limit: int = 1) -> Plan:
    """Raises BadQuestion with every bad field."""
    problems: dict[str, str] = {}
    if not q.strip():
        problems["q"] = "must have at least one word"
    elif len(q) > LONGEST_QUESTION:
        problems["q"] = f"must have at most {LONGEST_QUESTION} characters"
    elif "\0" in q:
        problems["q"] = "must not contain NUL"
    if not 1 <= limit <= MOST_HITS:
        problems["limit"] = f"must be a whole number 1 to {MOST_HITS}"
    if problems:
        raise BadQuestion(problems)
    terms = tuple(dict.fromkeys(analysis.stems(q, locale)))
    return Plan(terms, _minimum(len(terms)), locale, tuple(types))


def _minimum(terms: int) -> int:
    """Both of two, two of three, three of four: a long question is not worse than a short one."""
    return terms if terms <= 2 else -(-terms * 2 // 3)
