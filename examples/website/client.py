"""Asks the API: keeps connections, waits only so long, and knows which answers it has already.

An answer to GET is asked for again with its ETag each time, so that what an editor hides is gone
at once. An answer to POST says something about a visitor and is never kept.
"""

import json
from collections import OrderedDict
from threading import Lock
from typing import Any
from urllib.parse import quote, urlencode

from urllib3 import BaseHTTPResponse, PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError

from examples.website.config import BASE

MOST_KEPT = 500
JSON_TYPES = ("application/json", "application/problem+json")
# Reading again is harmless and so is evaluating again: nothing is stored by it.
ONCE_MORE = Retry(total=1, status=0, allowed_methods=None, respect_retry_after_header=False)

Document = dict[str, Any]


class Away(Exception):
    """The API does not answer, or something that is not the API does."""


class Problem(Exception):
    """The API said no. `kind` is the stable name, such as not-found; `document` all it said."""

    def __init__(self, status: int, document: Document, retry_after: str = "") -> None:
        self.status, self.document, self.retry_after = status, document, retry_after
        self.kind = str(document.get("type", "")).rpartition(":")[2]
        super().__init__(f"{status} {self.kind}")


class Moved(Exception):
    """`path` is where the page is now, such as nl/rug/lage-rugpijn."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path


class Api:
    """Used by several threads at once. Documents are shared between them: read only."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._pool = PoolManager(maxsize=8, timeout=Timeout(connect=2, read=8), retries=ONCE_MORE)
        self._kept: OrderedDict[str, tuple[str, Document]] = OrderedDict()
        self._lock = Lock()

    def get(self, *steps: str, **query: str) -> Document:
        """The answer at that path below /api/v1. Raises Away, Problem, Moved."""
        target = address(*steps, **query)
        known = self._kept.get(target)
        headers = {"If-None-Match": known[0]} if known else {}
        answer = self._ask("GET", target, headers)
        if answer.status == 304 and known:
            self._keep(target, *known)
            return known[1]
        document = _document(answer)
        if etag := answer.headers.get("ETag"):
            self._keep(target, etag, document)
        return document

    def post(self, *steps: str, body: Document) -> Document:
        """Raises Away and Problem."""
        headers = {"Content-Type": "application/json"}
        return _document(self._ask("POST", address(*steps), headers, json.dumps(body).encode()))

    def _ask(
        self, method: str, target: str, headers: dict[str, str], body: bytes | None = None
    ) -> BaseHTTPResponse:
        try:
            return self._pool.request(
                method,
                self._address + target,
                body=body,
                headers={"Accept": "application/json", **headers},
                redirect=False,  # where a page is now is for the visitor's browser to know
            )
        except HTTPError as error:
            # the words of the error hold the address
            raise Away(type(error).__name__) from None

    def _keep(self, target: str, etag: str, document: Document) -> None:
        with self._lock:
            self._kept[target] = (etag, document)
            self._kept.move_to_end(target)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


def address(*steps: str, **query: str) -> str:
    """The path and query of a resource; slashes inside a step stay slashes."""
    path = "/".join(quote(step, safe="/") for step in steps)
    return f"{BASE}/{path}" + (f"?{urlencode(query)}" if query else "")


def _document(answer: BaseHTTPResponse) -> Document:
    """The JSON object of an answer, whatever its status. Raises what get and post raise."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
    try:
        document = json.loads(answer.data) if kind in JSON_TYPES else None
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise Away(f"{answer.status} without JSON")
    if 300 <= answer.status < 400:
        raise Moved(str(document.get("location", "")).partition(f"{BASE}/content/")[2])
    if answer.status >= 400:
        raise Problem(answer.status, document, answer.headers.get("Retry-After", ""))
    return document
