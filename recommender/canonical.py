"""One byte form for every value, so that equal content has an equal sha256."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Any


def plain(value: Any) -> Any:
    """Return `value` as JSON-ready data.

    Dataclasses become objects, enums their value, dates ISO text, tuples lists, and sets sorted
    lists. Raises TypeError for anything that has no such form.
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(plain(part) for part in value)
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    raise TypeError(f"{type(value).__name__} has no JSON form")


def canonical(value: Any) -> bytes:
    """Encode with sorted keys, no spaces and ASCII only.

    ASCII, because a lone surrogate in a text can then still be encoded. Raises ValueError for NaN
    and infinity, which are not JSON.
    """
    return json.dumps(
        plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    ).encode("ascii")


def content_hash(value: Any) -> str:
    return sha256(canonical(value)).hexdigest()
