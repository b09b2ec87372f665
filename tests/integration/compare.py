"""Whether every reader of a running stack holds what a fresh rendering says.

    python -m tests.integration.compare WEB_ADDRESS...

Prints JSON: {"waiting": touches, "differences": [...]}; each difference names its reader.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError

import django

django.setup()

from django.utils import timezone  # noqa: E402 - Django has to be set up first

from cms.published import compose  # noqa: E402
from cms.published.models import Publication, Touch  # noqa: E402
from cms.published.replica import Replica  # noqa: E402
from search.engines import elastic  # noqa: E402
from tests.published.equality import differences, fresh, table  # noqa: E402
from tests.stack import http  # noqa: E402

States = dict[str, tuple[int, str]]


def fetch(address: str) -> tuple[int, bytes, str]:
    """Status, body and ETag without its quotes."""
    try:
        with http.open(address, timeout=20) as answer:
            return answer.status, answer.read(), answer.headers.get("ETag", "").strip('"')
    except HTTPError as error:
        return error.code, b"", ""


def of_table() -> States:
    rows = Publication.objects.values_list("key", "seq", "state")
    return {key: (seq, state) for key, seq, state in rows}


def of_feed(address: str) -> States:
    """The whole feed of a web process, from zero."""
    states: States = {}
    since = ""
    while True:
        _, body, _ = fetch(f"{address}/api/v1/changes?limit=1000{since}")
        answer = json.loads(body)
        states |= {row["key"]: (row["seq"], row["state"]) for row in answer["rows"]}
        since = f"&since={answer['next']}"
        if not answer["more"]:
            return states


def of_elasticsearch() -> States:
    """What the index holds under its alias: number as version, and whether it is live."""
    found = elastic.client().search(index=elastic.alias(), size=10_000, version=True)
    return {
        hit["_id"]: (hit["_version"], "live" if hit["_source"]["live"] else "not live")
        for hit in found["hits"]["hits"]
    }


def of_table_as_searched() -> States:
    """An index holds every key, so that no number comes twice; found is what is live and has
    words."""
    rows = Publication.objects.values_list("key", "seq", "state", "text")
    return {
        key: (seq, "live" if state == "live" and text is not None else "not live")
        for key, seq, state, text in rows
    }


def pages(address: str) -> Iterator[str]:
    """Every page as it is served, against what this process composes from the table."""
    view = Replica().refresh()
    now = timezone.now()
    for row in view.rows.values():
        if row.path is None or row.state == "gone":
            continue
        status, body, etag = fetch(f"{address}/api/v1/content/{row.locale}/{row.path}")
        found = view.find(row.locale, row.path, now)
        composed = compose.page(view, found.row.key, now) if found else None
        if found and found.what == "here" and composed:
            if (status, body) != (200, composed.body):
                yield f"{address} {row.key}: {status}, other bytes than {composed.etag}"
            elif etag != composed.etag:
                yield f"{address} {row.key}: ETag {etag}, expected {composed.etag}"
        elif status == 200 and found and found.what != "moved":
            yield f"{address} {row.key}: 200, expected {found.what}"


def compared(name: str, expected: States, found: States) -> Iterator[str]:
    for key in sorted(expected.keys() | found.keys()):
        if expected.get(key) != found.get(key):
            yield f"{name} {key}: {found.get(key)}, expected {expected.get(key)}"


def main(*addresses: str) -> dict[str, Any]:
    waiting = Touch.objects.count()
    said = [f"table {line}" for line in differences(fresh(), table())]
    states = of_table()
    for address in addresses:
        said += compared(f"feed of {address}", states, of_feed(address))
        said += pages(address)
    said += compared("elasticsearch", of_table_as_searched(), of_elasticsearch())
    return {"waiting": waiting, "differences": said}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
