"""Reads a criterion from plain data and checks each leaf against what can be asked about it.

{answer: bladder, is: true}                     {fact: profile, in: [2, 3]}
{answer: duration, between: {at_least: 42, below: 84}}      numbers; a duration in days
{answer: duration, between: {above: {value: 3, unit: months}}}          or in another unit of time
{score: total, between: {at_least: 4}}          {flag: weak_leg, is: true}
{all: […]}  {any: […]}  {not: …}  {at_least: 2, of: […]}  {exactly: 3, of: […]}
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

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
    Scalar,
    Subject,
    SubjectKind,
)
from recommender.intervals import read_interval
from recommender.reading import Reader, is_text, is_whole, listed

DEEPEST = 8
RULE = (
    "needs exactly one of: all, any, not, at_least with of, exactly with of; "
    "or answer, fact, score or flag, with is, in or between"
)


@dataclass(frozen=True)
class Domain:
    """What a subject can be compared with: true or false, numbers, or keys.

    `options` None with kind "key" means any key: the vocabulary lies elsewhere (terms of the CMS).
    A number `in_days` may be compared with a time, such as {"value": 3, "unit": "months"}.
    """

    kind: str  # "boolean" | "number" | "key"
    options: frozenset[str] | frozenset[int] | None = None
    in_days: bool = False

    def fault(self, value: object) -> str:
        """Return what would be right, or "" when `value` is."""
        fits, rule = KINDS[self.kind]
        if not fits(value):
            return rule
        if self.options is not None and value not in self.options:
            return f"must be one of: {listed(self.options, value)}"
        return ""


KINDS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "boolean": (lambda value: isinstance(value, bool), "must be true or false"),
    "number": (is_whole, "must be a whole number"),
    "key": (is_text, "must be a key"),
}

Domains = Mapping[Subject, Domain | None]  # None: known, but itself faulty; then nothing is checked


def read_criterion(reader: Reader, domains: Domains, depth: int = 0) -> Criterion | None:
    """Read the whole of `reader` as one criterion; None after noting every fault in it."""
    if depth > DEEPEST:
        reader.fault(f"lies deeper than {DEEPEST} levels: give a part of it a name under facts")
        return None
    found = [shape for shape in SHAPES if reader.has(shape)]
    if len(found) != 1:
        reader.fault(RULE)
        return None
    try:
        criterion = SHAPES[found[0]](reader, domains, depth)
    except ValueError as error:
        reader.fault(str(error))
        criterion = None
    reader.close()
    return criterion


def _parts(reader: Reader, name: str, domains: Domains, depth: int) -> tuple[Criterion, ...] | None:
    parts = [
        read_criterion(Reader(value, at, reader.problems), domains, depth + 1)
        for at, value in reader.elements(name, least=1)
    ]
    whole = tuple(part for part in parts if part is not None)
    return whole if whole and len(whole) == len(parts) else None


def _combined(name: str, make: type[All] | type[AnyOf]) -> "Shape":
    def read(reader: Reader, domains: Domains, depth: int) -> Criterion | None:
        parts = _parts(reader, name, domains, depth)
        return make(parts) if parts else None

    return read


def _counted(name: str, make: type[AtLeast] | type[Exactly]) -> "Shape":
    def read(reader: Reader, domains: Domains, depth: int) -> Criterion | None:
        count = reader.whole(name, 1, 99)
        parts = _parts(reader, "of", domains, depth)
        return make(parts, count) if parts else None

    return read


def _negated(reader: Reader, domains: Domains, depth: int) -> Criterion | None:
    part = read_criterion(reader.part("not"), domains, depth + 1)
    return Not(part) if part else None


def _leaf(kind: SubjectKind) -> "Shape":
    def read(reader: Reader, domains: Domains, depth: int) -> Criterion | None:
        subject = Subject(kind, reader.key(kind))
        if subject not in domains and subject.name:
            known = [known.name for known in domains if known.kind == kind]
            message = f"is no {kind} that may be read here; known: {listed(known)}"
            reader.fault(message, kind, code="unknown_reference")
        return _comparison(reader, subject, domains.get(subject))

    return read


def _comparison(reader: Reader, subject: Subject, domain: Domain | None) -> Criterion | None:
    found = [name for name in ("is", "in", "between") if reader.has(name)]
    if len(found) != 1:
        reader.fault("needs exactly one of: is, in, between")
        for name in found:
            reader.raw(name, RULE)
        return None
    if found == ["between"]:
        return _between(reader, subject, domain)
    if found == ["is"]:
        value = _scalar(reader.raw("is", RULE), reader, domain, "is")
        return None if value is None else Is(subject, value)
    values = [
        _scalar(value, reader, domain, "in", index)
        for index, (_, value) in enumerate(reader.elements("in", least=1))
    ]
    known = tuple(value for value in values if value is not None)
    return In(subject, known) if known else None


def _scalar(
    value: object, reader: Reader, domain: Domain | None, *path: str | int
) -> Scalar | None:
    message = domain.fault(value) if domain else ""
    if message:
        reader.fault(message, *path)
    elif isinstance(value, (bool, int, str)):
        return value
    else:
        reader.fault("must be true, false, a whole number or a key", *path)
    return None


def _between(reader: Reader, subject: Subject, domain: Domain | None) -> Criterion | None:
    if domain and domain.kind != "number":
        reader.fault(f"{subject.name} is not a number: compare it with is or in", "between")
    ends = reader.part("between")
    interval = read_interval(ends, in_days=domain is not None and domain.in_days)
    ends.close()
    return Between(subject, interval) if interval else None


Shape = Callable[[Reader, Domains, int], Criterion | None]
SHAPES: dict[str, Shape] = {
    "all": _combined("all", All),
    "any": _combined("any", AnyOf),
    "not": _negated,
    "at_least": _counted("at_least", AtLeast),
    "exactly": _counted("exactly", Exactly),
    "answer": _leaf("answer"),
    "fact": _leaf("fact"),
    "score": _leaf("score"),
    "flag": _leaf("flag"),
}
