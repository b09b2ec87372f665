"""What scores may be read by: no emergency waits for one, and a licence is kept."""

from collections.abc import Iterator, Mapping, Sequence

from recommender.criteria import Criterion
from recommender.reading import Problem, join
from recommender.reads import Reads, Whole
from recommender.screening import OutcomeRow

Terms = Mapping[str, Mapping[str, Criterion]]


def score_problems(
    whole: Whole, terms: Terms, outcomes: Sequence[OutcomeRow], reads: Reads
) -> list[Problem]:
    return [
        *_emergencies_wait_for_no_score(whole, reads),
        *licence_problems(whole, terms, outcomes, reads),
    ]


def _emergencies_wait_for_no_score(whole: Whole, reads: Reads) -> list[Problem]:
    """An emergency stops the screening at the answer; a score is known only at its last item."""
    return [
        Problem(
            join("/flags", index),
            f"an emergency flag may not read score {score}: it has to stop at the answer",
            "emergency_reads_score",
        )
        for index, flag in enumerate(whole.flags)
        for score in sorted(reads.scores(flag.criterion) if flag.emergency else ())
    ]


def licence_problems(
    whole: Whole, terms: Terms, outcomes: Sequence[OutcomeRow], reads: Reads
) -> list[Problem]:
    """Rules read flags, terms and rows. A score whose licence forbids that is only shown."""
    forbidden = {score.key: score for score in whole.scores if not score.licence.products}
    problems = []
    for at, criterion in _readers(whole, terms, outcomes):
        for key in sorted(reads.scores(criterion) & forbidden.keys()):
            holder = forbidden[key].licence.holder
            message = (
                f"may not depend on score {key}: the licence of {holder} forbids advice on products"
            )
            problems.append(Problem(at, message, "licence"))
    return problems


def _readers(
    whole: Whole, terms: Terms, outcomes: Sequence[OutcomeRow]
) -> Iterator[tuple[str, Criterion]]:
    for index, question in enumerate(whole.questions):
        if question.show_if is not None:
            yield join("/questions", index, "show_if"), question.show_if
    for index, flag in enumerate(whole.flags):
        yield join("/flags", index), flag.criterion
    for kind, criteria in terms.items():
        for key, criterion in criteria.items():
            yield join("", kind, key), criterion
    for index, row in enumerate(outcomes):
        if row.when is not None:
            yield join("/outcomes", index), row.when
