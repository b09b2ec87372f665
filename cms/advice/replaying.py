"""Making a decision of the past again, from the recorded items, rule sets and blocked sets."""

import json
from collections.abc import Iterator
from itertools import product
from typing import Any

import orjson

from cms.advice.models import BlockedSet
from cms.advice.models import RuleSet as StoredRules
from cms.published.models import ItemHistory
from recommender import (
    Decision,
    ReferralDecision,
    RuleSet,
    Snapshot,
    compile_rules,
    compile_snapshot,
    replay,
)


class NotKept(LookupError):
    """What the decision was made on is not kept any more (settings.HISTORY_DAYS), or never was."""


def replay_at(recorded: bytes, number: int) -> Decision | ReferralDecision:
    """Make the decision again that was made at a number, and compare it byte for byte.

    Raises NotKept, or recommender.ReplayMismatch when another decision comes out.
    """
    record = json.loads(recorded)
    stored = BlockedSet.objects.filter(hash=record["blocked"]).first()
    if stored is None:
        raise NotKept(f"blocked set {record['blocked']} is not kept")
    return replay(recorded, _snapshot(record["snapshot"], number), frozenset(stored.keys))


def _snapshot(digest: str, number: int) -> Snapshot:
    """Find the snapshot with this hash.

    Which rule sets were live is not recorded, and need not be: only one choice has the hash.
    """
    items = list(_items(number).items())
    for rule_sets in _choices():
        snapshot = compile_snapshot(items, rule_sets)
        if snapshot.hash == digest:
            return snapshot
    raise NotKept(f"no items and rules kept for number {number} make snapshot {digest}")


def _items(number: int) -> dict[str, Any]:
    """Every item as it was at a number: of each key the newest record up to it."""
    found: dict[str, Any] = {}
    history = ItemHistory.objects.filter(seq__lte=number).order_by("seq")
    for key, item in history.values_list("key", "item"):
        found[key] = None if item is None else orjson.loads(bytes(item))
    return {key: item for key, item in found.items() if item is not None}


def _choices() -> Iterator[tuple[RuleSet, ...]]:
    """Yield each way to have at most one version of every slug live, the newest first."""
    versions: dict[str, list[RuleSet | None]] = {}
    for stored in StoredRules.objects.order_by("slug", "-version"):
        versions.setdefault(stored.slug, []).append(compile_rules(stored.definition))
    for chosen in product(*([*known, None] for known in versions.values())):
        yield tuple(rule_set for rule_set in chosen if rule_set is not None)
