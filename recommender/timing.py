"""How long answering takes: a stated formula over the words that a visitor reads, and the taps.

`why` is not counted: front ends fold it.
"""

from collections.abc import Collection
from fractions import Fraction
from math import ceil

from recommender.questions import Question

WORDS_A_MINUTE = 200
SECONDS_A_TAP = 2
WORDS_OF_YES_AND_NO = 2
TAPS = {"duration": 2}  # an amount and its unit; every other kind takes one choice or entry


def seconds(question: Question, locale: str) -> Fraction:
    """Return the seconds that reading and answering a question takes in a language."""
    reading = Fraction(60 * _words(question, locale), WORDS_A_MINUTE)
    return reading + SECONDS_A_TAP * TAPS.get(question.kind, 1)


def slowest(question: Question, locales: Collection[str]) -> int:
    """Return whole seconds, rounded up, in the language that takes longest; at least 1."""
    return max([ceil(seconds(question, locale)) for locale in locales], default=1)


def _words(question: Question, locale: str) -> int:
    read = [question.text, question.unit, question.low_label, question.high_label]
    read += [option.label for option in question.options]
    counted = sum(len(texts.get(locale, "").split()) for texts in read)
    own = WORDS_OF_YES_AND_NO if question.kind == "yes_no" else len(question.units)
    return counted + own
