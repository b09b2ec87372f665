"""Reasons: which answers decided what an outcome says, to be told in the author's words.

Of a criterion only those parts count that made it what it is: of "any of three", the one that
holds. Where it is not known, the answers that are missing count, and those that hold already.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from recommender.answers import Answer, NoValue
from recommender.criteria import (
    Between,
    Criterion,
    Exactly,
    In,
    Is,
    Lookup,
    Not,
    Subject,
    Truth,
)
from recommender.facts import PROFILE
from recommender.outcome import Assessment, Outcome
from recommender.screening import Screening

DECIDING = {
    Truth.YES: (Truth.YES,),
    Truth.NO: (Truth.NO,),
    Truth.UNKNOWN: (Truth.YES, Truth.UNKNOWN),
    Truth.OPEN: (),
}


@dataclass(frozen=True)
class Ground:
    """An answer that counted; of a question that takes several options, those that counted."""

    question: str
    options: frozenset[str]


@dataclass(frozen=True)
class Reason:
    """`kind` is flag, profile, signal, factor or constraint; grounds in the order of questions."""

    kind: str
    key: str
    grounds: tuple[Ground, ...]


def reasons(screening: Screening, lookup: Lookup, outcome: Outcome) -> tuple[Reason, ...]:
    """Return a reason for everything that the outcome says about the visitor."""
    return tuple(
        Reason(kind, key, _grounds(screening, criterion, lookup))
        for kind, key, criterion in _said(screening, outcome)
    )


def _said(screening: Screening, outcome: Outcome) -> Iterator[tuple[str, str, Criterion]]:
    flags = {flag.key: flag.criterion for flag in screening.flags}
    for flag in outcome.flags:
        yield "flag", flag.key, flags[flag.key]
    if not isinstance(outcome, Assessment):
        return
    if outcome.profile is not None:
        yield "profile", str(outcome.profile), Is(PROFILE, outcome.profile)
    held = {
        "signals": outcome.signals,
        "factors": outcome.factors,
        # What is not known limits the advice too.
        "constraints": outcome.constraints | outcome.unknown_constraints,
    }
    for kind, keys in held.items():
        for key in sorted(keys):
            yield kind.removesuffix("s"), key, screening.terms[kind][key]


def _grounds(screening: Screening, criterion: Criterion, lookup: Lookup) -> tuple[Ground, ...]:
    found: dict[str, frozenset[str]] = {}
    for question, options in _deciding(screening, criterion, lookup):
        found[question] = found.get(question, frozenset()) | options
    return tuple(Ground(key, found[key]) for key in screening.by_key if key in found)


def _deciding(
    screening: Screening, criterion: Criterion, lookup: Lookup
) -> Iterator[tuple[str, frozenset[str]]]:
    match criterion:
        case Is() | In() | Between():
            yield from _leaf(screening, criterion, lookup)
        case Not(part):
            yield from _deciding(screening, part, lookup)
        case _:
            decide = DECIDING[criterion.truth(lookup)]
            # "Exactly two" rests on the parts that do not hold as well.
            every = isinstance(criterion, Exactly)
            for part in criterion.parts:
                if every or part.truth(lookup) in decide:
                    yield from _deciding(screening, part, lookup)


def _leaf(
    screening: Screening, leaf: Is | In | Between, lookup: Lookup
) -> Iterator[tuple[str, frozenset[str]]]:
    subject = leaf.subject
    behind = screening.reads.behind(subject)
    if behind is not None and not isinstance(behind, tuple):
        yield from _deciding(screening, behind, lookup)
    elif behind is not None:
        for question in behind:
            if lookup(Subject("answer", question)) is not NoValue.SKIPPED:
                yield question, frozenset()
    elif lookup(subject) is not NoValue.SKIPPED:
        yield subject.name, _options(leaf, lookup(subject))


def _options(leaf: Is | In | Between, found: Answer) -> frozenset[str]:
    if not isinstance(found, frozenset):
        return frozenset()
    wanted = (leaf.value,) if isinstance(leaf, Is) else leaf.values if isinstance(leaf, In) else ()
    return frozenset(value for value in wanted if isinstance(value, str) and value in found)
