"""A compiled screening: immutable, and checked so that evaluating it cannot go wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from recommender.answers import Answer, NoValue
from recommender.criteria import Lookup, Subject, at_least
from recommender.facts import AS_ANSWER, PROFILE, RED_FLAG, value_of
from recommender.flags import Flag
from recommender.outcome import Route
from recommender.parts import Parts
from recommender.profiles import Profiles
from recommender.questions import Question
from recommender.reading import Texts
from recommender.reads import Reads
from recommender.review import Review
from recommender.scores import Score

NOT_ASKED, SKIPPED = NoValue.NOT_ASKED, NoValue.SKIPPED


@dataclass(frozen=True)
class General:
    """What a screening says without asking anything."""

    text: Texts
    conditions: frozenset[str]


@dataclass(frozen=True)
class Screening(Parts):
    """A frozen questionnaire. `hash` is the content hash of the definition it was compiled from."""

    slug: str
    version: int
    locales: tuple[str, ...]
    title: Texts
    notice: Texts
    review: Review
    promised_seconds: int
    labels: Mapping[str, Texts]  # of the answers that every question takes: "yes", "dont_know" …
    where_to_go: Mapping[str, Route]
    texts: Mapping[str, Texts]  # "not_sure", "safety_net"
    information: General | None
    hash: str

    @property
    def name(self) -> str:
        return f"{self.slug}@{self.version}"

    @cached_property
    def by_key(self) -> Mapping[str, Question]:
        return {question.key: question for question in self.questions}

    @cached_property
    def reads(self) -> Reads:
        return Reads(self)

    @cached_property
    def flag_reads(self) -> Mapping[str, frozenset[str]]:
        """By flag, the questions it depends on, through facts and branching too."""
        return {flag.key: self.reads.of(flag.criterion) for flag in self.flags}

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

    @cached_property
    def heard(self) -> frozenset[str]:
        """The questions that a flag depends on: what is answered there counts, always."""
        return frozenset[str]().union(*self.flag_reads.values())

    def lookup(self, answers: Mapping[str, Answer]) -> Lookup:
        """Return what criteria look at: these answers, and the facts that follow from them.

        A fact is worked out once, so another lookup is needed as soon as an answer changes.
        """
        facts: dict[Subject, Answer] = {}
        left_open, sources = self._left_open, self._sources

        def find(subject: Subject) -> Answer:
            if subject.kind == "answer":
                answer = answers[subject.name]
                return NOT_ASKED if answer is SKIPPED and subject.name in left_open else answer
            found = facts.get(subject)
            if found is None:
                found = facts[subject] = sources[subject](find)
            return found

        return find

    @cached_property
    def _left_open(self) -> frozenset[str]:
        """The questions whose skipping says nothing at all."""
        return frozenset(q.key for q in self.questions if q.skipped_means == "not_asked")

    @cached_property
    def _sources(self) -> Mapping[Subject, Callable[[Lookup], Answer]]:
        """How everything that has a name is worked out."""
        sources: dict[Subject, Callable[[Lookup], Answer]] = {RED_FLAG: self._red_flag}
        for flag in self.flags:
            judged = partial(value_of, flag.criterion)
            sources[Subject("flag", flag.key)] = sources[Subject("fact", flag.key)] = judged
        for score in self.scores:
            sources[Subject("score", score.key)] = score.total
            for part in score.subscales:
                sources[Subject("score", part.key)] = partial(score.subscale, part)
            sources[Subject("fact", score.key)] = partial(_band, score)
        for name, fact in self.facts.items():
            sources[Subject("fact", name)] = partial(value_of, fact)
        if self.profiles:
            sources[PROFILE] = partial(_profile, self.profiles)
        return sources

    def _red_flag(self, lookup: Lookup) -> Answer:
        red = [flag.criterion.truth(lookup) for flag in self.flags if flag.colour == "red"]
        return AS_ANSWER[at_least(1, red)]


def _profile(profiles: Profiles, lookup: Lookup) -> Answer:
    return profiles.of(lookup(Subject("answer", profiles.question)))


def _band(score: Score, lookup: Lookup) -> Answer:
    parts = {part.key: lookup(Subject("score", part.key)) for part in score.subscales}
    return score.band(lookup(Subject("score", score.key)), parts)
