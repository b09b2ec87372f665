"""Asking Elasticsearch. It answers with keys and scores; what is shown comes from the View."""

import hashlib
import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import Stemmer
from django.conf import settings
from elastic_transport.client_utils import url_to_node_config
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.dsl import Mapping, Search, query

from search import analysis, documents, words
from search.engines import MARGIN, Hits, in_order
from search.plan import TIE_BREAKER, Plan

# Seconds. A visitor waits for the first; half a batch of large pages takes the second.
ASKING, WRITING = 0.7, 30.0


_KIND = re.compile(r"[a-z_]{1,60}")  # "index_not_found_exception"
# At DEBUG its transport writes whole requests into the log, and so what visitors look for.
logging.getLogger("elastic_transport.node").setLevel(logging.INFO)


class Away(RuntimeError):
    """Elasticsearch does not answer, or not yet as it should. Says nothing of what was asked."""


def configured() -> bool:
    return bool(settings.ELASTICSEARCH_URL)


def client() -> Elasticsearch:
    return _client(settings.ELASTICSEARCH_URL)


@cache
def _client(url: str) -> Elasticsearch:
    """No retries: by default it would try three more times at once. Waiting is the caller's."""
    node = url_to_node_config(url, use_default_ports_for_scheme=True)
    return Elasticsearch(
        [node],
        connections_per_node=32,
        max_retries=0,
        retry_on_timeout=False,
        request_timeout=ASKING,
    )


@contextmanager
def away_on_error() -> Iterator[None]:
    """Whatever goes wrong on the way becomes Away, with its kind and status only: the rest of an
    answer may repeat what was asked, and that is nobody's business."""
    try:
        yield
    except ApiError as error:
        kind = error.message if _KIND.fullmatch(str(error.message)) else type(error).__name__
        raise Away(f"{error.meta.status} {kind}") from error
    except TransportError as error:
        raise Away(type(error).__name__) from error


def answers() -> bool:
    """Whether an Elasticsearch is there, and not something else that answers in its place."""
    try:
        with away_on_error():
            return "version" in client().info()
    except Away:
        return False


def mapping() -> dict[str, Any]:
    fields = Mapping().meta("dynamic", "strict")
    fields.field("key", "keyword")  # _id cannot be sorted by
    fields.field("live", "boolean")  # false: a tombstone, for whoever looks at the index
    fields.field("kind", "keyword")
    fields.field("locale", "keyword")
    for name in documents.WEIGHTS:
        fields.field(name, "text", analyzer="whitespace", index_options="freqs")
    made: dict[str, Any] = fields.to_dict()
    return made


@cache
def shape() -> str:
    """Eight hex digits that change with what an index holds: mapping, analysis, stemmer.

    Part of the name, so that the stems of one release are never looked up in the index of
    another, and two releases running side by side do not fight over one index.
    """
    digest = hashlib.sha256(Stemmer.version().encode())
    for module in (analysis, documents, words):
        digest.update(Path(str(module.__file__)).read_bytes())
    digest.update(json.dumps(mapping(), sort_keys=True).encode())
    return digest.hexdigest()[:8]


def alias() -> str:
    """The name that is searched: that of the newest complete index of this shape."""
    return f"{settings.ELASTICSEARCH_PREFIX}-{shape()}"


def search(plan: Plan, limit: int) -> Hits:
    """At least `limit` of the best hits, if there are so many. Raises Away."""
    request = (
        Search()
        .query(compiled(plan))
        .sort("_score", "key")  # a score sorts best first by itself
        .source(False)
        .extra(size=limit + MARGIN, track_scores=True, track_total_hits=True)
    )
    with away_on_error():
        answer = client().search(
            index=alias(), allow_partial_search_results=False, **request.to_dict()
        )
    try:
        found = answer["hits"]
        best = in_order((hit["_id"], hit["_score"]) for hit in found["hits"])
        return Hits(found["total"]["value"], best)
    except (KeyError, TypeError) as error:  # something between us answered in its place
        raise Away("an answer without hits") from error


def compiled(plan: Plan) -> query.Query:
    # not by `live`: a tombstone has no words, so none can be found
    filters: list[query.Query] = [query.Term(locale=plan.locale)]
    if plan.kinds:
        filters.append(query.Terms(kind=list(plan.kinds)))
    terms = [_term(stem) for stem in plan.terms]
    return query.Bool(filter=filters, should=terms, minimum_should_match=plan.minimum)


def _term(stem: str) -> query.Query:
    fields = [
        query.Term(field, {"value": stem, "boost": weight})
        for field, weight in documents.WEIGHTS.items()
    ]
    return query.DisMax(queries=fields, tie_breaker=TIE_BREAKER)
