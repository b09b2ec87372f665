"""Contributions: the addends of a score, each with where it came from and a sentence.

The sentences name no vocabulary, because labels belong to the CMS: `about` is the key of the term
that the sentence speaks of, for whoever shows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "field:conditions": {
        "nl": "Dit gaat over jouw klacht.",
        "en": "This is about your complaint.",
    },
    "field:general": {
        "nl": "Dit is algemeen: het hangt niet af van je klacht.",
        "en": "This is general: it does not depend on your complaint.",
    },
    # What is in a slot that is not for health says so itself; the source stays field:general.
    "not_for_health": {
        "nl": "Dit is algemeen en geen advies voor je rug.",
        "en": "This is general and no advice for your back.",
    },
    "held_back": {
        "nl": "De redactie zet dit lager.",
        "en": "The editors put this lower.",
    },
    "field:profiles": {
        "nl": "Dit past bij hoe lang je klachten nu duren.",
        "en": "This fits how long your complaint has lasted.",
    },
    "field:phases": {
        "nl": "Dit is bedoeld voor de fase van herstel waarin je nu zit.",
        "en": "This is meant for the phase of recovery that you are in.",
    },
    "field:factors": {
        "nl": "Dit sluit aan bij iets dat bij jou meespeelt.",
        "en": "This addresses something that plays a part for you.",
    },
    "field:guideline_stance": {
        "nl": "Een richtlijn voor zorgverleners steunt dit.",
        "en": "A guideline for professionals supports this.",
    },
    "field:editor_weight": {
        "nl": "De redactie vindt dit een goede keuze.",
        "en": "The editors think that this is a good choice.",
    },
    "prior": {
        "nl": "Andere bezoekers vonden dit nuttig.",
        "en": "Other visitors found this useful.",
    },
}
LOCALES = ("en", "nl")


@dataclass(frozen=True)
class Contribution:
    """`source` is "field:…", "prior" or "rule:<rule set>/<rule>"; `points` may be 0 or negative."""

    source: str
    about: str
    points: int
    sentence: str
    citation: str = ""


def because_of(source: str, points: int, locale: str, about: str = "") -> Contribution:
    return Contribution(source, about, points, SENTENCES[source][locale])
