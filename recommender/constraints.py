"""The hard table: every reason for which an item may never be advised unasked.

It is asked first, over the whole catalogue, and once more about what is about to be said. It fails
closed: whatever is not known to be safe for an item that says "avoid" is not safe. Its first rows
are about no visitor: what they say of the catalogue holds for everybody on one day.
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
class Setting:
    """What counts for everybody who asks in one language on one day.

    `demo` says that reviews by nobody of the profession count."""

    locale: str
    day: date
    demo: bool

    @classmethod
    def of(cls, context: Context, day: date) -> "Setting":
        return cls(context.locale, day, context.demo)


@dataclass(frozen=True)
class Case:
    """Everything that decides whether an item is safe to advise."""

    outcome: Assessment
    context: Context
    blocked: frozenset[str]
    day: date

    @cached_property
    def setting(self) -> Setting:
        return Setting.of(self.context, self.day)

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


def _review_not_valid(item: Item, setting: Setting) -> bool:
    return item.safety_review is not None and not item.safety_review.valid(setting.day)


def _demo_review(item: Item, setting: Setting) -> bool:
    review = item.safety_review
    return review is not None and review.kind == "demo" and not setting.demo


FOR_EVERYBODY: tuple[tuple[str, Callable[[Item, Setting], bool]], ...] = (
    ("other_locale", lambda item, setting: item.locale not in ("", setting.locale)),
    ("not_reviewed", lambda item, setting: item.safety_review is None),
    ("review_expired", _review_not_valid),
    ("demo_review", _demo_review),
    ("guideline_against", lambda item, setting: item.guideline_stance == "against"),
)
FOR_THIS_CASE: tuple[tuple[str, Callable[[Item, Case], bool]], ...] = (
    ("blocked", lambda item, case: item.key in case.blocked),
    ("contraindicated", lambda item, case: not item.avoided_by.isdisjoint(case.present)),
    ("constraint_unknown", lambda item, case: not item.avoided_by <= case.known),
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
    return kept_from_everybody(item, case.setting) or kept_from(item, case)


def kept_from_everybody(item: Item, setting: Setting) -> str:
    for reason, holds in FOR_EVERYBODY:
        if holds(item, setting):
            return reason
    return ""


def kept_from(item: Item, case: Case) -> str:
    """The rest of the table, for an item that is kept from nobody else."""
    for reason, holds in FOR_THIS_CASE:
        if holds(item, case):
            return reason
    return ""
