"""When to leave a service alone that does not answer, and for how long."""

from collections.abc import Callable
from secrets import SystemRandom
from threading import Lock
from time import monotonic

_random = SystemRandom()


class Breaker:
    """After an error nobody asks for a while; then one asks, the others wait for what it finds.

    The wait doubles from `first` to `longest` seconds with every further error, less a random
    part of up to a half, so that many processes do not come back at one moment.
    """

    def __init__(
        self,
        first: float,
        longest: float,
        clock: Callable[[], float] = monotonic,
        between: Callable[[float, float], float] = _random.uniform,
    ) -> None:
        self._first, self._longest = first, longest
        self._clock, self._between = clock, between
        self._lock = Lock()
        self.reset()

    def reset(self) -> None:
        self._errors, self._until = 0, 0.0

    def allows(self) -> bool:
        with self._lock:
            if not self._errors:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + self._first  # this one asks, not everybody
            return True

    def failed(self) -> None:
        with self._lock:
            wait = min(self._longest, self._first * 2 ** min(self._errors, 20))
            self._errors += 1
            self._until = self._clock() + self._between(wait / 2, wait)

    def succeeded(self) -> None:
        with self._lock:
            self.reset()
