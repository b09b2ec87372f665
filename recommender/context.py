"""The context of a request for advice: everything that is not an answer to a screening."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from recommender.canonical import plain
from recommender.explain import LOCALES
from recommender.reading import REFERENCE, REFERENCE_RULE, DefinitionError, Problem, Reader

PLACEMENTS = ("screening", "condition", "article", "product", "simulator")
LARGEST_LIMIT = 20


@dataclass(frozen=True)
class Context:
    """`constraints` are added to those of the outcome; nothing here can take one away.

    `limits` is the most items wanted in a slot, `exclude` are keys of items not wanted, `demo` says
    whether reviews made for a demonstration count: the server decides that, never the client.
    """

    locale: str
    placement: str = "screening"
    limits: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    exclude: frozenset[str] = frozenset()
    constraints: frozenset[str] = frozenset()
    demo: bool = False

    def to_dict(self) -> dict[str, Any]:
        return dict(plain(self))


def parse_context(
    data: object, *, demo: bool = False, constraints: Collection[str] | None = None
) -> Context:
    """Read the context that a client sent.

    `constraints` is the vocabulary of constraint terms: one that is not in it would silently
    protect nobody, so it is refused. Raises DefinitionError naming every bad or unknown field.
    """
    problems: list[Problem] = []
    reader = Reader(data, "", problems)
    context = Context(
        locale=reader.choice("locale", LOCALES),
        placement=reader.choice("placement", PLACEMENTS, optional=True) or "screening",
        limits=_limits(reader),
        exclude=_exclude(reader),
        constraints=frozenset(reader.keys("constraints", of=constraints)),
        demo=demo,
    )
    reader.close()
    if problems:
        raise DefinitionError(problems)
    return context


def _limits(reader: Reader) -> Mapping[str, int]:
    limits = {}
    for slot, at, value in reader.pairs("limits"):
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_LIMIT:
            limits[slot] = value
        else:
            message = f"must be a whole number from 0 to {LARGEST_LIMIT}"
            reader.problems.append(Problem(at, message))
    return MappingProxyType(limits)


def _exclude(reader: Reader) -> frozenset[str]:
    found = set()
    for at, value in reader.elements("exclude"):
        if isinstance(value, str) and REFERENCE.fullmatch(value):
            found.add(value)
        else:
            reader.problems.append(Problem(at, REFERENCE_RULE))
    return frozenset(found)
