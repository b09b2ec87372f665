"""From a definition in plain data to a Screening, or to everything that is wrong with it."""

from collections.abc import Mapping

from recommender.canonical import content_hash
from recommender.criteria import Is, Subject
from recommender.criteria_data import Domain
from recommender.definition import (
    answer_domains,
    note_flag_names,
    note_term_names,
    read_branching,
    read_flags,
    read_questions,
    read_terms,
    states_none,
)
from recommender.definition_head import read_head, read_locales
from recommender.definition_outcomes import read_outcomes, read_routes, row_domains
from recommender.facts import PROFILE
from recommender.facts_data import read_facts
from recommender.items import PROFILES
from recommender.laws import idle_problems, law_problems
from recommender.laws_scores import score_problems
from recommender.laws_skip import skip_problems
from recommender.parts import Parts
from recommender.profiles import Profiles, read_profiles
from recommender.questions import Question
from recommender.reading import DefinitionError, Problem, Reader
from recommender.reads import Reads
from recommender.scores_data import read_scores
from recommender.screening import Screening
from recommender.vectors import read_people, vector_problems


def compile_screening(definition: Mapping[str, object]) -> Screening:
    """Compile a definition; drafts and frozen files take this same step.

    Raises DefinitionError with every problem by JSON pointer: what is missing, wrong or unknown,
    every law that is broken (see `laws`, `laws_skip` and `laws_scores`) and, once all that is well,
    every test vector of the definition that does not come out.
    """
    problems: list[Problem] = []
    reader = Reader(definition, "", problems)
    screening = _read(reader, definition)
    if screening is not None:
        problems.extend(vector_problems(screening, reader))
    if screening is None or problems:
        raise DefinitionError(problems)
    return screening


def _read(reader: Reader, definition: Mapping[str, object]) -> Screening | None:
    """Read everything; None after any problem."""
    locales = read_locales(reader)
    head = read_head(reader, locales)
    parts = _read_parts(reader, locales)
    routes = read_routes(reader, locales, {flag.urgency for flag in parts.flags})
    _note_promise(reader, parts.longest_seconds, head["promised_seconds"])
    read_people(reader)  # for its faults: it is used once everything else is well
    reader.close()
    reads = Reads(parts)
    reader.problems.extend(_broken_laws(parts, reads))
    if not reader.problems:
        # Only now is it certain that a question without a reader has none that is merely faulty.
        reader.problems.extend(idle_problems(parts.questions, _all_read(parts, reads)))
    if reader.problems:
        return None
    return Screening(
        **head,
        **vars(parts),
        where_to_go=routes,
        hash=content_hash(definition),
    )


def _read_parts(reader: Reader, locales: tuple[str, ...]) -> Parts:
    """Read the parts in the order in which they may name each other."""
    found = read_questions(reader, locales)
    unbranched = [question for question, _ in found]
    domains = answer_domains(unbranched)
    if not states_none(reader, "profiles"):
        domains[PROFILE] = Domain("number", frozenset(PROFILES))
    scores = read_scores(reader, locales, unbranched, domains)
    facts = read_facts(reader, domains, unbranched)
    questions = read_branching(found, domains)
    taken = dict(domains)
    flags = read_flags(reader, locales, domains)
    note_flag_names(reader, flags, taken)
    terms = read_terms(reader, domains)
    note_term_names(reader, flags, terms)
    return Parts(
        questions=questions,
        scores=scores,
        facts=facts,
        profiles=_read_profiles(reader, questions),
        terms=terms,
        flags=tuple(flags),
        outcomes=read_outcomes(reader, locales, row_domains(domains)),
    )


def _read_profiles(reader: Reader, questions: tuple[Question, ...]) -> Profiles | None:
    """Read the profiles; a screening without any says so: profiles: null."""
    if states_none(reader, "profiles"):
        return None
    durations = [question.key for question in questions if question.kind == "duration"]
    part = reader.part("profiles")
    return read_profiles(part, durations) if reader.has("profiles") else None


def _note_promise(reader: Reader, longest: int, promised: int) -> None:
    """Without a typical path the promise holds for all questions together."""
    tests = [value for _, value in reader.elements("tests", least=1)]
    if any(isinstance(test, Mapping) and test.get("typical") is True for test in tests):
        return  # compared once that path can be walked, see `vectors`
    if longest > promised:
        message = f"is broken: all questions together take {longest} s"
        reader.fault(message, "promised_seconds", code="promise_broken")


def _broken_laws(parts: Parts, reads: Reads) -> list[Problem]:
    return [
        *law_problems(parts.questions, parts.flags, reads),
        *skip_problems(parts, reads),
        *score_problems(parts, reads),
    ]


def _all_read(parts: Parts, reads: Reads) -> frozenset[str]:
    """Return the questions that something depends on; a score that is only shown counts too."""
    shown = [Is(Subject("score", score.key), 0) for score in parts.scores]
    return reads.of(*shown, *(dependent.criterion for dependent in parts.dependents()))
