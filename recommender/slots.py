"""Slots: how many items of each sort, and in which order they are shown.

The order of slots: self-care articles, professional help, programmes, courses, then products, of
which those that a guideline supports come first, and then those with the best score. What is not
for health (a food supplement) is last, whatever a guideline says of it. Within a slot a free item
stands before a paid one.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from recommender.explain import Contribution
from recommender.item_score import NOT_FOR_HEALTH
from recommender.items import Item

CARE_SLOTS = ("articles", "services", "exercises", "courses")
QUOTAS: Mapping[str, int] = MappingProxyType(
    {"articles": 3, "services": 2, "exercises": 2, "courses": 1}
)
PRODUCT_QUOTA = 2
LAST_SLOTS = NOT_FOR_HEALTH


class Candidate(NamedTuple):
    """An item that may be advised; `pin` is the place of the rule that pins it, or None."""

    item: Item
    score: int
    contributions: tuple[Contribution, ...]
    pin: int | None


def fill(
    candidates: Sequence[Candidate], limits: Mapping[str, int]
) -> list[tuple[str, list[Candidate]]]:
    """Return the slots in the order of showing, each filled while candidates remain."""
    by_slot: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_slot.setdefault(candidate.item.slot, []).append(candidate)
    filled = [
        (slot, _choose(waiting, limits.get(slot, QUOTAS.get(slot, PRODUCT_QUOTA))))
        for slot, waiting in by_slot.items()
    ]
    return sorted([(slot, chosen) for slot, chosen in filled if chosen], key=_slot_order)


def _choose(waiting: Sequence[Candidate], quota: int) -> list[Candidate]:
    """Seat the pinned first, then the free, then by merit; show the free first."""
    seated = sorted(waiting, key=_merit)[:quota]
    return sorted(seated, key=lambda candidate: candidate.item.paid)  # which else keeps their order


def _merit(candidate: Candidate) -> tuple[bool, int, bool, bool, int, str]:
    item, pin = candidate.item, candidate.pin
    # Among products, what a guideline supports goes before what it says nothing of; among articles
    # and care the support is a part of the score.
    neutral_product = item.slot not in CARE_SLOTS and not _supported(item)
    return (pin is None, pin or 0, item.paid, neutral_product, -candidate.score, item.key)


def _supported(item: Item) -> bool:
    # No support moves a supplement: its place would say that it is good for the complaint.
    return item.guideline_stance == "supports" and item.slot not in LAST_SLOTS


def _slot_order(filled: tuple[str, list[Candidate]]) -> tuple[int, bool, int, str]:
    slot, chosen = filled
    if slot in CARE_SLOTS:
        return (CARE_SLOTS.index(slot), False, 0, slot)
    neutral = not any(_supported(c.item) for c in chosen)
    step = len(CARE_SLOTS) + (slot in LAST_SLOTS)
    return (step, neutral, -max(c.score for c in chosen), slot)
