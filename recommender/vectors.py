"""Test vectors: what a definition promises for given answers, run whenever it is compiled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recommender.answers import AnswerError
from recommender.canonical import plain
from recommender.flow import InProgress, Result, evaluate, visible
from recommender.outcome import Referral, ShownScore
from recommender.reading import Problem, Reader, join, listed
from recommender.screening import Screening

STATUSES = ("in_progress", "stopped", "complete")
ANSWERS_RULE = "must be an object of question: answer"
ASSESSED = (
    "outcome",
    "profile",
    "conditions",
    "signals",
    "factors",
    "constraints",
    "unknown_constraints",
)
People = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True)
class Vector:
    """A promise: these answers give what `expect` says.

    `own` are the answers that the vector states itself; `answers` has those of its person too.
    `source` names a row of the sources, `why` tells how the expectation follows from it; `typical`
    marks the path whose length is promised. A vector that expects `errors` names exactly the
    questions whose answers are refused; any other may have none in its own answers.
    """

    at: str
    name: str
    who: str
    own: Mapping[str, object]
    answers: Mapping[str, object]
    expect: object
    source: str
    why: str
    typical: bool


def vectors(definition: Mapping[str, object]) -> tuple[Vector, ...]:
    """Return the vectors of a definition that compiles."""
    reader = Reader(definition, "", [])
    return read_vectors(reader, read_people(reader))


def read_people(reader: Reader) -> People:
    """Read the base answers that vectors lay their own over."""
    people = {}
    for name, at, value in reader.pairs("people"):
        if isinstance(value, Mapping):
            people[name] = value
        else:
            reader.problems.append(Problem(at, ANSWERS_RULE, "wrong_value"))
    return people


def read_vectors(reader: Reader, people: People) -> tuple[Vector, ...]:
    found = []
    for at, value in reader.elements("tests", least=1):
        test = Reader(value, at, reader.problems)
        found.append(_read_vector(test, at, people))
        test.close()
    return tuple(found)


def _read_vector(test: Reader, at: str, people: People) -> Vector:
    who = test.choice("who", people, optional=True)
    own = test.raw("answers", ANSWERS_RULE, optional=bool(who))
    if test.has("answers") and not isinstance(own, Mapping):
        test.fault(ANSWERS_RULE, "answers")
    own = own if isinstance(own, Mapping) else {}
    without = test.keys("without")
    merged = {**people.get(who, {}), **own}
    return Vector(
        at=at,
        name=test.text("name"),
        who=who,
        own=own,
        answers={key: value for key, value in merged.items() if key not in without},
        expect=test.raw("expect", "must say what comes out, status at least"),
        source=test.text("source", optional=True),
        why=test.text("why", optional=True),
        typical=test.boolean("typical", default=False),
    )


def vector_problems(screening: Screening, reader: Reader) -> list[Problem]:
    """Run every vector and say where what comes out differs from what it expects."""
    problems: list[Problem] = []
    people = read_people(reader)
    found = read_vectors(reader, people)
    for name, answers in people.items():
        problems.extend(_people_problems(screening, join("/people", name), answers))
    for vector in found:
        problems.extend(_compare(vector, evaluate(screening, vector.answers)))
    return [*problems, *_typical_problems(screening, found)]


def _people_problems(screening: Screening, at: str, answers: Mapping[str, object]) -> list[Problem]:
    problems = []
    for key, value in answers.items():
        question = screening.by_key.get(key)
        try:
            if question is None:
                raise AnswerError(f"is no question; known: {listed(screening.by_key)}")
            question.read(value)
        except AnswerError as error:
            problems.append(Problem(join(at, str(key)), str(error), "wrong_value"))
    return problems


def _compare(vector: Vector, result: Result) -> list[Problem]:
    problems: list[Problem] = []
    expect = Reader(vector.expect, join(vector.at, "expect"), problems)
    expect.raw("status", f"must be one of: {', '.join(STATUSES)}")
    seen = observable(result)
    for field, found in seen.items():
        wanted = expect.raw(field, "", optional=True)
        if field == "scores" and isinstance(wanted, Mapping):
            _compare_scores(vector.name, expect, wanted, found)
        elif expect.has(field) and _in_any_order(wanted) != _in_any_order(found):
            expect.fault(_differs(vector.name, wanted, found), field, code="vector")
    for error in result.errors:
        # Those of people are told once, at the person; a vector that expects errors has compared.
        if error.question in vector.own and not expect.has("errors"):
            at = join(vector.at, "answers", error.question)
            problems.append(Problem(at, error.message, "wrong_value"))
    expect.close()
    return problems


def _compare_scores(
    name: str, expect: Reader, wanted: Mapping[Any, Any], found: Mapping[str, Any]
) -> None:
    """Compare what is named: some scores, and of each some fields."""
    for key, fields in wanted.items():
        if key not in found or not isinstance(fields, Mapping):
            message = f"must be a score with value, band or subscales; known: {listed(found)}"
            expect.fault(message, "scores", str(key))
            continue
        for field, value in fields.items():
            there = found[key].get(field, "nothing of that name")
            if value != there:
                expect.fault(_differs(name, value, there), "scores", key, str(field), code="vector")


def _differs(name: str, wanted: object, found: object) -> str:
    return f"{name}: expected {wanted!r}, but {found!r} comes out"


def _typical_problems(screening: Screening, found: Sequence[Vector]) -> list[Problem]:
    """At most one path is typical, and it keeps what is promised."""
    marked = [vector for vector in found if vector.typical]
    problems = [
        Problem(join(vector.at, "typical"), "another vector is typical already", "twice")
        for vector in marked[1:]
    ]
    if marked:
        on_path = visible(screening, marked[0].answers)
        taken = sum(screening.by_key[key].seconds for key in on_path)
        if taken > screening.promised_seconds:
            message = f"is broken: the typical path takes {taken} s"
            problems.append(Problem("/promised_seconds", message, "promise_broken"))
    return problems


def observable(result: Result) -> dict[str, Any]:
    """Return what a vector may expect of a result."""
    seen: dict[str, Any] = {
        "status": result.status,
        "unused": list(result.unused),
        "errors": [error.question for error in result.errors],  # whose answers are refused
    }
    if isinstance(result, InProgress):
        return {**seen, "next": list(result.next)}
    outcome = result.outcome
    seen["flags"] = [flag.key for flag in outcome.flags]
    if isinstance(outcome, Referral):
        return {**seen, "urgency": outcome.urgency, "certainty": outcome.certainty}
    seen["onward"] = outcome.onward.screening if outcome.onward else None
    seen["scores"] = {score.key: _seen_score(score) for score in outcome.scores}
    return {**seen, **{name: plain(getattr(outcome, name)) for name in ASSESSED}}


def _seen_score(score: ShownScore) -> dict[str, Any]:
    subscales = {part.key: part.value for part in score.subscales}
    return {"value": score.value, "band": score.band or None, "subscales": subscales}


def _in_any_order(value: object) -> object:
    return sorted(value, key=str) if isinstance(value, list) else value
