"""From a definition in plain data to a Screening, or to everything that is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from recommender.canonical import content_hash
from recommender.criteria import Criterion, Subject
from recommender.criteria_data import Domain
from recommender.definition import (
    answer_domains,
    note_term_names,
    read_criterion_at,
    read_facts,
    read_flags,
    read_questions,
    read_terms,
)
from recommender.definition_head import read_head, read_locales
from recommender.definition_outcomes import read_outcomes, read_routes
from recommender.flags import Flag
from recommender.items import PROFILES
from recommender.laws import Reads, idle_problems, law_problems
from recommender.profiles import Profiles, read_profiles
from recommender.questions import Question
from recommender.reading import DefinitionError, Problem, Reader
from recommender.screening import PROFILE, OutcomeRow, Screening
from recommender.vectors import vector_problems


def compile_screening(definition: Mapping[str, object]) -> Screening:
    """Compile a definition; drafts and frozen files take this same step.

    Raises DefinitionError with every problem by JSON pointer: what is missing, wrong or unknown,
    every law that is broken (see `laws`) and, once all that is well, every test vector of the
    definition that does not come out.
    """
    problems: list[Problem] = []
    reader = Reader(definition, "", problems)
    screening = _read(reader, definition)
    if screening is not None:
        problems.extend(vector_problems(screening, reader.elements("tests")))
    if screening is None or problems:
        raise DefinitionError(problems)
    return screening


def _read(reader: Reader, definition: Mapping[str, object]) -> Screening | None:
    """Read the parts in the order in which they may name each other; None after any problem."""
    locales = read_locales(reader)
    questions, domains, facts = _read_questions(reader, locales)
    head = read_head(reader, locales, sum(question.seconds for question in questions))
    profiles = _read_profiles(reader, questions)
    flags = read_flags(reader, locales, domains)
    terms = read_terms(reader, domains)
    outcomes = read_outcomes(reader, locales, domains)
    routes = read_routes(reader, locales, {flag.urgency for flag in flags})
    reader.elements("tests", least=1)
    reader.close()
    note_term_names(reader, flags, terms)
    reads = Reads(questions, facts, profiles.question if profiles else "")
    reader.problems.extend(law_problems(questions, flags, reads))
    if not reader.problems:
        # Only now is it certain that a question without a reader has none that is merely faulty.
        criteria = _criteria(questions, flags, terms, outcomes)
        reader.problems.extend(idle_problems(questions, reads.of(*criteria)))
    if reader.problems or profiles is None:
        return None
    return Screening(
        **head,
        questions=tuple(questions),
        facts=facts,
        profiles=profiles,
        terms=terms,
        flags=tuple(flags),
        where_to_go=routes,
        outcomes=outcomes,
        flag_reads=MappingProxyType({flag.key: reads.of(flag.criterion) for flag in flags}),
        hash=content_hash(definition),
    )


def _read_questions(
    reader: Reader, locales: tuple[str, ...]
) -> tuple[list[Question], dict[Subject, Domain | None], Mapping[str, Criterion]]:
    """Read questions and facts; branching comes last, because it may read both."""
    found = read_questions(reader, locales)
    domains = answer_domains([question for question, _ in found])
    domains[PROFILE] = Domain("number", frozenset(PROFILES))
    facts = read_facts(reader, domains)
    questions = []
    for question, part in found:
        has_branching = part.has("show_if")
        show_if = read_criterion_at(part, "show_if", domains) if has_branching else None
        part.close()
        questions.append(replace(question, show_if=show_if))
    return questions, domains, facts


def _read_profiles(reader: Reader, questions: Sequence[Question]) -> Profiles | None:
    durations = [question.key for question in questions if question.kind == "duration"]
    part = reader.part("profiles")
    return read_profiles(part, durations) if reader.has("profiles") else None


def _criteria(
    questions: Sequence[Question],
    flags: Sequence[Flag],
    terms: Mapping[str, Mapping[str, Criterion]],
    outcomes: Sequence[OutcomeRow],
) -> list[Criterion]:
    found = [question.show_if for question in questions]
    found += [row.when for row in outcomes]
    found += [flag.criterion for flag in flags]
    found += [criterion for kind in terms.values() for criterion in kind.values()]
    return [criterion for criterion in found if criterion is not None]
