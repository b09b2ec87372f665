"""Evaluating answers with the screenings of a View. Nothing is stored and nothing is logged."""

from collections.abc import Mapping
from datetime import datetime

from cms.published.view import View
from cms.screening.compiled import PREFIX, Screenings, Withdrawn
from recommender import Result, Screening
from recommender import evaluate as evaluate_answers


class UnknownScreening(LookupError):
    """There is no such screening or version, or it is hidden (404)."""


class WithdrawnScreening(LookupError):
    """The version is withdrawn (410). `successor` is the version to use instead, or None."""

    def __init__(self, name: str, successor: int | None) -> None:
        self.name = name
        self.successor = successor
        super().__init__(f"screening {name} is withdrawn")


def evaluate(
    view: View, slug: str, answers: Mapping[str, object], now: datetime, version: int | None = None
) -> Result:
    """Evaluate answers with a version of a screening; without a number, with the newest one.

    Raises UnknownScreening or WithdrawnScreening. Answers raise nothing: see Result.errors.
    """
    return evaluate_answers(screening(view, slug, now, version), answers)


def screening(view: View, slug: str, now: datetime, version: int | None = None) -> Screening:
    """Return a compiled version. Raises UnknownScreening or WithdrawnScreening."""
    usable = {found.version: found for found in _usable(view, slug, now)}
    newest = max(usable, default=None)
    if version is None and newest is not None:
        return usable[newest]
    if version in usable:
        return usable[version]
    key = f"{PREFIX}{slug}@{version}"
    if isinstance(_all(view).get(key), Withdrawn) and view.live(key, now):
        raise WithdrawnScreening(key.removeprefix(PREFIX), newest)
    raise UnknownScreening(f"{slug}@{version}" if version else slug)


def nearest(view: View, slug: str, version: int | None = None) -> Screening | None:
    """Return the version that can best tell an alarm sign among answers that will be refused.

    That version itself although it is withdrawn, or else the newest, or else the newest withdrawn
    one; None when there is no version at all. Not for an outcome that anybody goes on with.
    """
    kept = _all(view).values()
    usable = [made for made in kept if isinstance(made, Screening) and made.slug == slug]
    withdrawn = [made.screening for made in kept if isinstance(made, Withdrawn)]
    gone = [made for made in withdrawn if made is not None and made.slug == slug]
    asked = [made for made in (*usable, *gone) if made.version == version]
    return max(asked or usable or gone, key=lambda made: made.version, default=None)


def names(view: View, now: datetime) -> dict[str, int]:
    """Return the newest usable version by slug."""
    slugs = {key.removeprefix(PREFIX).rpartition("@")[0] for key in _all(view)}
    found = {slug: max((s.version for s in _usable(view, slug, now)), default=0) for slug in slugs}
    return {slug: version for slug, version in sorted(found.items()) if version}


def _usable(view: View, slug: str, now: datetime) -> list[Screening]:
    return [
        found
        for key, found in _all(view).items()
        if isinstance(found, Screening) and found.slug == slug and view.live(key, now)
    ]


def _all(view: View) -> Screenings:
    screenings: Screenings = view.derived.get("screenings", {})
    return screenings
