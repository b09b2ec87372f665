"""Headers that answers have in common."""

from functools import lru_cache

# JSON is never a page: nothing in it may be loaded, and nobody may frame it.
SAFE_HEADERS = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
PRIVATE_HEADERS = {"Cache-Control": "no-store", **SAFE_HEADERS}

_JSON = {"application/json", "application/*", "*/*"}


@lru_cache(maxsize=256)
def accepts_json(accept: str) -> bool:
    """Whether an Accept header leaves room for JSON. No header accepts everything."""
    if not accept.strip() or len(accept) > 4096:
        return True
    ranges = [_quality(part) for part in accept.split(",")]
    exact = [quality for name, quality in ranges if name == "application/json"]
    return any(quality > 0 for name, quality in ranges if name in _JSON) and exact != [0.0]


@lru_cache(maxsize=256)
def accepts_gzip(accept_encoding: str) -> bool:
    """Only when gzip is named and not refused: a client that says nothing gets plain bytes."""
    offers = dict(_quality(part) for part in accept_encoding[:4096].split(","))
    return offers.get("gzip", offers.get("*", 0.0)) > 0


def _quality(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            return name, _number(parameter[2:])
    return name, 1.0


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def etag_matches(if_none_match: str, etag: str) -> bool:
    """RFC 9110 §13.1.2: weak comparison against a list, or `*`."""
    if if_none_match.strip() == "*":
        return True
    return any(
        candidate.strip().removeprefix("W/") == etag for candidate in if_none_match.split(",")
    )
