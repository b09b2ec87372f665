"""The answers so far, in the order in which they were given: what makes "back" possible.

They travel in one hidden field of the form and nowhere else: no address, cookie or storage ever
holds them.
"""

import json
from typing import Any

MOST = 200

Trail = list[tuple[str, Any]]


class BadTrail(ValueError):
    """The hidden field is not what this website wrote."""


def read(text: str) -> Trail:
    """Raises BadTrail. What the answers themselves may be is for the API to say."""
    try:
        pairs = json.loads(text or "[]")
    except (ValueError, RecursionError):
        raise BadTrail from None
    if not isinstance(pairs, list) or len(pairs) > MOST:
        raise BadTrail
    for pair in pairs:
        if not (isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)):
            raise BadTrail
    return [(key, answer) for key, answer in pairs]


def write(trail: Trail) -> str:
    return json.dumps(trail, separators=(",", ":"))


def answers(trail: Trail) -> dict[str, Any]:
    return dict(trail)
