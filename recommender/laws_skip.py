"""What skipping may mean: a skipped question hides no constraint, and no answer lowers a flag.

A skipped question counts as no. A flag that reads it under "not" or "exactly" would then be raised
by the skipping, and an answer that comes later would take it away again. So such a flag may only
hold where the question is asked: its show_if is one of the conditions of the flag.
"""

from collections.abc import Mapping

from recommender.criteria import (
    All,
    AnyOf,
    AtLeast,
    Between,
    Criterion,
    Exactly,
    In,
    Is,
    Not,
    Subject,
)
from recommender.parts import Parts
from recommender.questions import Question
from recommender.reading import Problem, join, listed
from recommender.reads import Reads

UP, DOWN, BOTH = 1, -1, 0  # how a criterion moves with its subject


def skip_problems(parts: Parts, reads: Reads) -> list[Problem]:
    constraints = {
        dependent.key: reads.direct(dependent.criterion)
        for dependent in parts.dependents()
        if dependent.sort == "constraints"
    }
    bound = _bound(parts, reads)
    problems: list[Problem] = []
    for index, question in enumerate(parts.questions):
        message = _meaning_fault(question, constraints, bound)
        if message:
            at = join("/questions", index, "skipped_means")
            problems.append(Problem(at, message, "skipped_means"))
    return [*problems, *_negated_problems(parts, reads)]


def _meaning_fault(
    question: Question,
    constraints: Mapping[str, frozenset[str]],
    bound: Mapping[str, frozenset[str]],
) -> str:
    if question.show_if is None:
        return "must go: only a question with show_if is skipped" if question.skipped_means else ""
    readers = [key for key, read in constraints.items() if question.key in read]
    if readers and not question.skipped_means:
        return f"must say excluded or not_asked: constraint {listed(readers)} reads this question"
    stuck = [name for name, read in bound.items() if question.key in read]
    if stuck and question.skipped_means == "not_asked":
        return f"must be excluded: {listed(stuck)} reads this question, and would never be settled"
    return ""


def _bound(parts: Parts, reads: Reads) -> Mapping[str, frozenset[str]]:
    """Return what has to come to an end, and the questions it reads; a term may stay open."""
    scores = {
        f"score {score.key}": frozenset(item.question for item in score.items)
        for score in parts.scores
    }
    return scores | {
        dependent.name: reads.direct(dependent.criterion)
        for dependent in parts.dependents()
        if dependent.sort not in parts.terms
    }


def _negated_problems(parts: Parts, reads: Reads) -> list[Problem]:
    skippable = {question.key: question.show_if for question in parts.questions}
    problems = []
    for index, flag in enumerate(parts.flags):
        certain = conjuncts(flag.criterion, reads)
        for key in sorted(_not_only_raising(flag.criterion, reads)):
            show_if = skippable.get(key)
            if show_if is not None and not conjuncts(show_if, reads) <= certain:
                message = (
                    f"reads {key} under not, exactly or a score, but {key} can be skipped:"
                    " make its show_if the gate of this flag"
                )
                at = join("/flags", index, "when")
                problems.append(Problem(at, message, "skippable_negated"))
    return problems


def conjuncts(criterion: Criterion, reads: Reads) -> frozenset[Criterion]:
    """Return the smallest parts that all hold whenever the criterion does, facts taken apart."""
    found: set[Criterion] = set()
    waiting: list[Criterion] = [criterion]
    seen: set[Criterion] = set()
    while waiting:
        part = waiting.pop()
        if part in seen:
            continue
        seen.add(part)
        inner = reads.behind(part.subject) if isinstance(part, Is) and part.value is True else None
        if isinstance(part, All):
            waiting.extend(part.parts)
        elif inner is None or isinstance(inner, tuple):
            found.add(part)
        else:
            waiting.append(inner)
    return frozenset(found)


def _not_only_raising(criterion: Criterion, reads: Reads) -> frozenset[str]:
    """Return the questions whose answer can make the criterion hold by not holding."""
    found: set[str] = set()
    waiting: list[tuple[Criterion, int]] = [(criterion, UP)]
    seen: set[tuple[Subject, int]] = set()
    while waiting:
        part, way = waiting.pop()
        if isinstance(part, Not):
            waiting.append((part.part, -way))
        elif isinstance(part, (All, AnyOf, AtLeast, Exactly)):
            inner_way = BOTH if isinstance(part, Exactly) else way
            waiting.extend((inner, inner_way) for inner in part.parts)
        else:
            reached = (part.subject, _way(part, way))
            if reached not in seen:
                seen.add(reached)
                waiting.extend(_facts_behind(*reached, reads))
                found |= _answers_behind(*reached, reads)
    return frozenset(found)


def _way(leaf: Is | In | Between, way: int) -> int:
    """A fact that must be false turns what it reads around; an answer that is no was answered."""
    if leaf.subject.kind not in ("fact", "flag") or isinstance(leaf, Between):
        return way
    values = (leaf.value,) if isinstance(leaf, Is) else leaf.values
    if False not in [value for value in values if isinstance(value, bool)]:
        return way
    return -way if len(values) == 1 else BOTH


def _facts_behind(subject: Subject, way: int, reads: Reads) -> list[tuple[Criterion, int]]:
    behind = reads.behind(subject)
    return [] if behind is None or isinstance(behind, tuple) else [(behind, way)]


def _answers_behind(subject: Subject, way: int, reads: Reads) -> frozenset[str]:
    """A missing answer moves a score both ways; the band of an amount it leaves unknown."""
    behind = reads.behind(subject)
    if behind is not None and not isinstance(behind, tuple):
        return frozenset()
    if reads.score(subject) is None and (way == UP or not reads.skips_to_no(subject)):
        return frozenset()
    return frozenset((subject.name,) if behind is None else behind)
