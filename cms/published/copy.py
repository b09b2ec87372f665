"""The copy on disk: what a process starts from while the database is away."""

import gzip
import hashlib
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from cms.published import unfinished
from cms.published.view import Row, View, applied

FORMAT = 2
_TIMES = ("valid_from", "valid_until")
_BYTES = ("link", "card", "body")


class Unusable(ValueError):
    """Missing, damaged, or shaped by other code."""


def write(view: View, renderer: str, path: Path, now: datetime) -> None:
    """Atomic: a reader finds the old copy or the new one, never half of one.

    Cleans what processes left behind that were killed while writing.
    """
    rows = b"\n".join(orjson.dumps(_as_json(row)) for row in view.by_number)
    packed = gzip.compress(rows, 3, mtime=0)
    about = {
        "format": FORMAT,
        "epoch": view.epoch,
        "seq": view.seq,
        "renderer": renderer,
        "at": now,
        "withheld": sorted(view.withheld),
        "sha256": hashlib.sha256(packed).hexdigest(),
    }
    unfinished.clean(path)
    with unfinished.replacing(path) as file:
        file.write(orjson.dumps(about) + b"\n" + packed)


def read(path: Path, renderer: str) -> View:
    """A View with `copied_at` set. Raises Unusable."""
    try:
        head, packed = path.read_bytes().split(b"\n", 1)
        about = orjson.loads(head)
    except (OSError, ValueError) as error:
        raise Unusable(f"no readable copy: {error}") from error
    if about.get("format") != FORMAT or about.get("renderer") != renderer:
        raise Unusable("the copy was made by other code")
    if hashlib.sha256(packed).hexdigest() != about.get("sha256"):
        raise Unusable("the copy is damaged")
    rows = [_from_json(orjson.loads(line)) for line in gzip.decompress(packed).splitlines()]
    empty = View(
        epoch=about["epoch"],
        copied_at=datetime.fromisoformat(about["at"]),
        withheld=frozenset(about["withheld"]),
    )
    return applied(empty, rows, about["seq"])


def _as_json(row: Row) -> dict[str, Any]:
    columns = asdict(row)
    return columns | {name: columns[name] and columns[name].decode() for name in _BYTES}


def _from_json(columns: dict[str, Any]) -> Row:
    columns["former_paths"] = tuple(columns["former_paths"])
    for name in _BYTES:
        columns[name] = columns[name] and columns[name].encode()
    for name in _TIMES:
        columns[name] = columns[name] and datetime.fromisoformat(columns[name])
    return Row(**{field.name: columns[field.name] for field in fields(Row)})
