"""Versions of screenings, and what evaluating answers gives."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from api.shapes import base as a


def by_language(says: str = "") -> Any:
    return serializers.DictField(child=serializers.CharField(), help_text=says or "by language")


class VersionLink(a.Shape):
    key = a.text("such as screening:lage-rugpijn@2")
    type = a.one_of("screening")
    title = a.text()
    titles = by_language()
    slug = a.text()
    version = a.number()
    withdrawn = serializers.BooleanField()


class VersionCard(VersionLink):
    notice = by_language("to be shown with it, by language")
    seconds = a.number("how long it takes")


class Listed(a.Shape):
    screenings = VersionCard(many=True)


class Version(VersionCard):
    """`definition` is the frozen questionnaire, the whole of it: questions with their texts, kinds
    and options, flags, facts, outcomes. `hash` is its sha256."""

    hash = a.text()
    created = serializers.DateTimeField()
    withdrawn_at = a.moment()
    successor = a.part(VersionLink, allow_null=True)
    definition = serializers.DictField()


class Wrong(a.Shape):
    """What was wrong beside a referral, by one of `pointer` and `parameter`."""

    pointer = a.text("into the body that was sent", required=False)
    parameter = a.text("of the query", required=False)
    message = a.text("what would be right")


class Progress(a.Shape):
    answered = a.number()
    total = a.number("questions on the path, as far as it is known now")
    seconds_left = a.number()


class Flag(a.Shape):
    key = a.text()
    colour = a.one_of("red", "orange", "yellow", "blue", "black")
    urgency = a.one_of("ambulance_now", "emergency_now", "within_24_hours", "appointment")
    certainty = a.one_of("sure", "not_sure")
    title = a.text()
    action = a.text()
    phone = a.maybe_text()


class Where(a.Shape):
    text = a.text()
    phone = a.maybe_text()


class Referral(a.Shape):
    """Go and see somebody. There is no place for items."""

    type = a.one_of("referral")
    screening = a.text("slug@version")
    urgency = a.one_of("ambulance_now", "emergency_now", "within_24_hours", "appointment")
    certainty = a.one_of("sure", "not_sure")
    where = Where()
    flags = Flag(many=True)


class Assessment(a.Shape):
    """`profile` is null while the duration is not known; `unknown_constraints` were asked and not
    known."""

    type = a.one_of("assessment")
    screening = a.maybe_text("slug@version")
    outcome = a.text("the row of the outcome table")
    summary = a.maybe_text()
    profile = a.number(allow_null=True)
    conditions = a.texts()
    signals = a.texts()
    factors = a.texts()
    constraints = a.texts()
    unknown_constraints = a.texts()
    flags = Flag(many=True)


class Ground(a.Shape):
    """An answer that counted: of a question that takes several options, those that counted."""

    question = a.text("its key")
    text = a.text("what was asked")
    answers = a.texts("what was answered, in words")


class OutcomeReason(a.Shape):
    """Why the outcome says this of somebody. A flag or a constraint that is not sure rests on the
    answers that are not known as well."""

    kind = a.one_of("flag", "profile", "signal", "factor", "constraint")
    key = a.text("of the flag or term; of a profile its number")
    because = Ground(many=True)


class Notice(a.Shape):
    """What a front end may not leave out."""

    kind = a.one_of(
        "emergency",
        "referral",
        "not_sure",
        "flag",
        "safety_net",
        "disclosure",
        "supplement",
        "example_not_reviewed",
    )
    text = a.text()
    urgency = a.text(required=False)
    certainty = a.text(required=False)
    phone = a.maybe_text(required=False)
    key = a.text("of the item that it is about", required=False)


class Step(a.Shape):
    screening = a.text("its slug")
    version = a.number("that was used")
    errors = a.part(Wrong, many=True)
    unused = a.texts("answers without influence")


class InProgress(Step):
    status = a.one_of("in_progress")
    next = a.texts("the questions to ask now, together")
    progress = Progress()


class Stopped(Step):
    status = a.one_of("stopped")
    outcome = Referral()
    reasons = OutcomeReason(many=True)
    must_show = Notice(many=True)


class Complete(Step):
    status = a.one_of("complete")
    outcome: Any = a.told_apart("Outcome", Referral, Assessment)
    reasons = OutcomeReason(many=True)
    must_show = Notice(many=True)
    outcome_token = a.text("stands for the answers in POST /recommendations; never in an address")
    outcome_token_expires = serializers.DateTimeField(help_text="an hour after it was made")


def result() -> PolymorphicProxySerializer:
    return a.told_apart("Result", InProgress, Stopped, Complete, by="status")


_LINK = {
    "key": "screening:lage-rugpijn@2",
    "type": "screening",
    "title": "Screening lage rugpijn",
    "titles": {"nl": "Screening lage rugpijn"},
    "slug": "lage-rugpijn",
    "version": 2,
    "withdrawn": False,
}
_CARD = _LINK | {"notice": {"nl": "Dit is een voorbeeld."}, "seconds": 60}
LISTED_EXAMPLE = {"screenings": [_CARD]}
VERSION_EXAMPLE = _CARD | {
    "hash": "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "created": "2026-11-24T09:00:00+00:00",
    "withdrawn_at": None,
    "successor": None,
    "definition": {
        "slug": "lage-rugpijn",
        "version": 2,
        "questions": [
            {
                "key": "bladder",
                "kind": "yes_no",
                "page": "alarm",
                "seconds": 8,
                "text": {"nl": "Gaat plassen of poepen sinds kort heel anders?"},
                "why": {"nl": "Dit kan wijzen op beknelde zenuwen onder in je rug."},
            }
        ],
    },
}
EVALUATION_EXAMPLE = {
    "version": 2,
    "answers": {
        "bladder": False,
        "saddle": False,
        "both_legs": {"unknown": "dont_know"},
        "duration": {"value": 9, "unit": "weeks"},
    },
}
_URGENT = {
    "urgency": "emergency_now",
    "certainty": "not_sure",
}
RESULT_EXAMPLE = {
    "screening": "lage-rugpijn",
    "version": 2,
    "status": "stopped",
    "errors": [],
    "unused": ["duration"],
    "outcome": {
        "type": "referral",
        "screening": "lage-rugpijn@2",
        **_URGENT,
        "where": {"text": "Bel nu je huisarts of de huisartsenpost.", "phone": "112"},
        "flags": [
            {
                "key": "cauda_equina",
                "colour": "red",
                **_URGENT,
                "title": "Er zitten misschien zenuwen in de knel",
                "action": "Bel nu je huisarts. Wacht niet tot morgen.",
                "phone": "112",
            }
        ],
    },
    "reasons": [
        {
            "kind": "flag",
            "key": "cauda_equina",
            "because": [
                {
                    "question": "both_legs",
                    "text": "Heb je sinds kort in allebei je benen veel minder kracht?",
                    "answers": ["Weet ik niet"],
                }
            ],
        }
    ],
    "must_show": [
        {
            "kind": "emergency",
            **_URGENT,
            "text": "Bel nu je huisarts of de huisartsenpost.",
            "phone": "112",
        },
        {"kind": "safety_net", "text": "Wordt het erger? Bel dan je huisarts."},
    ],
}
