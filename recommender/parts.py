"""The parts of a screening that name each other, and everything in them that depends on answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from recommender.criteria import Criterion
from recommender.facts import Fact
from recommender.flags import Flag
from recommender.outcome import Onward
from recommender.profiles import Profiles
from recommender.questions import Question
from recommender.reading import Texts, join
from recommender.scores import Score


@dataclass(frozen=True)
class OutcomeRow:
    """A row of the outcome table; the last row has no criterion and is the undetermined outcome.

    `gives_way_to` names the rows above it that may hold at the same time and then speak instead;
    `note` is for editors.
    """

    key: str
    when: Criterion | None
    conditions: frozenset[str]
    summary: Texts
    gives_way_to: tuple[str, ...] = ()
    leads_to: Onward | None = None
    note: str = ""


class Dependent(NamedTuple):
    """What is decided by a criterion: where it stands (JSON pointer), its sort and its key.

    `sort` is "show_if of", "flag", "row", or the kind of a term.
    """

    at: str
    sort: str
    key: str
    criterion: Criterion

    @property
    def name(self) -> str:
        return f"{self.sort} {self.key}"


@dataclass(frozen=True)
class Parts:
    """What a screening asks and what follows from it; the laws judge it as a whole.

    `profiles` is None for a screening without; `terms` are "signals", "factors" and "constraints".
    """

    questions: tuple[Question, ...]
    scores: tuple[Score, ...]
    facts: Mapping[str, Fact]
    profiles: Profiles | None
    terms: Mapping[str, Mapping[str, Criterion]]
    flags: tuple[Flag, ...]
    outcomes: tuple[OutcomeRow, ...]

    @property
    def longest_seconds(self) -> int:
        return sum(question.seconds for question in self.questions)

    def dependents(self) -> Iterator[Dependent]:
        """Yield everything that an answer can decide, but for scores and facts."""
        for index, question in enumerate(self.questions):
            if question.show_if is not None:
                at = join("/questions", index, "show_if")
                yield Dependent(at, "show_if of", question.key, question.show_if)
        for index, flag in enumerate(self.flags):
            yield Dependent(join("/flags", index), "flag", flag.key, flag.criterion)
        for kind, criteria in self.terms.items():
            for key, criterion in criteria.items():
                yield Dependent(join("", kind, key), kind, key, criterion)
        for index, row in enumerate(self.outcomes):
            if row.when is not None:
                yield Dependent(join("/outcomes", index), "row", row.key, row.when)
