"""The flow: answers so far, replayed through a frozen screening, give the next step or the end.

Nothing is kept between two evaluations, so going back and changing an answer is simply another
evaluation. The steps, in order:

1. Read every answer; a wrong one is an error at its question and counts as not asked yet.
2. Walk the questions; branching that says no skips one, but an answer that a flag depends on
   counts although its question would not be asked. After each answer, an emergency flag that
   is raised, or can no longer be ruled out, stops the screening there.
3. When all flags are settled, judge them together: one that refers ends in a referral.
4. Something left to ask: in progress. Otherwise the outcome table gives the assessment.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile
from typing import Literal

from recommender.answers import Answer, AnswerError, NoValue
from recommender.conclude import alarms, assess, emergency, settled_referral
from recommender.criteria import NO, OPEN
from recommender.flags import judge
from recommender.outcome import Outcome, Referral
from recommender.questions import Question
from recommender.reading import listed
from recommender.reasons import Reason, reasons
from recommender.screening import Screening


@dataclass(frozen=True)
class AnswerFault:
    """An answer that could not be read: its question, and what would be right."""

    question: str
    message: str


@dataclass(frozen=True)
class Progress:
    """`total` counts the questions on the path as far as it is known now."""

    answered: int
    total: int
    seconds_left: int


@dataclass(frozen=True)
class InProgress:
    """`next` are the questions to ask now, together."""

    next: tuple[str, ...]
    progress: Progress
    errors: tuple[AnswerFault, ...]
    unused: tuple[str, ...]
    status: Literal["in_progress"] = "in_progress"


@dataclass(frozen=True)
class _Ended:
    """`why` works out the reasons: whoever goes on to advice has no use for them."""

    why: Callable[[], tuple[Reason, ...]] = field(repr=False, compare=False)
    errors: tuple[AnswerFault, ...]
    unused: tuple[str, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self.why()


@dataclass(frozen=True)
class Stopped(_Ended):
    """An emergency, to be shown at once. Errors in other answers never take it away."""

    outcome: Referral
    status: Literal["stopped"] = "stopped"


@dataclass(frozen=True)
class Complete(_Ended):
    outcome: Outcome
    status: Literal["complete"] = "complete"


Result = InProgress | Stopped | Complete


def evaluate(screening: Screening, answers: Mapping[str, object]) -> Result:
    """Evaluate answers in their JSON form, by question key; an absent key is not asked yet.

    `errors` names every answer that is wrong and every name that is no question; `unused` names
    the answers without influence: their question is off the path, or comes after the end. Raises
    nothing, whatever `answers` holds.
    """
    given, errors = _read(screening, answers)
    values, stop = _walk(screening, given)
    if stop is not None:
        why = partial(reasons, screening, screening.lookup(values), stop)
        return Stopped(why, errors, _unused(given, values), stop)
    lookup = screening.lookup(values)
    flags = judge(screening.flags, lookup)
    referral = settled_referral(screening, flags)
    if referral is not None:
        used = {key: value for key, value in values.items() if key in screening.heard}
        why = partial(reasons, screening, lookup, referral)
        return Complete(why, errors, _unused(given, used), referral)
    waiting = [question for question in screening.questions if _waits(question, values)]
    if waiting:
        return InProgress(
            next=_page(waiting, screening, values),
            progress=_progress(waiting, values),
            errors=errors,
            unused=_unused(given, values),
        )
    outcome = assess(screening, lookup, flags)
    why = partial(reasons, screening, lookup, outcome)
    return Complete(why, errors, _unused(given, values), outcome)


def visible(screening: Screening, answers: Mapping[str, object]) -> tuple[str, ...]:
    """Return the questions that branching does not skip, as if no flag ended the screening."""
    given, _ = _read(screening, answers)
    values = _unasked(screening)
    for question in screening.questions:
        values[question.key] = _place(question, given, screening, values)
    return tuple(key for key, value in values.items() if value is not NoValue.SKIPPED)


def _unasked(screening: Screening) -> dict[str, Answer]:
    return {question.key: NoValue.NOT_ASKED for question in screening.questions}


def _read(
    screening: Screening, answers: Mapping[str, object]
) -> tuple[dict[str, Answer], tuple[AnswerFault, ...]]:
    questions = screening.by_key
    given: dict[str, Answer] = {}
    errors = []
    for key, value in answers.items():
        if key not in questions:
            message = f"is no question of {screening.name}; known: {listed(questions)}"
            errors.append(AnswerFault(str(key), message))
            continue
        try:
            given[key] = questions[key].read(value)
        except AnswerError as error:
            errors.append(AnswerFault(key, str(error)))
    return given, tuple(sorted(errors, key=lambda fault: fault.question))


def _walk(
    screening: Screening, given: Mapping[str, Answer]
) -> tuple[dict[str, Answer], Referral | None]:
    """Place every answer, up to the one at which an emergency stops the screening.

    Answers beyond a gap count too: a warning sign must not wait for the question before it.
    """
    values = _unasked(screening)
    for question in screening.questions:
        values[question.key] = _place(question, given, screening, values)
        if question.key in given and alarms(screening, values, question.key):
            return _at_the_stop(screening, given, values)
    return values, None


def _place(
    question: Question,
    given: Mapping[str, Answer],
    screening: Screening,
    values: Mapping[str, Answer],
) -> Answer:
    """Return the value of a question. What a flag depends on is heard, whatever branching says."""
    if question.show_if is not None and not (
        question.key in given and question.key in screening.heard
    ):
        shown = question.show_if.truth(screening.lookup(values))
        if shown is NO:
            return NoValue.SKIPPED
        if shown is OPEN:
            return NoValue.NOT_ASKED
    return given.get(question.key, NoValue.NOT_ASKED)


def _at_the_stop(
    screening: Screening, given: Mapping[str, Answer], values: dict[str, Answer]
) -> tuple[dict[str, Answer], Referral | None]:
    """Add what was answered further on about emergencies: it can only make this one worse."""
    emergencies = {flag.key for flag in screening.flags if flag.emergency}
    for flag, questions in screening.flag_reads.items():
        if flag in emergencies:
            values |= {key: given[key] for key in questions & given.keys()}
    return values, emergency(screening, values)


def _waits(question: Question, values: Mapping[str, Answer]) -> bool:
    return values[question.key] is NoValue.NOT_ASKED


def _page(
    waiting: Sequence[Question], screening: Screening, values: Mapping[str, Answer]
) -> tuple[str, ...]:
    """Return the first waiting question with those that share its page and can be asked now."""
    first = waiting[0]
    if not first.page:
        return (first.key,)
    page = takewhile(lambda question: question.page == first.page, waiting)
    lookup = screening.lookup(values)
    return tuple(
        question.key
        for question in page
        if question.show_if is None or question.show_if.truth(lookup) is not OPEN
    )


def _progress(waiting: Sequence[Question], values: Mapping[str, Answer]) -> Progress:
    on_path = [value for value in values.values() if value is not NoValue.SKIPPED]
    return Progress(
        answered=len(on_path) - len(waiting),
        total=len(on_path),
        seconds_left=sum(question.seconds for question in waiting),
    )


def _unused(given: Mapping[str, Answer], used: Mapping[str, Answer]) -> tuple[str, ...]:
    idle = (NoValue.NOT_ASKED, NoValue.SKIPPED)
    return tuple(sorted(key for key in given if used.get(key, NoValue.NOT_ASKED) in idle))
