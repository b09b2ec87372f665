"""What a visitor sees of a decision: cards, reasons and cautions joined with it, from one View."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cms.advice import must_show, texts
from cms.published import compose
from cms.published.view import View
from recommender import (
    AdvisedItem,
    Assessment,
    Breach,
    Decision,
    Outcome,
    Referral,
    ReferralDecision,
)
from recommender.constraints import PRESENT, Caution, Setting
from recommender.explain import Contribution
from recommender.flags import RaisedFlag

Shown = dict[str, Any]


@dataclass
class _Labels:
    """What terms are called, each looked up once for one answer: many reasons share one."""

    view: View
    locale: str
    now: datetime
    known: dict[str, str | None] = field(default_factory=dict)

    def of(self, term: str) -> str | None:
        if term not in self.known:
            self.known[term] = self._find(term) if term else None
        return self.known[term]

    def _find(self, term: str) -> str | None:
        link = compose.link(self.view, f"term:{term}", self.now)
        if link is None:
            return None
        return texts.in_language(link.get("labels", {}), self.locale) or link.get("title")


def shown(view: View, decision: Decision | ReferralDecision, now: datetime) -> Shown:
    """Return the decision as JSON-ready data for front ends.

    Raises Breach when something of an item would come along with a referral.
    """
    if isinstance(decision, ReferralDecision):
        made = _envelope(view, decision) | {
            "type": "referral",
            "outcome": outcome(decision.outcome, decision.context.locale),
            "must_show": must_show.of_outcome(decision.outcome, view, decision.context.locale),
        }
        _refuse_items(made, view)
        return made
    return _advice(view, decision, now)


def _advice(view: View, decision: Decision, now: datetime) -> Shown:
    slots, gone = [], 0
    labels = _Labels(view, decision.context.locale, now)
    for slot in decision.slots:
        items = [found for item in slot.items if (found := _item(item, decision, labels))]
        # Rule 16: the decision and the cards come from one View; what is not live in it goes.
        gone += len(slot.items) - len(items)
        if items:
            slots.append({"slot": slot.slot, "items": items})
    withheld = _withheld(view, decision) | ({"not_live": gone} if gone else {})
    return _envelope(view, decision) | {
        "type": "advice",
        "outcome": outcome(decision.outcome, decision.context.locale),
        "slots": slots,
        "withheld": withheld,
        "must_show": must_show.of_advice(decision, slots, view),
    }


def _withheld(view: View, decision: Decision) -> dict[str, int]:
    """Return what was withheld by reason; of what was blocked, apart what nobody has in stock."""
    counted, sold_out = dict(decision.withheld), view.derived["sold_out"]
    setting = Setting.of(decision.context, decision.day)
    here = sum(item.key in sold_out for item in view.derived["snapshot"].eligible(setting).items)
    if here:
        counted["out_of_stock"] = here
        counted["blocked"] -= here
    return {reason: count for reason, count in counted.items() if count}


def _envelope(view: View, decision: Decision | ReferralDecision) -> Shown:
    """Return what names this decision, so that it can be made again byte for byte."""
    return {
        "snapshot": decision.snapshot,
        "blocked": decision.blocked,
        "epoch": view.epoch,
        "number": view.seq,
        "day": decision.day.isoformat(),
        "locale": decision.context.locale,
        "rules": list(decision.rules) if isinstance(decision, Decision) else [],
        "ranking": {
            "factors": ["condition", "profile", "phase", "factors", "guideline", "editor", "rules"],
            "free_before_paid": True,
            "commission_influences_rank": False,
        },
    }


def outcome(found: Outcome, locale: str) -> Shown:
    """Return what a visitor sees of an outcome, with advice or without."""
    return _referral(found, locale) if isinstance(found, Referral) else _assessment(found, locale)


def _referral(found: Referral, locale: str) -> Shown:
    return {
        "type": "referral",
        "screening": found.screening,
        "urgency": found.urgency,
        "certainty": found.certainty,
        "where": {
            "text": texts.in_language(found.where.text, locale),
            "phone": found.where.phone or None,
        },
        "flags": [_flag(flag, locale) for flag in found.flags],
    }


def _assessment(found: Assessment, locale: str) -> Shown:
    names = ("conditions", "signals", "factors", "constraints", "unknown_constraints")
    return {
        "type": "assessment",
        "screening": found.screening or None,
        "outcome": found.outcome,
        "summary": texts.in_language(found.summary, locale) or None,
        "profile": found.profile,
        **{name: sorted(getattr(found, name)) for name in names},
        "flags": [_flag(flag, locale) for flag in found.flags],
    }


def _flag(flag: RaisedFlag, locale: str) -> Shown:
    return {
        "key": flag.key,
        "colour": flag.colour,
        "urgency": flag.urgency,
        "certainty": flag.certainty,
        "title": texts.in_language(flag.title, locale),
        "action": texts.in_language(flag.action, locale),
        "phone": flag.phone or None,
    }


def _item(item: AdvisedItem, decision: Decision, labels: _Labels) -> Shown | None:
    """Return an item with its card; None when it is not live in this view (rule 16)."""
    view, now = labels.view, labels.now
    card = compose.card(view, item.key, now)
    if card is None:
        return None
    return {
        "key": item.key,
        "type": item.type,
        "card": card,
        "score": item.score,
        "why": [_reason(part, labels) for part in item.contributions],
        "pinned": item.pinned,
        "paid": item.paid,
        "cautions": [_caution(caution, card, labels) for caution in item.cautions],
        "guideline_stance": item.guideline_stance,
        "evidence": item.evidence or None,
        "review": item.review,
        "claim": (card.get("supplement") or {}).get("claim"),
        "offers": _offers(view, item, decision, now),
        "free_alternatives": [
            key for key in item.free_alternatives if compose.card(view, key, now) is not None
        ],
    }


def _offers(view: View, item: AdvisedItem, decision: Decision, now: datetime) -> list[Shown]:
    """Return the offers of an item that says that we may earn on it. Advice without a screening
    is that of a condition."""
    if not item.paid:
        return []
    placement = "advice" if decision.outcome.screening else "condition"
    return compose.offers(view, item.translation_key, placement, decision.context.locale, now)


def _reason(part: Contribution, labels: _Labels) -> Shown:
    return {
        "source": part.source,
        "about": part.about or None,
        "label": labels.of(part.about),
        "points": part.points,
        "sentence": part.sentence,
        "citation": part.citation or None,
    }


def _caution(caution: Caution, card: Shown, labels: _Labels) -> Shown:
    """Join what the item itself says about this constraint; a caution never goes without words."""
    said = texts.PRESENT_CAUTION if caution.state == PRESENT else texts.UNKNOWN_CAUTION
    own = next(_own_words(card, caution), "")
    return {
        "constraint": caution.constraint,
        "label": labels.of(caution.constraint),
        "state": caution.state,
        "text": own or texts.in_language(said, labels.locale),
    }


def _own_words(card: Shown, caution: Caution) -> Iterator[str]:
    for found in card.get("cautions", ()):
        same = (found.get("constraint"), found.get("effect")) == (caution.constraint, "ask_first")
        if same and found.get("text"):
            yield str(found["text"])


def _refuse_items(made: Shown, view: View) -> None:
    """Law 1, once more on the way out: no key of an item stands in what a referral says."""
    items = view.derived["snapshot"].items
    for text in _strings(made):
        if text in items:
            raise Breach(f"a referral was about to carry {text}")


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for name, part in node.items():
            yield name
            yield from _strings(part)
    elif isinstance(node, (list, tuple)):
        for part in node:
            yield from _strings(part)
