"""The compiled screenings of a View: made when rows change, so that a request only evaluates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import orjson

from cms.published.view import Row, View
from recommender import Problem, Screening, compile_screening
from recommender.reading import DefinitionError

PREFIX = "screening:"


@dataclass(frozen=True)
class Withdrawn:
    """Never to be evaluated again. `screening` still tells an alarm sign among answers that were
    given to it; None when it no longer compiles."""

    screening: Screening | None


# Instead of a screening: the problems of one that no longer compiles. It stays readable.
Compiled = Screening | tuple[Problem, ...] | Withdrawn
Screenings = Mapping[str, Compiled]


def build(previous: Screenings | None, view: View, changed: tuple[Row, ...] | None) -> Screenings:
    """Return by key what each live version compiles to.

    The problems of a definition that an older program accepted and this one does not are kept in
    its place: such a version cannot be evaluated, and the others go on.
    """
    rows: Iterable[Row] = view.rows.values() if changed is None else changed
    known = dict(previous or {}) if changed is not None else {}
    for row in rows:
        if not row.key.startswith(PREFIX):
            continue
        known.pop(row.key, None)
        if row.state == "live" and row.body is not None:
            known[row.key] = _compile(row.body)
    return MappingProxyType(known)


def _compile(body: bytes) -> Compiled:
    said = orjson.loads(body)
    try:
        found: Screening | tuple[Problem, ...] = compile_screening(said["definition"])
    except DefinitionError as error:
        found = error.problems
    if said["withdrawn"]:
        return Withdrawn(found if isinstance(found, Screening) else None)
    return found
