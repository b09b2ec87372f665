"""From rows to the definition of a rule set: what recommender.compile_rules takes. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from recommender import content_hash

Data = dict[str, Any]

# Column of a row: the fact that it speaks of.
SETS = {"factors": "factors", "signals": "signals", "constraints": "constraints"}
ABSENT = {
    "without_factors": "factors",
    "without_signals": "signals",
    "without_constraints": "constraints",
}
SELECTED = {
    "select_type": "type",
    "select_slot": "slot",
    "select_condition": "condition",
    "select_factor": "factor",
    "select_phase": "phase",
}


def definition(draft: Any, rows: Iterable[Any], version: int) -> Data:
    """The active rows of a draft as a rule set of this version, right or not."""
    return {
        "slug": draft.slug,
        "version": version,
        "locales": list(draft.locales),
        "notice": {locale: getattr(draft, f"notice_{locale}", "") for locale in draft.locales},
        "rules": [rule(row, draft.locales) for row in rows if row.active],
    }


def rule(row: Any, locales: Sequence[str]) -> Data:
    made: Data = {"key": row.key, "effect": row.effect}
    if row.points is not None:
        made["points"] = row.points
    if leaves := list(criteria(row)):
        made["when"] = leaves[0] if len(leaves) == 1 else {"all": leaves}
    return made | {
        "select": selection(row),
        "because": {locale: getattr(row, f"because_{locale}", "") for locale in locales},
        "citation": row.citation,
    }


def criteria(row: Any) -> Iterator[Data]:
    """Everything that has to hold, in a fixed order: equal rows make equal bytes."""
    if row.condition:
        yield {"fact": "conditions", "is": row.condition}
    if len(row.profiles) == 1:
        yield {"fact": "profile", "is": row.profiles[0]}
    elif row.profiles:
        yield {"fact": "profile", "in": list(row.profiles)}
    for column, fact in SETS.items():
        yield from ({"fact": fact, "is": key} for key in getattr(row, column))
    for column, fact in ABSENT.items():
        yield from ({"not": {"fact": fact, "is": key}} for key in getattr(row, column))


def selection(row: Any) -> Data:
    found = {name: value for column, name in SELECTED.items() if (value := getattr(row, column))}
    if row.select_paid:
        found["paid"] = row.select_paid == "yes"
    if row.item_id is not None:
        found["items"] = [str(row.item.translation_key)]
    return found


def same_rules(one: Data, other: Data) -> bool:
    """Whether two definitions say the same, whatever their numbers and the order of languages."""
    first, second = (
        {**found, "version": 0, "locales": sorted(found["locales"])} for found in (one, other)
    )
    return content_hash(first) == content_hash(second)
