"""Reads the named facts of a definition.

leg_signs_fit: {at_least: 2, of: […]}                    a criterion: true or false
course: {choice: course}                                 the option of a question
lasted: {of: duration, bands: [{band: short, below: {value: 6, unit: weeks}}, {band: long, …}]}
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from recommender.criteria import Subject
from recommender.criteria_data import Domain, read_criterion
from recommender.facts import PROFILE, RED_FLAG, BandFact, ChoiceFact, Fact, NamedBand
from recommender.intervals import cover_faults, read_interval
from recommender.questions import SPANS, Question
from recommender.reading import Reader, join

RESERVED = {
    PROFILE.name: "is worked out from profiles: choose another name",
    RED_FLAG.name: "is worked out from flags: choose another name",
}
CHOICES = ("single", "yes_no")

Domains = dict[Subject, Domain | None]


def read_facts(
    reader: Reader, domains: Domains, questions: Sequence[Question]
) -> Mapping[str, Fact]:
    """Read the named facts. Each may read answers, scores and the facts above it; `domains` grows.

    A fact may not read flags: flags read facts.
    """
    facts: dict[str, Fact] = {}
    for name, at, value in reader.pairs("facts"):
        fact, domain = _read_fact(Reader(value, at, reader.problems), domains, questions)
        if name in RESERVED:
            reader.fault(RESERVED[name], "facts", name, code="name_taken")
        elif {Subject("fact", name), Subject("score", name)} & domains.keys():
            message = "is a score already: one name for one thing"
            reader.fault(message, "facts", name, code="name_taken")
        elif fact:
            facts[name] = fact
        domains.setdefault(Subject("fact", name), domain)
    return MappingProxyType(facts)


def _read_fact(
    part: Reader, domains: Domains, questions: Sequence[Question]
) -> tuple[Fact | None, Domain | None]:
    if part.has("choice"):
        return _choice(part, questions)
    if part.has("bands"):
        return _bands(part, questions)
    return read_criterion(part, domains), Domain("boolean")


def _choice(part: Reader, questions: Sequence[Question]) -> tuple[ChoiceFact | None, Domain | None]:
    fitting = {question.key: question for question in questions if question.kind in CHOICES}
    key = part.choice("choice", fitting)
    part.close()
    return (ChoiceFact(key), fitting[key].domain) if key else (None, None)


def _bands(part: Reader, questions: Sequence[Question]) -> tuple[BandFact | None, Domain | None]:
    fitting = {question.key: question for question in questions if question.kind in SPANS}
    key = part.choice("of", fitting)
    bands = _read_bands(part, in_days=key != "" and fitting[key].domain.in_days)
    part.close()
    if not key or not bands:
        return None, None
    intervals = [band.interval for band in bands]
    part.problems.extend(cover_faults(intervals, join(part.at, "bands"), fitting[key].span))
    return BandFact(key, bands), Domain("key", frozenset(band.key for band in bands))


def _read_bands(part: Reader, *, in_days: bool) -> tuple[NamedBand, ...]:
    """Return the bands, or none after any fault in them."""
    before = len(part.problems)
    bands: list[NamedBand] = []
    for at, value in part.elements("bands", least=2):
        band = Reader(value, at, part.problems)
        key, interval = band.key("band"), read_interval(band, in_days=in_days)
        if key and key in [other.key for other in bands]:
            band.fault(f"{key} stands here twice", "band", code="twice")
        band.close()
        if interval:
            bands.append(NamedBand(key, interval))
    return tuple(bands) if len(part.problems) == before else ()
