"""Test vectors: what a definition promises for given answers, run whenever it is compiled."""

from collections.abc import Mapping, Sequence
from typing import Any

from recommender.canonical import plain
from recommender.flow import InProgress, Result, evaluate
from recommender.outcome import Referral
from recommender.reading import Problem, Reader
from recommender.screening import Screening

STATUSES = ("in_progress", "stopped", "complete")
ASSESSED = (
    "outcome",
    "profile",
    "conditions",
    "signals",
    "factors",
    "constraints",
    "unknown_constraints",
)


def vector_problems(screening: Screening, tests: Sequence[tuple[str, object]]) -> list[Problem]:
    """Run every vector and say where what comes out differs from what it expects."""
    problems: list[Problem] = []
    for at, value in tests:
        test = Reader(value, at, problems)
        name = test.text("name")
        answers = test.raw("answers", "must be an object of question: answer")
        expect = test.part("expect")
        test.close()
        if isinstance(answers, Mapping):
            _compare(name, test, expect, evaluate(screening, answers))
        else:
            test.fault("must be an object of question: answer", "answers")
    return problems


def _compare(name: str, test: Reader, expect: Reader, result: Result) -> None:
    expect.raw("status", f"must be one of: {', '.join(STATUSES)}")
    for field, found in observable(result).items():
        wanted = expect.raw(field, "", optional=True)
        if expect.has(field) and _in_any_order(wanted) != _in_any_order(found):
            expect.fault(f"{name}: expected {wanted!r}, but {found!r} comes out", field)
    for error in result.errors:
        test.fault(error.message, "answers", error.question)
    expect.close()


def observable(result: Result) -> dict[str, Any]:
    """Return what a vector may expect of a result."""
    seen: dict[str, Any] = {"status": result.status, "unused": list(result.unused)}
    if isinstance(result, InProgress):
        return {**seen, "next": list(result.next)}
    outcome = result.outcome
    seen["flags"] = [flag.key for flag in outcome.flags]
    if isinstance(outcome, Referral):
        return {**seen, "urgency": outcome.urgency, "certainty": outcome.certainty}
    return {**seen, **{name: plain(getattr(outcome, name)) for name in ASSESSED}}


def _in_any_order(value: object) -> object:
    return sorted(value, key=str) if isinstance(value, list) else value
