"""Advice and the decision that it shows."""

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from api.shapes import base as a
from api.shapes.common import Card, Claim, Offer
from api.shapes.screenings import (
    EVALUATION_EXAMPLE,
    RESULT_EXAMPLE,
    Assessment,
    Notice,
    Referral,
    Wrong,
)


class Ranking(a.Shape):
    """What the order rests on. Money is not part of it."""

    factors = a.texts()
    free_before_paid = serializers.BooleanField()
    commission_influences_rank = serializers.BooleanField()


class Made(a.Shape):
    """What names a decision, so that it can be made again."""

    snapshot = a.text("the sha256 of all items, rules and priors; for a referral perhaps of none")
    blocked = a.text("the sha256 of the items that could not be offered")
    epoch = a.number()
    number = a.number("the number of the content that it was made on")
    day = serializers.DateField()
    locale = a.text()
    rules = a.texts("that fired")
    ranking = Ranking()
    must_show = Notice(many=True)


class Envelope(Made):
    """What names a decision, and what was wrong or idle in the answers behind it."""

    errors = a.part(Wrong, many=True)
    unused = a.texts("answers without influence")


class Reason(a.Shape):
    source = a.text("field:…, prior, or rule:<rule set>/<rule>")
    about = a.maybe_text("the key of the term that it is about")
    label = a.maybe_text("of that term")
    points = a.number("those of all reasons add up to the score")
    sentence = a.text("for the visitor")
    citation = a.maybe_text()


class AdvisedCaution(a.Shape):
    constraint = a.text()
    label = a.maybe_text()
    state = a.one_of("present", "unknown")
    text = a.text()


class AdvisedItem(a.Shape):
    key = a.text()
    type = a.one_of("article", "exercise_programme", "product", "service", "course")
    card = Card()
    score = a.number()
    why = Reason(many=True)
    pinned = serializers.BooleanField()
    paid = serializers.BooleanField()
    cautions = AdvisedCaution(many=True)
    guideline_stance = a.text("supports, insufficient, against or none")
    evidence = a.maybe_text()
    review = a.text("who vouches for it: clinical, editorial or demo")
    claim = a.part(Claim, allow_null=True)
    offers = Offer(many=True, help_text="by partner, never by price or commission")
    free_alternatives = a.texts(
        "keys of free items that serve the same purpose, be they among the items shown or not"
    )


class Slot(a.Shape):
    slot = a.text("such as articles, exercises or sleep")
    items = AdvisedItem(many=True)


class Advice(Envelope):
    type = a.one_of("advice")
    outcome = Assessment()
    slots = Slot(many=True)
    withheld = serializers.DictField(
        child=serializers.IntegerField(), help_text="items that are not shown, counted by reason"
    )


class DefaultAdvice(Made):
    """Of nobody in particular: `outcome` holds the condition and nothing else."""

    condition = a.text("its key")
    type = a.one_of("advice")
    outcome = Assessment()
    slots = Slot(many=True)
    withheld = serializers.DictField(
        child=serializers.IntegerField(), help_text="items that are not shown, counted by reason"
    )


class ReferralAdvice(Envelope):
    """No items, whatever was asked for."""

    type = a.one_of("referral")
    outcome = Referral()


def advice() -> PolymorphicProxySerializer:
    return a.told_apart("AdviceOrReferral", Advice, ReferralAdvice)


WISH_EXAMPLE = {
    "screening": "lage-rugpijn",
    **EVALUATION_EXAMPLE,
    "context": {"locale": "nl", "limits": {"articles": 2}, "constraints": ["pregnancy"]},
}
ADVICE_EXAMPLE = {
    "type": "referral",
    "snapshot": "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "blocked": "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945",
    "epoch": 1,
    "number": 58,
    "day": "2026-11-24",
    "locale": "nl",
    "rules": [],
    "ranking": {
        "factors": ["condition", "profile"],
        "free_before_paid": True,
        "commission_influences_rank": False,
    },
    "outcome": RESULT_EXAMPLE["outcome"],
    "must_show": RESULT_EXAMPLE["must_show"],
    "errors": [],
    "unused": [],
}
DEFAULT_EXAMPLE = {
    "condition": "lage-rugpijn",
    "type": "advice",
    **{
        name: ADVICE_EXAMPLE[name]
        for name in ("snapshot", "blocked", "epoch", "number", "day", "locale", "ranking")
    },
    "rules": [],
    "outcome": {
        "type": "assessment",
        "screening": None,
        "outcome": "default",
        "summary": None,
        "profile": None,
        "conditions": ["lage-rugpijn"],
        "signals": [],
        "factors": [],
        "constraints": [],
        "unknown_constraints": [],
        "flags": [],
    },
    "slots": [],
    "withheld": {"constraint_unknown": 2},
    "must_show": [{"kind": "safety_net", "text": "Wordt het erger? Bel dan je huisarts."}],
}
