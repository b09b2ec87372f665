"""Decisions: what to advise and why, in a form that can be compared byte for byte."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from recommender.canonical import canonical, plain
from recommender.constraints import Caution
from recommender.context import Context
from recommender.explain import Contribution
from recommender.outcome import Assessment, Referral


@dataclass(frozen=True)
class AdvisedItem:
    """An item with its reasons: the points of `contributions` add up to `score`.

    `rules` name the rules that touched it, `free_alternatives` the keys of free items in the same
    decision that serve the same purpose.
    """

    key: str
    translation_key: str
    type: str
    paid: bool
    score: int
    contributions: tuple[Contribution, ...]
    pinned: bool
    cautions: tuple[Caution, ...]
    guideline_stance: str
    evidence: str
    review: str
    free_alternatives: tuple[str, ...]


@dataclass(frozen=True)
class FilledSlot:
    slot: str
    items: tuple[AdvisedItem, ...]


@dataclass(frozen=True)
class Decision:
    """Advice. `withheld` counts by reason every item of the snapshot that is not in `slots`."""

    snapshot: str
    blocked: str
    outcome: Assessment
    context: Context
    day: date
    rules: tuple[str, ...]
    slots: tuple[FilledSlot, ...]
    withheld: Mapping[str, int]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the advised items, in the order of showing."""
        return tuple(item.key for slot in self.slots for item in slot.items)

    def to_dict(self) -> dict[str, Any]:
        return _dict(self)

    def to_json(self) -> bytes:
        return canonical(self.to_dict())


@dataclass(frozen=True)
class ReferralDecision:
    """The decision on a referral. There is deliberately no field that could hold an item."""

    snapshot: str
    blocked: str
    outcome: Referral
    context: Context
    day: date

    def to_dict(self) -> dict[str, Any]:
        return _dict(self)

    def to_json(self) -> bytes:
        return canonical(self.to_dict())


def _dict(decision: Decision | ReferralDecision) -> dict[str, Any]:
    return {**plain(decision), "outcome": decision.outcome.to_dict()}
