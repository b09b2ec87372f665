"""Onward: an outcome can lead to another screening, which is told what was answered already."""

from collections.abc import Mapping

from recommender.answers import AnswerError
from recommender.outcome import Onward
from recommender.screening import Screening

__all__ = ["Onward", "carried"]


def carried(onward: Onward, answers: Mapping[str, object], target: Screening) -> dict[str, object]:
    """Return the answers, as they were sent, that the target takes. Raises nothing.

    Left out is what was not answered, what the target does not ask, and what it asks otherwise.
    """
    found: dict[str, object] = {}
    for key in onward.carry:
        question = target.by_key.get(key)
        if question is None or key not in answers:
            continue
        try:
            question.read(answers[key])
        except AnswerError:
            continue  # the target asks it again
        found[key] = answers[key]
    return found
