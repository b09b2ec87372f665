"""Which rules name a term: they know it by its key only, which no foreign key watches over."""

from collections.abc import Iterator
from typing import Any

from cms.advice.models import DraftRule, RuleSet


def rules_that_name(key: str) -> list[str]:
    """The live rules, and those on an editor's desk, as "<rule set>/<rule>"."""
    live = (
        f"{found.slug}/{rule['key']}"
        for found in RuleSet.objects.filter(live=True)
        for rule in found.definition["rules"]
        if key in _strings([rule.get("when"), rule["select"]])
    )
    drafts = (
        f"{row.draft.slug}/{row.key}"
        for row in DraftRule.objects.select_related("draft")
        if key in _keys(row)
    )
    return sorted({*live, *drafts})


def _keys(row: DraftRule) -> set[str]:
    return {
        *row.factors,
        *row.constraints,
        *row.without_factors,
        *row.without_constraints,
        row.select_factor,
        row.select_phase,
    }


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for part in node.values():
            yield from _strings(part)
    elif isinstance(node, list):
        for part in node:
            yield from _strings(part)
