"""What follows from a set of answers: the referral that flags call for, or the assessment."""

from collections.abc import Iterable, Mapping

from recommender.answers import Answer
from recommender.criteria import Criterion, Lookup, Truth
from recommender.flags import Flag, RaisedFlag
from recommender.outcome import Assessment, Referral, refer
from recommender.screening import PROFILE, OutcomeRow, Screening

Answers = Mapping[str, Answer]


def emergency(screening: Screening, answers: Answers) -> Referral | None:
    """Return the referral when an emergency flag is raised or can no longer be ruled out."""
    return _referral(screening, answers, [flag for flag in screening.flags if flag.emergency])


def settled_referral(screening: Screening, answers: Answers) -> Referral | None:
    """Return the referral once every flag is settled and one of them refers."""
    lookup = screening.lookup(answers)
    if any(flag.criterion.truth(lookup) is Truth.OPEN for flag in screening.flags):
        return None
    return _referral(screening, answers, screening.flags)


def _referral(
    screening: Screening, answers: Answers, candidates: Iterable[Flag]
) -> Referral | None:
    lookup = screening.lookup(answers)
    if not any(flag.refers(flag.criterion.truth(lookup)) for flag in candidates):
        return None
    return refer(
        _raised(screening.flags, lookup),
        screening.name,
        screening.hash,
        screening.where_to_go,
        screening.texts,
    )


def _raised(flags: Iterable[Flag], lookup: Lookup) -> list[RaisedFlag]:
    raised = [flag.raised(flag.criterion.truth(lookup)) for flag in flags]
    return [flag for flag in raised if flag is not None]


def assess(screening: Screening, answers: Answers) -> Assessment:
    """Return the assessment of complete answers that refer to nobody."""
    lookup = screening.lookup(answers)
    row = _row(screening.outcomes, lookup)
    profile = lookup(PROFILE)
    constraints = screening.terms["constraints"]
    flags = {flag.key: flag.criterion for flag in screening.flags}
    criteria = [*screening.terms.values(), flags]
    return Assessment(
        screening=screening.name,
        definition=screening.hash,
        outcome=row.key,
        summary=row.summary,
        conditions=row.conditions,
        profile=profile if isinstance(profile, int) else None,
        signals=_with(Truth.YES, screening.terms["signals"], lookup),
        factors=_with(Truth.YES, screening.terms["factors"], lookup),
        flags=tuple(_raised(screening.flags, lookup)),
        constraints=_with(Truth.YES, constraints, lookup),
        unknown_constraints=_with(Truth.UNKNOWN, constraints, lookup),
        ruled_out=frozenset().union(*(_with(Truth.NO, part, lookup) for part in criteria)),
        safety_net=screening.texts["safety_net"],
    )


def _row(rows: tuple[OutcomeRow, ...], lookup: Lookup) -> OutcomeRow:
    """Return the first row that holds.

    A row that is unknown might have held, so the rows below it may not speak: that is the
    undetermined outcome, the last row.
    """
    for row in rows[:-1]:
        truth = row.when.truth(lookup) if row.when else Truth.YES
        if truth is Truth.YES:
            return row
        if truth is not Truth.NO:
            break
    return rows[-1]


def _with(truth: Truth, criteria: Mapping[str, Criterion], lookup: Lookup) -> frozenset[str]:
    return frozenset(key for key, criterion in criteria.items() if criterion.truth(lookup) is truth)
