"""Reads where a screening sends people and the table of what it concludes."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from recommender.criteria import All, Criterion, In, Is, Scalar, Subject
from recommender.criteria_data import Domain, Domains
from recommender.definition import note_doubles
from recommender.facts import RED_FLAG
from recommender.flags import URGENCIES
from recommender.outcome import Onward, Route
from recommender.parts import OutcomeRow
from recommender.reading import Reader, listed


def read_routes(
    reader: Reader, locales: tuple[str, ...], needed: Collection[str]
) -> Mapping[str, Route]:
    """Read where to go, for at least every urgency that a flag has."""
    part = reader.part("where_to_go")
    routes = {}
    for urgency in URGENCIES:
        if part.has(urgency):
            place = part.part(urgency)
            phone = place.text("phone", optional=True)
            routes[urgency] = Route(place.texts("text", locales), phone)
            place.close()
        elif urgency in needed:
            part.raw(urgency, "must say where to go: a flag has this urgency")
    part.close()
    return MappingProxyType(routes)


def row_domains(domains: Domains) -> Domains:
    """Return what rows may name: facts, bands of scores, flags and whether any red one is up."""
    flags = [subject.name for subject in domains if subject.kind == "flag"]
    named = {Subject("fact", name): Domain("boolean") for name in flags}
    return {**named, **domains, RED_FLAG: Domain("boolean")}


def read_outcomes(
    reader: Reader, locales: tuple[str, ...], domains: Domains
) -> tuple[OutcomeRow, ...]:
    """Read the outcome table. The last row, and no other, has no `when`: it always matches.

    `domains` are everything that a row may name, and the answers, which can be carried onward.
    """
    rows: list[OutcomeRow] = []
    elements = reader.elements("outcomes", least=1)
    for index, (at, value) in enumerate(elements):
        part = Reader(value, at, reader.problems)
        last = index == len(elements) - 1
        if last and part.has("when"):
            part.fault("must go: the last row is the undetermined outcome and always holds", "when")
        when = None if last else _read_row(part, domains)
        row = OutcomeRow(
            key=part.key("key"),
            when=when,
            conditions=frozenset(part.keys("conditions")),
            summary=part.texts("summary", locales),
            gives_way_to=_read_upper(part, [upper.key for upper in rows]),
            leads_to=_read_onward(part.part("leads_to"), locales, domains)
            if part.has("leads_to")
            else None,
            note=part.text("note", optional=True),
        )
        if not last or not part.has("when"):
            part.close()
        rows.append(row)
    note_doubles(reader, "outcomes", [row.key for row in rows])
    return tuple(rows)


def _read_upper(reader: Reader, above: Collection[str]) -> tuple[str, ...]:
    found = reader.keys("gives_way_to")
    for index, key in enumerate(found):
        if key not in above:
            message = f"{key} is no row above this one; above: {listed(above)}"
            reader.fault(message, "gives_way_to", index, code="unknown_reference")
    return tuple(found)


def _read_onward(reader: Reader, locales: tuple[str, ...], domains: Domains) -> Onward:
    asked = [subject.name for subject in domains if subject.kind == "answer"]
    onward = Onward(
        screening=reader.key("screening"),
        carry=tuple(reader.keys("carry", of=asked)),
        text=reader.texts("text", locales),
    )
    reader.close()
    return onward


def _read_row(reader: Reader, domains: Domains) -> Criterion | None:
    """Read a conjunction over named facts: {fact: value, other_fact: [value, value]}."""
    rule = "must be an object of fact: value; only the last row goes without"
    if reader.raw("when", rule) == {}:
        # An empty conjunction always holds, and would hide every row below it.
        reader.fault("must name at least one fact", "when")
    parts: list[Criterion] = []
    for name, _, value in reader.pairs("when"):
        subject = Subject("fact", name)
        if subject not in domains:
            known = [known.name for known in domains if known.kind == "fact"]
            message = f"is no fact; known: {listed(known)}"
            reader.fault(message, "when", name, code="unknown_reference")
            continue
        values: list[object] = value if isinstance(value, list) else [value]
        if not values:
            reader.fault("must be a value, or a list of at least one", "when", name)
        scalars = [_row_value(reader, domains[subject], name, one) for one in values]
        good = tuple(scalar for scalar in scalars if scalar is not None)
        if good:
            parts.append(Is(subject, good[0]) if len(good) == 1 else In(subject, good))
    return All(tuple(parts)) if parts else None


def _row_value(reader: Reader, domain: Domain | None, name: str, value: object) -> Scalar | None:
    message = domain.fault(value) if domain else ""
    if message:
        reader.fault(message, "when", name)
        return None
    return value if isinstance(value, (bool, int, str)) else None
