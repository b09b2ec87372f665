"""What a screening must keep whatever its author writes: nothing may hide or delay a flag."""

from collections.abc import Iterable, Mapping, Sequence

from recommender.criteria import Criterion, Subject
from recommender.flags import Flag
from recommender.questions import Question
from recommender.reading import Problem, join, listed


class Reads:
    """Which questions a criterion depends on, through facts, the profile and branching too."""

    def __init__(
        self, questions: Sequence[Question], facts: Mapping[str, Criterion], duration: str
    ) -> None:
        self._branching = {question.key: question.show_if for question in questions}
        self._facts = facts
        self._duration = duration

    def of(self, *criteria: Criterion) -> frozenset[str]:
        waiting = [subject for criterion in criteria for subject in criterion.subjects()]
        seen: set[Subject] = set()
        while waiting:
            subject = waiting.pop()
            if subject not in seen:
                seen.add(subject)
                waiting.extend(self._behind(subject))
        return frozenset(s.name for s in seen if s.kind == "answer" and s.name in self._branching)

    def _behind(self, subject: Subject) -> Iterable[Subject]:
        if subject == Subject("fact", "profile"):
            return [Subject("answer", self._duration)]
        source = self._facts if subject.kind == "fact" else self._branching
        criterion = source.get(subject.name)
        return criterion.subjects() if criterion else ()


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
            problems.append(Problem(join("/questions", index, "show_if"), message))
    return problems


def _no_emergency_is_skipped(
    questions: Sequence[Question], emergency: Mapping[str, frozenset[str]]
) -> list[Problem]:
    return [
        Problem(
            join("/questions", index, "show_if"),
            f"must go: emergency flag {flag} reads this question, so it may never be skipped",
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
            problems.append(Problem(join("/questions", index), message))
    return problems


def idle_problems(questions: Sequence[Question], read: frozenset[str]) -> list[Problem]:
    """Return the questions outside `read`: about health, nothing is asked without need."""
    return [
        Problem(join("/questions", index), "is read by nothing, so it may not be asked")
        for index, question in enumerate(questions)
        if question.key not in read
    ]
