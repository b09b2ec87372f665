"""The hard table: every reason for which an item may never be advised unasked.

It is asked first, over the whole catalogue, and once more about what is about to be said. It fails
closed: whatever is not known to be safe for an item that says "avoid" is not safe.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from recommender.context import Context
from recommender.items import PROFILES, ConstraintNote, Item
from recommender.outcome import Assessment
from recommender.selector import Selector

PRESENT, UNKNOWN = "present", "unknown"


@dataclass(frozen=True)
class Case:
    """Everything that decides whether an item is safe to advise."""

    outcome: Assessment
    context: Context
    blocked: frozenset[str]
    day: date

    @cached_property
    def present(self) -> frozenset[str]:
        """Constraints that hold: the outcome's and those that the context adds."""
        return self.outcome.constraints | self.context.constraints

    @cached_property
    def ruled_out(self) -> frozenset[str]:
        return self.outcome.ruled_out - self.present

    @cached_property
    def known(self) -> frozenset[str]:
        return self.present | self.ruled_out

    @cached_property
    def red(self) -> bool:
        """A red flag, sure or not: then nothing paid is shown, whatever the flag's author wrote."""
        return any(flag.colour == "red" for flag in self.outcome.flags)

    @cached_property
    def suppressed(self) -> tuple[Selector, ...]:
        return tuple(selector for flag in self.outcome.flags for selector in flag.suppresses)


@dataclass(frozen=True)
class Caution:
    """The mandatory text on an item: ask first, because this holds or is not known."""

    constraint: str
    state: str
    reason: str


def state(note: ConstraintNote, case: Case) -> str:
    """Return "present", "unknown" or "" (ruled out)."""
    if note.constraint in case.present:
        return PRESENT
    return "" if note.constraint in case.ruled_out else UNKNOWN


def cautions(item: Item, case: Case) -> tuple[Caution, ...]:
    if not item.asks_first:
        return ()
    asked = ((note, state(note, case)) for note in item.asks_first)
    return tuple(Caution(note.constraint, found, note.reason) for note, found in asked if found)


def _for_other_profile(item: Item, case: Case) -> bool:
    if not item.profiles:
        return False
    if case.outcome.profile is None:
        return not item.profiles.issuperset(PROFILES)
    return case.outcome.profile not in item.profiles


def _review_not_valid(item: Item, case: Case) -> bool:
    return item.safety_review is not None and not item.safety_review.valid(case.day)


def _demo_review(item: Item, case: Case) -> bool:
    review = item.safety_review
    return review is not None and review.kind == "demo" and not case.context.demo


HARD: tuple[tuple[str, Callable[[Item, Case], bool]], ...] = (
    ("other_locale", lambda item, case: item.locale not in ("", case.context.locale)),
    ("blocked", lambda item, case: item.key in case.blocked),
    ("contraindicated", lambda item, case: not item.avoided_by.isdisjoint(case.present)),
    ("constraint_unknown", lambda item, case: not item.avoided_by <= case.known),
    ("not_reviewed", lambda item, case: item.safety_review is None),
    ("review_expired", _review_not_valid),
    ("demo_review", _demo_review),
    ("guideline_against", lambda item, case: item.guideline_stance == "against"),
    ("paid_beside_red_flag", lambda item, case: item.paid and case.red),
    (
        "suppressed_by_flag",
        lambda item, case: (
            bool(case.suppressed) and any(selector.fits(item) for selector in case.suppressed)
        ),
    ),
    (
        "other_condition",
        lambda item, case: (
            bool(item.conditions) and item.conditions.isdisjoint(case.outcome.conditions)
        ),
    ),
    ("other_profile", _for_other_profile),
    ("not_wanted", lambda item, case: item.key in case.context.exclude),
)


def kept_out(item: Item, case: Case) -> str:
    """Return the first reason of the table that keeps the item out, or ""."""
    for reason, holds in HARD:
        if holds(item, case):
            return reason
    return ""
