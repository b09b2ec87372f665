"""Two engines, one answer."""

from collections.abc import Iterable
from dataclasses import dataclass

# Both engines are asked for this many hits more than are shown: some are dropped because they
# are no longer live, and equal scores at the edge have to be put in order.
MARGIN = 20
# Scores of the two engines agree to about six decimals.
DECIMALS = 4


@dataclass(frozen=True)
class Hits:
    """The best hits as (key, score), best first, and how many there are in all."""

    total: int
    best: tuple[tuple[str, float], ...] = ()


def in_order(found: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """By score, and by key where scores are equal: one order, whichever engine answers."""
    return tuple(sorted(found, key=lambda hit: (-round(hit[1], DECIMALS), hit[0])))
