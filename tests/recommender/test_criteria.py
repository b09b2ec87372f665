"""Criteria: yes, no, unknown, and open for what was not asked yet."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.answers import Answer, Known, NoValue
from recommender.criteria import (
    All,
    AnyOf,
    AtLeast,
    Between,
    Criterion,
    Exactly,
    In,
    Is,
    Not,
    Subject,
    Truth,
    at_least,
    exactly,
)
from recommender.intervals import Interval

Y, N, U, OPEN = Truth.YES, Truth.NO, Truth.UNKNOWN, Truth.OPEN

AND = """
      yes no  unk open
yes   yes no  unk open
no    no  no  no  no
unk   unk no  unk open
open  open no open open
"""
OR = """
      yes no  unk open
yes   yes yes yes yes
no    yes no  unk open
unk   yes unk unk open
open  yes open open open
"""
WORD = {"yes": Y, "no": N, "unk": U, "open": OPEN}


def table(text: str) -> list[tuple[Truth, Truth, Truth]]:
    head, *rows = [line.split() for line in text.strip().splitlines()]
    return [
        (WORD[row[0]], WORD[column], WORD[cell])
        for row in rows
        for column, cell in zip(head, row[1:], strict=True)
    ]


def holds(truth: Truth, name: str) -> tuple[Criterion, Answer]:
    value = {Y: True, N: False, U: NoValue.DONT_KNOW, OPEN: NoValue.NOT_ASKED}[truth]
    return Is(Subject("answer", name), True), value


def truth_of(make: type[All] | type[AnyOf], left: Truth, right: Truth) -> Truth:
    (a, a_value), (b, b_value) = holds(left, "a"), holds(right, "b")
    answers = {"a": a_value, "b": b_value}
    return make((a, b)).truth(lambda subject: answers[subject.name])


@pytest.mark.parametrize(("left", "right", "expected"), table(AND))
def test_all(left: Truth, right: Truth, expected: Truth) -> None:
    assert truth_of(All, left, right) is expected


@pytest.mark.parametrize(("left", "right", "expected"), table(OR))
def test_any(left: Truth, right: Truth, expected: Truth) -> None:
    assert truth_of(AnyOf, left, right) is expected


@pytest.mark.parametrize(("truth", "expected"), [(Y, N), (N, Y), (U, U), (OPEN, OPEN)])
def test_not_leaves_what_is_not_known_not_known(truth: Truth, expected: Truth) -> None:
    part, value = holds(truth, "a")
    assert Not(part).truth(lambda subject: value) is expected


@pytest.mark.parametrize(
    ("count", "parts", "expected"),
    [
        (2, [Y, Y, N], Y),
        (2, [Y, N, N], N),
        (2, [Y, U, N], U),
        (2, [Y, OPEN, N], OPEN),
        (2, [Y, Y, OPEN], Y),  # enough already
        (2, [N, N, OPEN], N),  # too few whatever comes
        (2, [U, U, OPEN], U),  # one more answer cannot settle it
        (2, [Y, U, OPEN], OPEN),  # a yes would settle it
        (1, [U, OPEN], OPEN),
    ],
)
def test_at_least(count: int, parts: list[Truth], expected: Truth) -> None:
    assert at_least(count, parts) is expected


@pytest.mark.parametrize(
    ("count", "parts", "expected"),
    [
        (3, [Y, Y, Y, N], Y),
        (3, [Y, Y, Y, Y], N),
        (3, [Y, Y, N, N], N),
        (3, [Y, Y, Y, U], U),  # the unknown one might be the fourth
        (3, [Y, Y, OPEN, N], OPEN),
        (1, [Y, Y, OPEN, U], N),  # too many already
        (1, [Y, U, OPEN], OPEN),  # another yes would be too many
        (2, [U, U, OPEN], U),
    ],
)
def test_exactly(count: int, parts: list[Truth], expected: Truth) -> None:
    assert exactly(count, parts) is expected


def ends(parts: list[Truth], judge: object, count: int) -> set[Truth]:
    """Every value that can still come out once the open parts are answered."""
    choices = [[Y, N, U] if part is OPEN else [part] for part in parts]
    return {plainly(judge, count, list(settled)) for settled in product(*choices)}


def plainly(judge: object, count: int, settled: list[Truth]) -> Truth:
    """The same by trying out what the unknown parts could really be."""
    choices = [[True, False] if part is U else [part is Y] for part in settled]
    counts = [sum(real) for real in product(*choices)]
    verdicts = {n >= count if judge is at_least else n == count for n in counts}
    return U if len(verdicts) == 2 else (Y if verdicts == {True} else N)


@pytest.mark.parametrize("judge", [at_least, exactly])
@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_combinations_are_open_only_while_an_answer_can_still_change_them(
    judge: object, size: int
) -> None:
    for parts in product([Y, N, U, OPEN], repeat=size):
        for count in range(1, size + 1):
            possible = ends(list(parts), judge, count)
            expected = possible.pop() if len(possible) == 1 else OPEN
            assert judge(count, list(parts)) is expected, (count, parts)  # type: ignore[operator]


SLEEP = Subject("answer", "x")


@pytest.mark.parametrize(
    ("criterion", "found", "expected"),
    [
        (Is(SLEEP, True), True, Y),
        (Is(SLEEP, True), False, N),
        (Is(SLEEP, False), False, Y),
        (Is(SLEEP, True), 1, N),  # yes is not the number one
        (Is(SLEEP, "worse"), "worse", Y),
        (Is(SLEEP, "kidneys"), frozenset({"kidneys", "bleeding"}), Y),
        (Is(SLEEP, "kidneys"), frozenset({"none"}), N),
        (In(SLEEP, ("same", "worse")), "improving", N),
        (In(SLEEP, ("same", "worse")), "same", Y),
        (In(SLEEP, ("kidneys", "none")), frozenset({"none"}), Y),
        (Between(SLEEP, Interval(42, True, 84, True)), 84, Y),
        (Between(SLEEP, Interval(42, True, 84, False)), 84, N),
        (Between(SLEEP, Interval(42, False, None)), 42, N),
        (Is(SLEEP, "pregnancy"), Known(frozenset({"pregnancy"}), frozenset()), Y),
        (Is(SLEEP, "pregnancy"), Known(frozenset(), frozenset({"pregnancy"})), N),
        (Is(SLEEP, "pregnancy"), Known(frozenset(), frozenset()), U),
        (Is(SLEEP, True), NoValue.NOT_ASKED, OPEN),
        (Is(SLEEP, True), NoValue.DONT_KNOW, U),
        (Is(SLEEP, True), NoValue.RATHER_NOT_SAY, U),
        (Is(SLEEP, True), NoValue.SKIPPED, N),  # the author said that it does not apply
        (Between(SLEEP, Interval(42)), NoValue.SKIPPED, N),
        (Not(Is(SLEEP, True)), NoValue.SKIPPED, Y),
    ],
)
def test_leaves(criterion: Criterion, found: Answer, expected: Truth) -> None:
    assert criterion.truth(lambda subject: found) is expected


NAMES = "abcd"
leaves = st.sampled_from(NAMES).map(lambda name: Is(Subject("answer", name), True))


def combined(parts: st.SearchStrategy[Criterion]) -> st.SearchStrategy[Criterion]:
    lists = st.lists(parts, min_size=1, max_size=3).map(tuple)
    counted = lists.flatmap(
        lambda some: st.builds(
            lambda make, count: make(some, count),
            st.sampled_from([AtLeast, Exactly]),
            st.integers(1, len(some)),
        )
    )
    return st.one_of(lists.map(All), lists.map(AnyOf), parts.map(Not), counted)


criteria: st.SearchStrategy[Criterion] = st.recursive(leaves, combined, max_leaves=8)
states = st.sampled_from([True, False, *NoValue])


@given(criteria, st.fixed_dictionaries(dict.fromkeys(NAMES, states)), st.data())
def test_what_is_settled_stays_settled_whatever_is_answered_next(
    criterion: Criterion, now: dict[str, Answer], data: st.DataObject
) -> None:
    later = {
        name: data.draw(states) if value is NoValue.NOT_ASKED else value
        for name, value in now.items()
    }
    before = criterion.truth(lambda subject: now[subject.name])
    after = criterion.truth(lambda subject: later[subject.name])

    assert before in (OPEN, after)


@given(criteria, st.fixed_dictionaries({name: st.booleans() for name in NAMES}), st.data())
def test_unknown_is_never_taken_for_no_or_yes(
    criterion: Criterion, real: dict[str, bool], data: st.DataObject
) -> None:
    """Forgetting an answer never turns a yes into a no, or a no into a yes."""
    told = {
        name: data.draw(st.sampled_from([value, NoValue.DONT_KNOW])) for name, value in real.items()
    }
    known = criterion.truth(lambda subject: real[subject.name])
    partly = criterion.truth(lambda subject: told[subject.name])

    assert partly in (known, U)


@pytest.mark.parametrize(
    "make",
    [
        lambda: All(()),
        lambda: AnyOf(()),
        lambda: In(SLEEP, ()),
        lambda: AtLeast((Is(SLEEP, True),), 2),
        lambda: Exactly((Is(SLEEP, True),), 0),
        lambda: Interval(None, True, None),
        lambda: Interval(84, True, 42),
        lambda: Interval(42, True, 42, False),
    ],
)
def test_a_criterion_without_meaning_cannot_be_made(make: object) -> None:
    with pytest.raises(ValueError, match=r"needs at least|number must be|nothing lies"):
        make()  # type: ignore[operator]
