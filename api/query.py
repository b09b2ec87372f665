"""The query string, read strictly: each parameter once, in UTF-8, and only known ones.

A parameter that is ignored would be a second cache key for one answer, and a typing error that
nobody hears of.
"""

from urllib.parse import unquote_to_bytes

from api.problems import FieldError, Refused, bad_parameter

LONGEST = 2048


def read(raw: str) -> dict[str, str]:
    """Parameters by name. `raw` is WSGI's QUERY_STRING (bytes as latin-1). Raises Refused."""
    if len(raw) > LONGEST:
        raise Refused("uri-too-long", f"A query has at most {LONGEST} characters.")
    found: dict[str, str] = {}
    errors: list[FieldError] = []
    for piece in filter(None, raw.split("&")):
        name, value = (_decoded(part) for part in (*piece.split("=", 1), "")[:2])
        if message := _wrong(name) or _wrong(value):
            errors.append(bad_parameter(_printable(name), message))
        elif name in found:
            errors.append(bad_parameter(name, "must be given once"))
        else:
            found[name] = value
    if errors:
        raise Refused("bad-request", errors=errors)
    return found


def _decoded(part: str) -> str:
    """What is not UTF-8 stays recognisable as surrogates."""
    return unquote_to_bytes(part.replace("+", " ").encode("latin-1")).decode(
        errors="surrogateescape"
    )


def _wrong(text: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "must be UTF-8"
    if any(character < " " or character == "\x7f" for character in text):
        return "must not hold control characters"
    return ""


def _printable(name: str) -> str:
    return name.encode(errors="replace").decode()
