"""What a screening ends in: a Referral, which has no place for items, or an Assessment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recommender.canonical import plain
from recommender.flags import NOT_SURE, SURE, RaisedFlag, most_urgent
from recommender.reading import Texts


@dataclass(frozen=True)
class Route:
    """Where to go at an urgency, and the number to call ("" when there is none)."""

    text: Texts
    phone: str


@dataclass(frozen=True)
class Onward:
    """Another screening to do next, and the questions whose answers it is told."""

    screening: str
    carry: tuple[str, ...]
    text: Texts


@dataclass(frozen=True)
class ShownSubscale:
    key: str
    title: Texts
    value: int | float | None


@dataclass(frozen=True)
class ShownScore:
    """A score to be shown: `value` is whole or rounded to two decimals, None when it is not known.

    `band` "" and `label` {} when there is none; `attribution` is what its licence asks to show.
    """

    key: str
    title: Texts
    value: int | float | None
    band: str
    label: Texts
    subscales: tuple[ShownSubscale, ...]
    answered: int
    of: int
    attribution: Texts


@dataclass(frozen=True)
class Referral:
    """Go and see somebody. There is deliberately no field that could hold an item.

    `certainty` is "not_sure" when nothing as urgent as this is certain; then `not_sure` says what
    that means. `screening` is "slug@version", `definition` its hash.
    """

    screening: str
    definition: str
    urgency: str
    certainty: str
    flags: tuple[RaisedFlag, ...]
    where: Route
    not_sure: Texts
    safety_net: Texts

    def to_dict(self) -> dict[str, Any]:
        return {"type": "referral", **plain(self)}


@dataclass(frozen=True)
class Assessment:
    """What the answers say when nothing has to be referred.

    `outcome` is the row of the outcome table; `profile` is None while the duration is unknown.
    `unknown_constraints` were asked but not known. `ruled_out` names the factors, signals,
    constraints and flags that the answers exclude: whatever is in neither set is not known, and
    unknown is never no. `scores` are shown and nothing follows from them here; `onward` is None
    unless another screening fits better.
    """

    screening: str
    definition: str
    outcome: str
    summary: Texts
    conditions: frozenset[str]
    profile: int | None
    signals: frozenset[str]
    factors: frozenset[str]
    flags: tuple[RaisedFlag, ...]
    constraints: frozenset[str]
    unknown_constraints: frozenset[str]
    ruled_out: frozenset[str]
    safety_net: Texts
    scores: tuple[ShownScore, ...] = ()
    onward: Onward | None = None

    def to_dict(self) -> dict[str, Any]:
        # Empty ones are left out: decisions that were recorded without them stay as they are.
        made = {"type": "assessment", **plain(self)}
        return {name: value for name, value in made.items() if value or name not in LATER}


LATER = ("scores", "onward")


@dataclass(frozen=True)
class Information:
    """General information instead of an assessment: nothing was asked, so nothing is concluded."""

    text: Texts
    conditions: frozenset[str]
    safety_net: Texts
    status: str = "information"


Outcome = Referral | Assessment


def refer(
    raised: Sequence[RaisedFlag],
    screening: str,
    definition: str,
    where_to_go: Mapping[str, Route],
    texts: Mapping[str, Texts],
) -> Referral:
    """Make the referral that `raised` call for; the most urgent one decides where to go."""
    urgency = most_urgent([flag.urgency for flag in raised])
    certain = any(flag.certainty == SURE for flag in raised if flag.urgency == urgency)
    return Referral(
        screening=screening,
        definition=definition,
        urgency=urgency,
        certainty=SURE if certain else NOT_SURE,
        flags=tuple(raised),
        where=where_to_go[urgency],
        not_sure=texts["not_sure"] if not certain else {},
        safety_net=texts["safety_net"],
    )


def default_assessment(condition: str) -> Assessment:
    """The assessment of somebody of whom nothing is known but the page they read.

    Nothing is ruled out, so only items that nothing says "avoid" to can follow from it.
    """
    nothing: frozenset[str] = frozenset()
    return Assessment(
        screening="",
        definition="",
        outcome="default",
        summary={},
        conditions=frozenset({condition}),
        profile=None,
        signals=nothing,
        factors=nothing,
        flags=(),
        constraints=nothing,
        unknown_constraints=nothing,
        ruled_out=nothing,
        safety_net={},
    )
