"""What a process derives from publications for advice, brought up to date row by row."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson

from cms.affiliate import stock
from cms.published.view import Row, View
from recommender import (
    DefinitionError,
    Item,
    RuleSet,
    Snapshot,
    compile_rules,
    compile_snapshot,
)

log = logging.getLogger(__name__)

RULES, TERM = "rules:", "term:"
CONDITION = "condition"
CONSTRAINING = {"constraint", "medicine"}  # kinds of terms that an item can be unsafe beside
Changed = tuple[Row, ...] | None
Conditions = Mapping[tuple[str, str], tuple[str, ...]]  # locale, key of a condition -> its pages
Moments = Mapping[str, tuple[datetime | None, datetime | None]]  # key -> when it begins and ends


def snapshot(previous: Snapshot | None, view: View, changed: Changed) -> Snapshot:
    """Return the snapshot of every live item and rule set of a view.

    Items that did not change are taken over as they were read. An item with faulty data is left
    out (Snapshot.refused), so that it can neither be advised nor keep others from being renewed.
    """
    old = previous if changed is not None else None
    items: dict[str, Item | Mapping[str, Any]] = dict(old.items) if old else {}
    again = _rows(view, changed) if old is None else [*_rows(view, changed), *_refused(old, view)]
    for row in again:
        items.pop(row.key, None)
        if row.state == "live" and row.item is not None:
            items[row.key] = row.item
    return compile_snapshot(items.items(), _rule_sets(old, view, changed))


def _rule_sets(old: Snapshot | None, view: View, changed: Changed) -> Iterable[RuleSet]:
    """Return the live rule set of each slug.

    While one follows another, both are live for a moment: then the one that was numbered last.
    """
    if old is not None and changed is not None and not _touches(RULES, changed):
        return old.rule_sets
    rows = (row for row in view.rows.values() if row.key.startswith(RULES) and row.state == "live")
    in_order = sorted(rows, key=lambda row: row.seq)
    compiled = [found for row in in_order if (found := _compiled(row))]
    return {found.slug: found for found in compiled}.values()


def _compiled(row: Row) -> RuleSet | None:
    """Return the rules of a row; None when this program no longer accepts them.

    Then advice goes on without them: keeping the snapshot of before would keep items in it that
    have become unsafe.
    """
    if row.body is None:
        return None
    try:
        return compile_rules(orjson.loads(row.body)["definition"])
    except DefinitionError as error:
        log.error("%s is left out of advice: %s", row.key, error)
        return None


def _touches(prefix: str, changed: tuple[Row, ...]) -> bool:
    return any(row.key.startswith(prefix) for row in changed)


def _refused(old: Snapshot, view: View) -> list[Row]:
    return [view.rows[key] for key in old.refused]


def timed_items(previous: frozenset[str] | None, view: View, changed: Changed) -> frozenset[str]:
    """Return the items that begin or end by the clock: only those need a look at each request."""
    known = set(previous or ()) if changed is not None else set()
    for row in _rows(view, changed):
        known.discard(row.key)
        if row.item is not None and (row.valid_from or row.valid_until):
            known.add(row.key)
    return frozenset(known)


def sold_out(previous: frozenset[str] | None, view: View, changed: Changed) -> frozenset[str]:
    """Return the paid products whose every live link to a partner is out of stock."""
    if (
        previous is not None
        and changed is not None
        and not _touches(stock.LINK, changed)
        and all(row.item is None for row in changed)
    ):
        return previous
    gone = stock.sold_out(view)
    return frozenset(
        row.key
        for row in view.rows.values()
        if row.translation_key in gone
        and row.item is not None
        and row.item.get("type") == "product"
        and row.item.get("paid")
    )


def moments(previous: Moments | None, view: View, changed: Changed) -> Moments:
    """Return everything that begins or ends by the clock: an item, a page, a link."""
    known = dict(previous or {}) if changed is not None else {}
    for row in _rows(view, changed):
        known.pop(row.key, None)
        if row.state == "live" and (row.valid_from or row.valid_until):
            known[row.key] = (row.valid_from, row.valid_until)
    return known


def conditions(previous: Conditions | None, view: View, changed: Changed) -> Conditions:
    """Return the pages of each condition, by language and the key that rules and items name."""
    if previous is not None and changed is not None and not _any_condition(changed):
        return previous
    found: dict[tuple[str, str], list[str]] = {}
    for row in view.rows.values():
        if row.kind == CONDITION and row.state == "live" and row.link is not None:
            key = orjson.loads(row.link).get("condition", "")
            found.setdefault((row.locale, key), []).append(row.key)
    return {place: tuple(sorted(keys)) for place, keys in found.items()}


def _any_condition(changed: tuple[Row, ...]) -> bool:
    return any(row.kind == CONDITION for row in changed)


def constraints(previous: frozenset[str] | None, view: View, changed: Changed) -> frozenset[str]:
    """Return the keys of the constraint and medicine terms: the vocabulary of a context."""
    if previous is not None and changed is not None and not _touches(TERM, changed):
        return previous
    return frozenset(
        row.key.removeprefix(TERM)
        for row in view.rows.values()
        if row.key.startswith(TERM)
        and row.state == "live"
        and row.link is not None
        and orjson.loads(row.link).get("term_kind") in CONSTRAINING
    )


def _rows(view: View, changed: Changed) -> Iterable[Row]:
    return view.rows.values() if changed is None else changed
