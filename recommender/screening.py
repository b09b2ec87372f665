"""A compiled screening: immutable, and checked so that evaluating it cannot go wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from recommender.answers import Answer, NoValue
from recommender.criteria import Criterion, Lookup, Subject, Truth
from recommender.flags import Flag
from recommender.outcome import Route
from recommender.profiles import Profiles
from recommender.questions import Question
from recommender.reading import Texts
from recommender.review import Review

PROFILE = Subject("fact", "profile")
AS_ANSWER: Mapping[Truth, Answer] = {
    Truth.YES: True,
    Truth.NO: False,
    Truth.UNKNOWN: NoValue.DONT_KNOW,
    Truth.OPEN: NoValue.NOT_ASKED,
}


@dataclass(frozen=True)
class OutcomeRow:
    """A row of the outcome table; the last row has no criterion and is the undetermined outcome."""

    key: str
    when: Criterion | None
    conditions: frozenset[str]
    summary: Texts


@dataclass(frozen=True)
class Screening:
    """A frozen questionnaire.

    `flag_reads` names, by flag, the questions it depends on, through facts and branching too;
    `hash` is the content hash of the definition this was compiled from.
    """

    slug: str
    version: int
    locales: tuple[str, ...]
    title: Texts
    notice: Texts
    review: Review
    promised_seconds: int
    labels: Mapping[str, Texts]  # of the answers that every question takes: "yes", "dont_know" …
    questions: tuple[Question, ...]
    facts: Mapping[str, Criterion]
    profiles: Profiles
    terms: Mapping[str, Mapping[str, Criterion]]  # "signals", "factors", "constraints"
    flags: tuple[Flag, ...]
    where_to_go: Mapping[str, Route]
    texts: Mapping[str, Texts]  # "not_sure", "safety_net"
    outcomes: tuple[OutcomeRow, ...]
    flag_reads: Mapping[str, frozenset[str]]
    hash: str

    @property
    def name(self) -> str:
        return f"{self.slug}@{self.version}"

    @cached_property
    def by_key(self) -> Mapping[str, Question]:
        return {question.key: question for question in self.questions}

    @cached_property
    def alarms(self) -> Mapping[str, tuple[Flag, ...]]:
        """By question, the emergency flags that depend on it."""
        return {
            question.key: tuple(
                flag
                for flag in self.flags
                if flag.emergency and question.key in self.flag_reads[flag.key]
            )
            for question in self.questions
        }

    def lookup(self, answers: Mapping[str, Answer]) -> Lookup:
        """Return what criteria look at: these answers, and the facts that follow from them.

        A fact is worked out once, so another lookup is needed as soon as an answer changes.
        """
        facts: dict[Subject, Answer] = {}

        def find(subject: Subject) -> Answer:
            if subject.kind == "answer":
                return answers[subject.name]
            found = facts.get(subject)
            if found is None:
                found = facts[subject] = self._fact(subject, answers, find)
            return found

        return find

    def _fact(self, subject: Subject, answers: Mapping[str, Answer], find: Lookup) -> Answer:
        if subject == PROFILE:
            return self.profiles.of(answers[self.profiles.question])
        return AS_ANSWER[self.facts[subject.name].truth(find)]

    @property
    def longest_seconds(self) -> int:
        return sum(question.seconds for question in self.questions)
