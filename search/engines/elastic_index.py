"""Keeping Elasticsearch: one index for each epoch and shape behind an alias, and bulk writing.

- `herstelwijzer-1f2e3d4c`: the alias that is searched (prefix and shape);
- `herstelwijzer-1f2e3d4c-7`: the index of epoch 7;
- `herstelwijzer-1f2e3d4c-7-write`: the alias it is written by. A write to an index that is gone
  fails; it does not make a new one with a guessed mapping.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from django.conf import settings
from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from cms.published.view import Row
from search import documents
from search.engines import elastic

# Elasticsearch refuses a whole request for one of these; so they are looked at first.
LONGEST_KEY = 512  # bytes
LARGEST_DOCUMENT = 10_000_000  # characters
CHUNK = 500
CHUNK_BYTES = 10_000_000
# Statuses that say "not now" or "not here"; whatever else is not done is this document's fault.
LATER = {401, 403, 404, 408, 429}

Verdict = Literal["done", "later", "refused"]


@dataclass(frozen=True)
class Index:
    """`serving`: the alias leads to it. `reader`: the name of its cursor. That has the index's
    own id, so that an index that was lost and made again is read from the beginning."""

    name: str
    uuid: str
    made: datetime
    serving: bool

    @property
    def reader(self) -> str:
        return f"elasticsearch:{self.name.split('-')[-2]}:{self.uuid}"


@dataclass(frozen=True)
class Written:
    """What became of one row. `verdict` "later" concerns everybody, "refused" only this row."""

    row: Row
    verdict: Verdict
    reason: str = ""


def _keeper() -> Elasticsearch:
    return elastic.client().options(request_timeout=elastic.WRITING)


def every_index() -> list[Index]:
    """The indexes of this product, of every epoch and shape. Raises Away."""
    prefix = settings.ELASTICSEARCH_PREFIX
    ours = re.compile(re.escape(prefix) + r"-([0-9a-f]{8})-\d+")
    with elastic.away_on_error():
        # "*" finds nothing with a 200: a 404 is somebody else's answer
        found = _keeper().indices.get(index=f"{prefix}-*", features=["aliases", "settings"])
    return [
        Index(
            name=name,
            uuid=state["settings"]["index"]["uuid"],
            made=datetime.fromtimestamp(
                int(state["settings"]["index"]["creation_date"]) / 1000, tz=UTC
            ),
            serving=f"{prefix}-{match[1]}" in state["aliases"],
        )
        for name, state in found.items()
        if (match := ours.fullmatch(name))
    ]


def ready(epoch: int) -> Index:
    """The index of an epoch, made when it is not there. Raises Away."""
    name = f"{elastic.alias()}-{epoch}"
    for attempt in (1, 2):
        for index in every_index():
            if index.name == name:
                return index
        if attempt == 1:
            _make(name)
    raise elastic.Away(f"{name} was made and is not there")


def _make(name: str) -> None:
    with elastic.away_on_error():
        _keeper().options(ignore_status=400).indices.create(  # 400: another worker was faster
            index=name,
            aliases={f"{name}-write": {}},
            mappings=elastic.mapping(),
            settings={
                "number_of_shards": 1,
                "auto_expand_replicas": "0-1",
                "refresh_interval": "1s",
            },
        )


def put_in_charge(index: Index) -> None:
    """Have the alias lead to this index, at once and only to it. Raises Away."""
    others = [
        other.name for other in every_index() if other.serving and other.reader != index.reader
    ]
    with elastic.away_on_error():
        _keeper().indices.refresh(index=index.name)  # or its last documents could not be found
        _keeper().indices.update_aliases(
            actions=[
                *(
                    {"remove": {"index": name, "alias": elastic.alias()}}
                    for name in others
                    if name.startswith(f"{elastic.alias()}-")
                ),
                {"add": {"index": index.name, "alias": elastic.alias()}},
            ]
        )


def remove(index: Index) -> None:
    """Raises Away."""
    with elastic.away_on_error():
        _keeper().options(ignore_status=404).indices.delete(index=index.name)


def write(index: Index, rows: Iterable[Row]) -> Iterator[Written]:
    """Write rows with their numbers as external versions; one that is not newer changes nothing.

    Rows that are not live, or have no text, are written too, as tombstones: a deletion would be
    forgotten after a minute and a late writer could bring the row back. Raises Away when nothing
    at all could be written.
    """
    sendable: list[tuple[Row, dict[str, Any]]] = []
    for row in rows:
        try:
            sendable.append((row, _action(index, row)))
        except documents.Unreadable as error:
            yield Written(row, "refused", str(error))
    yield from _send(sendable, CHUNK)


def _action(index: Index, row: Row) -> dict[str, Any]:
    if len(row.key.encode()) > LONGEST_KEY:
        raise documents.Unreadable(f"key: must have at most {LONGEST_KEY} bytes")
    fields = documents.fields_of(row)
    if fields and sum(map(len, fields.values())) > LARGEST_DOCUMENT:
        raise documents.Unreadable(f"text: must have at most {LARGEST_DOCUMENT} characters")
    known = {"key": row.key, "live": fields is not None, "kind": row.kind, "locale": row.locale}
    return {
        "_op_type": "index",
        "_index": f"{index.name}-write",
        "_id": row.key,
        "version": row.seq,
        "version_type": "external",
        "_source": known | (fields or {}),
    }


def _send(sendable: list[tuple[Row, dict[str, Any]]], chunk: int) -> Iterator[Written]:
    again: list[tuple[Row, dict[str, Any]]] = []
    with elastic.away_on_error():
        results = streaming_bulk(
            _keeper(),
            [action for _, action in sendable],
            chunk_size=chunk,
            max_chunk_bytes=CHUNK_BYTES,
            raise_on_error=False,  # otherwise the first bad document keeps back all that follow
            raise_on_exception=False,
            require_alias=True,
        )
        for sent, (_, result) in zip(sendable, results, strict=True):
            outcome = result["index"]
            verdict = judged(outcome["status"], _kind_of(outcome))
            if verdict == "refused" and "exception" in outcome and chunk > 1:
                again.append(sent)  # the whole request was refused: which of them was it?
            else:
                yield Written(sent[0], verdict, "" if verdict == "done" else _reason(outcome))
    if again:
        yield from _send(again, 1)


def judged(status: int, kind: str) -> Verdict:
    """What a status means for a document. `kind` is Elasticsearch's name of the error."""
    if status < 300 or status == 409:  # 409: a newer number is there already
        return "done"
    if status in LATER or status >= 500 or kind == "index_closed_exception":
        return "later"
    return "refused"


def _kind_of(outcome: dict[str, Any]) -> str:
    error = outcome.get("error")
    return str(error.get("type", "")) if isinstance(error, dict) else ""


def _reason(outcome: dict[str, Any]) -> str:
    error = outcome.get("error", "")
    if not isinstance(error, dict):
        return f"{outcome['status']} {error}"
    return f"{outcome['status']} {error.get('type')}: {error.get('reason')}"
