"""Which answers a criterion rests on, through facts, scores, flags, the profile and branching."""

from collections.abc import Iterable, Mapping, Sequence

from recommender.criteria import AnyOf, Criterion, Subject
from recommender.facts import PROFILE, RED_FLAG, BandFact, ChoiceFact
from recommender.parts import Parts
from recommender.scores import Score


class Reads:
    def __init__(self, parts: Parts) -> None:
        self._branching = {question.key: question.show_if for question in parts.questions}
        self._facts = parts.facts
        self._flags = {flag.key: flag.criterion for flag in parts.flags}
        self._scores = _scores(parts.scores)
        self._banded = {score.key for score in parts.scores if score.bands}
        red = tuple(flag.criterion for flag in parts.flags if flag.colour == "red")
        self._worked_out: Mapping[Subject, Criterion | tuple[str, ...]] = {
            PROFILE: (parts.profiles.question,) if parts.profiles else (),
            RED_FLAG: AnyOf(red) if red else (),
        }

    def of(self, *criteria: Criterion) -> frozenset[str]:
        """Return the questions that criteria depend on, branching included."""
        return self._asked(self._seen(_subjects(criteria), branching=True))

    def direct(self, *criteria: Criterion) -> frozenset[str]:
        """Return the questions whose answers criteria look at, whatever decides about asking."""
        return self._asked(self._seen(_subjects(criteria), branching=False))

    def scores(self, *criteria: Criterion) -> frozenset[str]:
        """Return the scores that criteria depend on, through anything but branching."""
        seen = self._seen(_subjects(criteria), branching=False)
        return frozenset(key for subject in seen if (key := self.score(subject)) is not None)

    def score(self, subject: Subject) -> str | None:
        """Return the score that a subject belongs to: its number, a subscale's or its band."""
        if subject.kind == "score" and subject.name in self._scores:
            return self._scores[subject.name][0]
        return subject.name if subject.kind == "fact" and subject.name in self._banded else None

    def behind(self, subject: Subject) -> Criterion | tuple[str, ...] | None:
        """Return what a name stands for: a criterion, or questions that it takes as they are.

        None for an answer, which stands for itself.
        """
        if subject.kind == "answer":
            return None
        if subject in self._worked_out:
            return self._worked_out[subject]
        if self.score(subject) is not None:
            return self._scores[subject.name][1]
        fact = self._facts.get(subject.name) if subject.kind == "fact" else None
        if isinstance(fact, (ChoiceFact, BandFact)):
            return (fact.question,)
        return fact or self._flags.get(subject.name, ())

    def skips_to_no(self, subject: Subject) -> bool:
        """Say whether a skipped answer counts as no here; the band of an amount is not known."""
        return subject.kind == "answer" or isinstance(self._facts.get(subject.name), ChoiceFact)

    def _asked(self, seen: Iterable[Subject]) -> frozenset[str]:
        return frozenset(s.name for s in seen if s.kind == "answer" and s.name in self._branching)

    def _seen(self, waiting: list[Subject], *, branching: bool) -> set[Subject]:
        seen: set[Subject] = set()
        while waiting:
            subject = waiting.pop()
            if subject in seen:
                continue
            seen.add(subject)
            behind = self.behind(subject)
            if isinstance(behind, tuple):
                waiting.extend(Subject("answer", key) for key in behind)
            elif behind is not None:
                waiting.extend(behind.subjects())
            elif branching and (show_if := self._branching.get(subject.name)):
                waiting.extend(show_if.subjects())
        return seen


def _subjects(criteria: Iterable[Criterion]) -> list[Subject]:
    return [subject for criterion in criteria for subject in criterion.subjects()]


def _scores(scores: Sequence[Score]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """By name of a score or subscale: the score, and the questions it counts."""
    found = {}
    for score in scores:
        found[score.key] = (score.key, tuple(item.question for item in score.items))
        for part in score.subscales:
            found[part.key] = (score.key, part.of)
    return found
