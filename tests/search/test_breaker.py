"""When somebody who does not answer is asked again."""

from search.breaker import Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def longest(low: float, high: float) -> float:
    return high


def breaker(clock: Clock, between=longest) -> Breaker:
    return Breaker(first=1.0, longest=8.0, clock=clock, between=between)


def test_whoever_answers_is_asked_always() -> None:
    made = breaker(Clock())
    assert [made.allows() for _ in range(3)] == [True] * 3
    made.succeeded()
    assert made.allows()


def test_after_an_error_one_asks_again_while_the_others_wait() -> None:
    clock = Clock()
    made = breaker(clock)
    made.failed()
    assert not made.allows()
    clock.now = 1.0
    assert [made.allows() for _ in range(3)] == [True, False, False]
    made.succeeded()
    assert [made.allows() for _ in range(3)] == [True] * 3


def test_who_asks_and_never_tells_is_followed_by_another() -> None:
    clock = Clock()
    made = breaker(clock)
    made.failed()
    clock.now = 1.0
    assert made.allows()
    clock.now = 2.0
    assert made.allows()


def test_every_further_error_doubles_the_wait_to_the_longest() -> None:
    clock = Clock()
    made = breaker(clock)
    waits = []
    for _ in range(6):
        began = clock.now
        made.failed()
        while not made.allows():
            clock.now += 0.5
        waits.append(clock.now - began)
    assert waits == [1.0, 2.0, 4.0, 8.0, 8.0, 8.0]


def test_many_processes_do_not_come_back_at_one_moment() -> None:
    asked: list[tuple[float, float]] = []

    def shortest(low: float, high: float) -> float:
        asked.append((low, high))
        return low

    clock = Clock()
    made = breaker(clock, shortest)
    made.failed()
    made.failed()
    assert asked == [(0.5, 1.0), (1.0, 2.0)]
    clock.now = 1.0
    assert made.allows()
