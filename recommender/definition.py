"""Reads what a screening asks and what follows from it; `compile` puts the parts together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from recommender.criteria import All, Criterion, Subject
from recommender.criteria_data import Domain, Domains, read_criterion
from recommender.facts_data import RESERVED
from recommender.flags import COLOURS, UNKNOWN_MEANS, URGENCIES, Flag
from recommender.questions import Question
from recommender.questions_data import read_question
from recommender.reading import KEY, Reader
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


def states_none(reader: Reader, name: str) -> bool:
    """Say whether an author wrote that there is none: an explicit null."""
    return reader.has(name) and reader.raw(name, "") is None


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


def read_branching(
    found: Sequence[tuple[Question, Reader]], domains: Domains
) -> tuple[Question, ...]:
    """Read the show_if of each question: it may name facts and scores."""
    questions = []
    for question, part in found:
        has_branching = part.has("show_if")
        show_if = read_criterion_at(part, "show_if", domains) if has_branching else None
        part.close()
        questions.append(replace(question, show_if=show_if))
    return tuple(questions)


def read_flags(
    reader: Reader, locales: tuple[str, ...], domains: dict[Subject, Domain | None]
) -> list[Flag]:
    """Read the flags. A flag may read the flags above it, so there is no loop; `domains` grows."""
    flags = []
    keys = []
    for at, value in reader.elements("flags", least=1):
        part = Reader(value, at, reader.problems)
        flag, key = _read_flag(part, locales, domains)
        part.close()
        keys.append(key)
        if key:
            domains.setdefault(Subject("flag", key), Domain("boolean"))
        if flag:
            flags.append(flag)
    note_doubles(reader, "flags", keys)
    return flags


def _read_flag(
    reader: Reader, locales: tuple[str, ...], domains: Domains
) -> tuple[Flag | None, str]:
    key = reader.key("key")
    when = read_criterion_at(reader, "when", domains)
    gate = read_criterion_at(reader, "gate", domains) if reader.has("gate") else None
    colour = reader.choice("colour", COLOURS)
    urgency = reader.choice("urgency", URGENCIES)
    unknown = reader.choice("unknown", UNKNOWN_MEANS)
    title, action = reader.texts("title", locales), reader.texts("action", locales)
    phone = reader.text("phone", optional=True)
    citation = reader.text("citation")
    suppresses = _read_selectors(reader)
    note = reader.text("note", optional=True)
    if when is None or (gate is None and reader.has("gate")):
        return None, key
    criterion = All((gate, when)) if gate else when
    try:
        flag = Flag(
            key=key,
            colour=colour,
            urgency=urgency,
            criterion=criterion,
            title=title,
            action=action,
            phone=phone,
            suppresses=suppresses,
            unknown=unknown,
            citation=citation,
            gate=gate,
            note=note,
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


def note_flag_names(reader: Reader, flags: Sequence[Flag], taken: Domains) -> None:
    """Flags share their names with facts, scores and subscales: rows read them all alike."""
    for index, flag in enumerate(flags):
        if flag.key in RESERVED:
            reader.fault(RESERVED[flag.key], "flags", index, "key", code="name_taken")
        elif {Subject("fact", flag.key), Subject("score", flag.key)} & taken.keys():
            message = f"{flag.key} is a fact or a score already: one name for one thing"
            reader.fault(message, "flags", index, "key", code="name_taken")


def note_term_names(
    reader: Reader, flags: Sequence[Flag], terms: Mapping[str, Mapping[str, Criterion]]
) -> None:
    """Note every name that means two things; what is ruled out is told apart by name alone.

    A flag and a term may share a name only when they are one thing: when they read the same.
    """
    taken: dict[str, tuple[str, Criterion | None]] = {}
    for index, flag in enumerate(flags):
        taken[flag.key] = (f"flags/{index}", flag.criterion)
    for kind, criteria in terms.items():
        for key, criterion in criteria.items():
            place, meaning = taken.get(key, (kind, criterion))
            if meaning != criterion:
                message = f"is in {place} already: one name for one thing"
                reader.fault(message, kind, key, code="name_taken")
            taken[key] = (kind, None)  # two terms never share a name


def note_doubles(reader: Reader, name: str, keys: Sequence[str]) -> None:
    for index, key in enumerate(keys):
        if KEY.fullmatch(key) and key in keys[:index]:
            reader.fault(f"{key} stands here twice", name, index, "key", code="twice")
