"""What a front end must show with advice or with a referral, whatever else it leaves out."""

from typing import Any

from cms.advice import texts
from cms.content import texts as content_texts
from cms.published.view import View
from cms.screening.compiled import Withdrawn
from recommender import Assessment, Decision, Outcome, Referral, Screening
from recommender.flags import EMERGENCY, NOT_SURE

Notices = list[dict[str, Any]]

EXAMPLE = "example_not_reviewed"


def of_outcome(outcome: Outcome, view: View, locale: str) -> Notices:
    """What goes with the outcome of a screening, before any advice."""
    made = _referral(outcome, locale) if isinstance(outcome, Referral) else _flags(outcome, locale)
    return [
        *made,
        _notice("safety_net", texts.in_language(outcome.safety_net or texts.SAFETY_NET, locale)),
        *_example(outcome, view, locale),
    ]


def without_outcome(screening: Screening, locale: str) -> Notices:
    """What goes with a screening that cannot be gone on with: when to call, whatever was said."""
    return [
        _notice("safety_net", texts.in_language(screening.texts["safety_net"], locale)),
        *_unreviewed(screening, locale),
    ]


def of_advice(decision: Decision, slots: Notices, view: View) -> Notices:
    """What goes with the outcome, and what the advised items ask for beside it."""
    locale = decision.context.locale
    found = of_outcome(decision.outcome, view, locale)
    items = [item for slot in slots for item in slot["items"]]
    if any(item["paid"] for item in items):
        found.append(_notice("disclosure", content_texts.say(content_texts.DISCLOSURE, locale)))
    found += [notice for item in items if (notice := _statements(item))]
    marked = any(notice["kind"] == EXAMPLE for notice in found)
    if not marked and any(item["review"] == "demo" for item in items):
        found.append(_notice(EXAMPLE, content_texts.say(content_texts.EXAMPLE, locale)))
    return found


def _referral(outcome: Referral, locale: str) -> Notices:
    """The banner with the number first, then why it is not sure."""
    banner = {
        "kind": "emergency" if outcome.urgency in EMERGENCY else "referral",
        "urgency": outcome.urgency,
        "certainty": outcome.certainty,
        "text": texts.in_language(outcome.where.text, locale),
        "phone": outcome.where.phone or None,
    }
    if outcome.certainty != NOT_SURE:
        return [banner]
    return [banner, _notice("not_sure", texts.in_language(outcome.not_sure, locale))]


def _flags(outcome: Assessment, locale: str) -> Notices:
    return [
        {
            "kind": "flag",
            "urgency": flag.urgency,
            "certainty": flag.certainty,
            "text": texts.in_language(flag.action, locale),
            "phone": flag.phone or None,
        }
        for flag in outcome.flags
    ]


def _statements(item: dict[str, Any]) -> dict[str, Any] | None:
    """What the law wants said beside a food supplement."""
    supplement = item["card"].get("supplement")
    if not supplement:
        return None
    return _notice("supplement", " ".join(supplement["statements"])) | {"key": item["key"]}


def _example(outcome: Outcome, view: View, locale: str) -> Notices:
    """The notice of a screening that nobody reviewed."""
    made = view.derived.get("screenings", {}).get(f"screening:{outcome.screening}")
    made = made.screening if isinstance(made, Withdrawn) else made
    return _unreviewed(made, locale) if isinstance(made, Screening) else []


def _unreviewed(screening: Screening, locale: str) -> Notices:
    if screening.review.kind != "demo":
        return []
    return [_notice(EXAMPLE, texts.in_language(screening.notice, locale))]


def _notice(kind: str, text: str) -> dict[str, Any]:
    return {"kind": kind, "text": text}
