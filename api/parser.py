"""One strict reader of JSON for every body. What it refuses, no serializer has to think of.

Parsers of JSON differ in what they forgive (duplicate keys, NaN, half a surrogate pair, numbers
that become infinite), so two programs may read one body differently. This one forgives nothing
and names every place that is wrong.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, NoReturn

from django.utils.http import parse_header_parameters
from rest_framework.parsers import BaseParser

from api.problems import FieldError, Refused, bad_field

LARGEST_BODY = 64 * 1024
DEEPEST = 20
LARGEST_WHOLE_NUMBER = 2**53 - 1  # beyond it JavaScript rounds
MOST_ERRORS = 50

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


@dataclass(frozen=True)
class _Bad:
    """Stands in the parsed document where something is wrong."""

    message: str


class StrictJSONParser(BaseParser):
    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Raises Refused."""
        _, parameters = parse_header_parameters(media_type or "")
        if parameters.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
            raise Refused("unsupported-media-type", "The charset must be utf-8.")
        return loads(stream.read(LARGEST_BODY + 1))


def loads(body: bytes) -> Any:
    """The document in a body of at most 64 KB. Raises Refused with every bad place."""
    if len(body) > LARGEST_BODY:
        raise Refused("too-large", f"A body has at most {LARGEST_BODY} bytes.")
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        _malformed(f"The body is not UTF-8: see byte {error.start}.")
    if _depth(text) > DEEPEST:
        _malformed(f"Nest at most {DEEPEST} arrays and objects.")
    try:
        document = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=lambda name: _Bad(f"{name} is not JSON"),
            parse_int=_whole,
            parse_float=_real,
        )
    except json.JSONDecodeError as error:
        _malformed(f"{error.msg} at line {error.lineno}, column {error.colno}.")
    if errors := [
        error for error, _ in zip(_errors(document, ()), range(MOST_ERRORS), strict=False)
    ]:
        raise Refused("malformed-json", errors=errors)
    return document


def _malformed(detail: str) -> NoReturn:
    raise Refused("malformed-json", detail)


def _depth(text: str) -> int:
    """Counted before parsing: the parser recurses."""
    deepest = depth = 0
    for character in _STRING.sub("", text):
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[name] = _Bad("this name stands twice in its object") if name in found else value
    return found


def _whole(digits: str) -> int | _Bad:
    if len(digits) > 17 or abs(int(digits)) > LARGEST_WHOLE_NUMBER:
        return _Bad(f"must be between -{LARGEST_WHOLE_NUMBER} and {LARGEST_WHOLE_NUMBER}")
    return int(digits)


def _real(digits: str) -> float | _Bad:
    value = float(digits)
    return value if math.isfinite(value) else _Bad("must be a finite number")


def _errors(node: Any, at: tuple[str | int, ...]) -> Iterator[FieldError]:
    if isinstance(node, _Bad):
        yield bad_field(node.message, *at)
    elif isinstance(node, str) and (message := _bad_text(node)):
        yield bad_field(message, *at)
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from _errors(child, (*at, index))
    elif isinstance(node, dict):
        for name, child in node.items():
            if message := _bad_text(name):
                yield bad_field(f"the name of a field here {message}", *at)
            else:
                yield from _errors(child, (*at, name))


def _bad_text(text: str) -> str:
    if "\0" in text:
        return "must not hold the character U+0000"
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "must not hold half of a surrogate pair"
    return ""
