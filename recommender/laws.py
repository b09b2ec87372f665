"""What a screening must keep whatever its author writes: nothing may hide or delay a flag."""

from collections.abc import Mapping, Sequence

from recommender.flags import Flag
from recommender.questions import Question
from recommender.reading import Problem, join, listed
from recommender.reads import Reads


def law_problems(
    questions: Sequence[Question], flags: Sequence[Flag], reads: Reads
) -> list[Problem]:
    """Return every place where a screening could hide, skip or delay a flag."""
    flag_reads = {flag.key: reads.of(flag.criterion) for flag in flags}
    emergency = {flag.key: flag_reads[flag.key] for flag in flags if flag.emergency}
    return [
        *_branching_looks_back(questions, reads),
        *_no_emergency_is_skipped(questions, emergency),
        *_flags_come_first(questions, flag_reads),
    ]


def _branching_looks_back(questions: Sequence[Question], reads: Reads) -> list[Problem]:
    """Branching reads only what was asked before; so it can have no loop either."""
    problems = []
    for index, question in enumerate(questions):
        earlier = {before.key for before in questions[:index]}
        late = reads.of(question.show_if) - earlier if question.show_if else frozenset()
        if late:
            message = f"reads {listed(late)}, which is not asked before this question"
            problems.append(Problem(join("/questions", index, "show_if"), message, "loop"))
    return problems


def _no_emergency_is_skipped(
    questions: Sequence[Question], emergency: Mapping[str, frozenset[str]]
) -> list[Problem]:
    return [
        Problem(
            join("/questions", index, "show_if"),
            f"must go: emergency flag {flag} reads this question, so it may never be skipped",
            "emergency_skippable",
        )
        for index, question in enumerate(questions)
        for flag, needed in emergency.items()
        if question.show_if is not None and question.key in needed
    ]


def _flags_come_first(
    questions: Sequence[Question], flag_reads: Mapping[str, frozenset[str]]
) -> list[Problem]:
    """The order law: what a flag needs comes before what only an assessment needs."""
    problems = []
    only_assessment = ""
    for index, question in enumerate(questions):
        flags = [flag for flag, needed in flag_reads.items() if question.key in needed]
        if not flags:
            only_assessment = only_assessment or question.key
        elif only_assessment:
            message = (
                f"must come before question {only_assessment}, which only an assessment needs:"
                f" flag {listed(flags)} reads this one"
            )
            problems.append(Problem(join("/questions", index), message, "order"))
    return problems


def idle_problems(questions: Sequence[Question], read: frozenset[str]) -> list[Problem]:
    """Return the questions outside `read`: about health, nothing is asked without need."""
    return [
        Problem(join("/questions", index), "is read by nothing, so it may not be asked", "idle")
        for index, question in enumerate(questions)
        if question.key not in read
    ]
