"""Flags: warnings that answers raise, how urgent they are, and what they keep out of the advice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recommender.criteria import UNKNOWN, YES, Criterion, Lookup, Truth
from recommender.reading import Texts
from recommender.selector import Selector

COLOURS = ("red", "orange", "yellow", "blue", "black")
URGENCIES = ("ambulance_now", "emergency_now", "within_24_hours", "appointment")  # most first
EMERGENCY = ("ambulance_now", "emergency_now")
UNKNOWN_MEANS = ("refer", "ask", "ignore")
SURE, NOT_SURE = "sure", "not_sure"


@dataclass(frozen=True)
class Flag:
    """A flag as its author wrote it.

    `criterion` holds all of it; `gate` is the part that lets the rest count at all, told first.
    `unknown` says what happens when the criterion stays unknown: "refer" as if it were raised, but
    saying that it is not sure; "ask": the advice goes on with the flag's action and suppressions;
    "ignore". Raises ValueError when that would make light of an emergency or of a red flag.
    """

    key: str
    colour: str
    urgency: str
    criterion: Criterion
    title: Texts
    action: Texts
    phone: str
    suppresses: tuple[Selector, ...]
    unknown: str
    citation: str
    gate: Criterion | None = None
    note: str = ""  # for editors

    def __post_init__(self) -> None:
        if self.urgency in EMERGENCY and self.unknown != "refer":
            raise ValueError("an emergency flag that is unknown must refer: unknown is never no")
        if self.urgency in EMERGENCY and self.colour != "red":
            raise ValueError("an emergency flag must be red")
        if self.colour == "red" and self.unknown == "ignore":
            raise ValueError("a red flag that is unknown must refer or ask: unknown is never no")

    @property
    def emergency(self) -> bool:
        return self.urgency in EMERGENCY

    def refers(self, truth: Truth) -> bool:
        """Say whether this flag, at this truth, ends in a referral instead of advice.

        Red flags and those that cannot wait for an appointment do (domain: any red flag means no
        commerce at all).
        """
        serious = self.colour == "red" or self.urgency != "appointment"
        return serious and (truth is YES or (truth is UNKNOWN and self.unknown == "refer"))

    def raised(self, truth: Truth) -> "RaisedFlag | None":
        if truth is YES:
            return _raise(self, SURE)
        if truth is UNKNOWN and self.unknown != "ignore":
            return _raise(self, NOT_SURE)
        return None


@dataclass(frozen=True)
class RaisedFlag:
    """A flag that answers raised, with what the visitor has to read."""

    key: str
    colour: str
    urgency: str
    certainty: str
    title: Texts
    action: Texts
    phone: str
    suppresses: tuple[Selector, ...]


def _raise(flag: Flag, certainty: str) -> RaisedFlag:
    return RaisedFlag(
        key=flag.key,
        colour=flag.colour,
        urgency=flag.urgency,
        certainty=certainty,
        title=flag.title,
        action=flag.action,
        phone=flag.phone,
        suppresses=flag.suppresses,
    )


def judge(flags: Sequence[Flag], lookup: Lookup) -> Mapping[str, Truth]:
    return {flag.key: flag.criterion.truth(lookup) for flag in flags}


def most_urgent(urgencies: Sequence[str]) -> str:
    return min(urgencies, key=URGENCIES.index)
