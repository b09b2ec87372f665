"""What scores may be read by: no emergency waits for one, and a licence is kept."""

from recommender.parts import Parts
from recommender.reading import Problem, join
from recommender.reads import Reads


def score_problems(parts: Parts, reads: Reads) -> list[Problem]:
    return [*_emergencies_wait_for_no_score(parts, reads), *_licences_are_kept(parts, reads)]


def _emergencies_wait_for_no_score(parts: Parts, reads: Reads) -> list[Problem]:
    """An emergency stops the screening at the answer; a score is known only at its last item."""
    return [
        Problem(
            join("/flags", index),
            f"an emergency flag may not read score {score}: it has to stop at the answer",
            "emergency_reads_score",
        )
        for index, flag in enumerate(parts.flags)
        for score in sorted(reads.scores(flag.criterion) if flag.emergency else ())
    ]


def _licences_are_kept(parts: Parts, reads: Reads) -> list[Problem]:
    """Rules read flags, terms and rows. A score whose licence forbids that is only shown."""
    forbidden = {score.key: score for score in parts.scores if not score.licence.products}
    problems = []
    for dependent in parts.dependents():
        for key in sorted(reads.scores(dependent.criterion) & forbidden.keys()):
            holder = forbidden[key].licence.holder
            message = (
                f"may not depend on score {key}: the licence of {holder} forbids advice on products"
            )
            problems.append(Problem(dependent.at, message, "licence"))
    return problems
