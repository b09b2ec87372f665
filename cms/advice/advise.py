"""Advice: a decision of the recommender and what a visitor has to see of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from cms.advice import present
from cms.advice.blocked import blocked, notebook
from cms.published.view import View
from recommender import Context, Decision, Outcome, ReferralDecision, parse_context
from recommender import advise as decide


@dataclass(frozen=True)
class Advice:
    """`decision` is for the record and for replay; `shown` is JSON-ready, for the visitor."""

    decision: Decision | ReferralDecision
    shown: dict[str, Any]


def read_context(view: View, data: object) -> Context:
    """Read the context that a client sent; what it may name comes from the view.

    Raises DefinitionError naming every bad or unknown field.
    """
    return parse_context(data, demo=settings.DEMO, constraints=view.derived["constraints"])


def advise(view: View, outcome: Outcome, context: Context, now: datetime) -> Advice:
    """Decide what to advise and join it with what the items say of themselves.

    Reads the view and nothing else. Raises recommender.Breach rather than show anything unsafe.
    """
    keys = blocked(view, now)
    notebook.note(keys, now)
    day = timezone.localdate(now)
    decision = decide(view.derived["snapshot"], keys, outcome, context, day)
    return Advice(decision, present.shown(view, decision, now))
