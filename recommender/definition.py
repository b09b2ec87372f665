"""Reads what a screening asks and what follows from it; `compile` puts the parts together."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from recommender.criteria import Criterion, Subject
from recommender.criteria_data import Domain, Domains, read_criterion
from recommender.flags import COLOURS, UNKNOWN_MEANS, URGENCIES, Flag
from recommender.questions import Question
from recommender.questions_data import read_question
from recommender.reading import KEY, Reader
from recommender.screening import PROFILE
from recommender.selector import Selector, read_selector

TERM_KINDS = ("signals", "factors", "constraints")


def read_questions(reader: Reader, locales: tuple[str, ...]) -> list[tuple[Question, Reader]]:
    """Read the questions without their branching, each with the reader that still holds it."""
    found = []
    for at, value in reader.elements("questions", least=1):
        part = Reader(value, at, reader.problems)
        found.append((read_question(part, locales), part))
    note_doubles(reader, "questions", [question.key for question, _ in found])
    return found


def answer_domains(questions: Sequence[Question]) -> dict[Subject, Domain | None]:
    return {
        Subject("answer", question.key): question.domain if question.kind else None
        for question in questions
        if question.key
    }


def read_facts(reader: Reader, domains: dict[Subject, Domain | None]) -> Mapping[str, Criterion]:
    """Read the named facts. Each may read answers and the facts above it; `domains` grows."""
    facts = {}
    for name, at, value in reader.pairs("facts"):
        criterion = read_criterion(Reader(value, at, reader.problems), domains)
        if name == PROFILE.name:
            reader.fault("is worked out from profiles: choose another name", "facts", name)
        elif criterion:
            facts[name] = criterion
        domains.setdefault(Subject("fact", name), Domain("boolean"))
    return MappingProxyType(facts)


def read_criterion_at(reader: Reader, name: str, domains: Domains) -> Criterion | None:
    part = reader.part(name)
    return read_criterion(part, domains) if reader.has(name) else None


def read_terms(reader: Reader, domains: Domains) -> Mapping[str, Mapping[str, Criterion]]:
    """Read, for each kind of term, what the answers must say for it to hold."""
    found: dict[str, Mapping[str, Criterion]] = {}
    for kind in TERM_KINDS:
        criteria = {
            key: read_criterion(Reader(value, at, reader.problems), domains)
            for key, at, value in reader.pairs(kind)
        }
        known = {key: criterion for key, criterion in criteria.items() if criterion}
        found[kind] = MappingProxyType(known)
    return MappingProxyType(found)


def read_flags(reader: Reader, locales: tuple[str, ...], domains: Domains) -> list[Flag]:
    flags = []
    keys = []
    for at, value in reader.elements("flags", least=1):
        part = Reader(value, at, reader.problems)
        flag, key = _read_flag(part, locales, domains)
        part.close()
        keys.append(key)
        if flag:
            flags.append(flag)
    note_doubles(reader, "flags", keys)
    return flags


def _read_flag(
    reader: Reader, locales: tuple[str, ...], domains: Domains
) -> tuple[Flag | None, str]:
    key = reader.key("key")
    criterion = read_criterion_at(reader, "when", domains)
    colour = reader.choice("colour", COLOURS)
    urgency = reader.choice("urgency", URGENCIES)
    unknown = reader.choice("unknown", UNKNOWN_MEANS)
    title, action = reader.texts("title", locales), reader.texts("action", locales)
    phone = reader.text("phone", optional=True)
    citation = reader.text("citation")
    suppresses = _read_selectors(reader)
    if criterion is None:
        return None, key
    try:
        flag = Flag(
            key, colour, urgency, criterion, title, action, phone, suppresses, unknown, citation
        )
    except ValueError as error:
        reader.fault(str(error))
        return None, key
    return flag, key


def _read_selectors(reader: Reader) -> tuple[Selector, ...]:
    found = [
        read_selector(Reader(value, at, reader.problems))
        for at, value in reader.elements("suppresses")
    ]
    return tuple(selector for selector in found if selector)


def note_term_names(
    reader: Reader, flags: Sequence[Flag], terms: Mapping[str, Mapping[str, Criterion]]
) -> None:
    """Note every name that means two things; what is ruled out is told apart by name alone."""
    taken: dict[str, str] = {}
    for index, flag in enumerate(flags):
        taken[flag.key] = f"flags/{index}"
    for kind, criteria in terms.items():
        for key in criteria:
            if key in taken:
                reader.fault(f"is in {taken[key]} already: one name for one thing", kind, key)
            taken[key] = kind


def note_doubles(reader: Reader, name: str, keys: Sequence[str]) -> None:
    for index, key in enumerate(keys):
        if KEY.fullmatch(key) and key in keys[:index]:
            reader.fault(f"{key} stands here twice", name, index, "key")
