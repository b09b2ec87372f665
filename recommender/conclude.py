"""What follows from a set of answers: the referral that flags call for, or the assessment."""

from collections.abc import Iterable, Mapping

from recommender.answers import Answer, NoValue
from recommender.criteria import NO, OPEN, UNKNOWN, YES, Criterion, Lookup, Truth
from recommender.facts import PROFILE
from recommender.flags import Flag, RaisedFlag, judge
from recommender.outcome import (
    Assessment,
    Information,
    Referral,
    ShownScore,
    ShownSubscale,
    refer,
)
from recommender.parts import OutcomeRow
from recommender.scores import Score, result, shown_number
from recommender.screening import Screening

Answers = Mapping[str, Answer]


Truths = Mapping[str, Truth]  # by key of a flag or a term


def alarms(screening: Screening, answers: Answers, question: str) -> bool:
    """Say whether the answer to a question raises an emergency, or no longer rules one out.

    Asking only the flags that depend on it is enough when this is asked at every answer: nothing
    that an emergency flag depends on is ever skipped (see `laws`), so nothing else moves it.
    """
    flags = screening.alarms[question]
    if not flags:
        return False
    lookup = screening.lookup(answers)
    return any(flag.refers(flag.criterion.truth(lookup)) for flag in flags)


def emergency(screening: Screening, answers: Answers) -> Referral | None:
    """Return the referral when an emergency flag is raised or can no longer be ruled out."""
    truths = judge(screening.flags, screening.lookup(answers))
    return _referral(screening, truths, [flag for flag in screening.flags if flag.emergency])


def settled_referral(screening: Screening, truths: Truths) -> Referral | None:
    """Return the referral once every flag is settled and one of them refers."""
    if OPEN in truths.values():
        return None
    return _referral(screening, truths, screening.flags)


def _referral(screening: Screening, truths: Truths, candidates: Iterable[Flag]) -> Referral | None:
    if not any(flag.refers(truths[flag.key]) for flag in candidates):
        return None
    return refer(
        _raised(screening.flags, truths),
        screening.name,
        screening.hash,
        screening.where_to_go,
        screening.texts,
    )


def _raised(flags: Iterable[Flag], truths: Truths) -> list[RaisedFlag]:
    raised = [flag.raised(truths[flag.key]) for flag in flags]
    return [flag for flag in raised if flag is not None]


def assess(screening: Screening, lookup: Lookup, flags: Truths) -> Assessment:
    """Return the assessment of complete answers that refer to nobody; `flags` as judged."""
    row = _row(screening.outcomes, lookup)
    profile = lookup(PROFILE) if screening.profiles else None
    terms = {kind: _judged(criteria, lookup) for kind, criteria in screening.terms.items()}
    return Assessment(
        screening=screening.name,
        definition=screening.hash,
        outcome=row.key,
        summary=row.summary,
        conditions=row.conditions,
        profile=profile if isinstance(profile, int) else None,
        signals=_with(YES, terms["signals"]),
        factors=_with(YES, terms["factors"]),
        flags=tuple(_raised(screening.flags, flags)),
        constraints=_with(YES, terms["constraints"]),
        unknown_constraints=_with(UNKNOWN, terms["constraints"]),
        ruled_out=frozenset().union(*(_with(NO, truths) for truths in (*terms.values(), flags))),
        safety_net=screening.texts["safety_net"],
        scores=tuple(_shown(score, lookup) for score in screening.scores),
        onward=row.leads_to,
    )


def inform(screening: Screening) -> Information:
    """Return what may be told without asking anything: no urgency and no advice of its own."""
    told = screening.information
    return Information(
        text=told.text if told else {},
        conditions=told.conditions if told else frozenset(),
        safety_net=screening.texts["safety_net"],
    )


def _shown(score: Score, lookup: Lookup) -> ShownScore:
    found = result(score, lookup)
    band = "" if isinstance(found.band, NoValue) else found.band
    labels = {known.key: known.label for known in score.bands}
    return ShownScore(
        key=score.key,
        title=score.title,
        value=shown_number(found.value),
        band=band,
        label=labels.get(band, {}),
        subscales=tuple(
            ShownSubscale(part.key, part.title, shown_number(found.subscales[part.key]))
            for part in score.subscales
        ),
        answered=found.answered,
        of=found.of,
        attribution=score.licence.attribution,
    )


def _judged(criteria: Mapping[str, Criterion], lookup: Lookup) -> Truths:
    return {key: criterion.truth(lookup) for key, criterion in criteria.items()}


def _with(wanted: Truth, truths: Truths) -> frozenset[str]:
    return frozenset([key for key, truth in truths.items() if truth is wanted])


def _row(rows: tuple[OutcomeRow, ...], lookup: Lookup) -> OutcomeRow:
    """Return the first row that holds.

    A row that is unknown might have held, so the rows below it may not speak: that is the
    undetermined outcome, the last row.
    """
    for row in rows[:-1]:
        truth = row.when.truth(lookup) if row.when else YES
        if truth is YES:
            return row
        if truth is not NO:
            break
    return rows[-1]
