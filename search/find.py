"""Finding live content by words: Elasticsearch when it answers, else this process's own index."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from cms.published import compose
from cms.published.view import View
from search.breaker import Breaker
from search.engines import Hits, elastic
from search.engines.embedded import Embedded
from search.plan import Plan, plan

log = logging.getLogger(__name__)

Engine = Literal["elasticsearch", "embedded"]
# After an error nobody waits for Elasticsearch again for some seconds.
breaker = Breaker(first=5.0, longest=5.0)


class Unavailable(RuntimeError):
    """This process has no index (see Replica.failing) and Elasticsearch does not answer."""


@dataclass(frozen=True)
class Hit:
    """`card`: the composed card of the key, not to be changed."""

    key: str
    score: float
    card: Mapping[str, Any]


@dataclass(frozen=True)
class Results:
    """`total`: all that match, less `dropped`: found, but not live in the request's View."""

    engine: Engine
    total: int
    hits: tuple[Hit, ...]
    dropped: int


def find(
    view: View,
    q: str,
    locale: str,
    types: tuple[str, ...] = (),
    limit: int = 20,
    *,
    now: datetime,
) -> Results:
    """The best `limit` hits for a question in one locale, of some kinds or (no types) of all.

    Raises plan.BadQuestion (a ValueError that names each bad field) and Unavailable.
    """
    asked = plan(q, locale, types, limit)
    engine, found = _answer(view, asked, limit)
    hits: list[Hit] = []
    dropped = 0
    for key, score in found.best:
        if len(hits) == limit:
            break
        card = compose.card(view, key, now)
        if card is None:
            dropped += 1
        else:
            hits.append(Hit(key, score, card))
    return Results(engine, found.total - dropped, tuple(hits), dropped)


def _answer(view: View, asked: Plan, limit: int) -> tuple[Engine, Hits]:
    if asked.terms and elastic.configured() and breaker.allows():
        try:
            found = elastic.search(asked, limit)
        except elastic.Away as error:
            breaker.failed()
            log.warning("Elasticsearch: %s; the embedded index answers", error)
        else:
            breaker.succeeded()
            return "elasticsearch", found
    own = view.derived.get("search")
    if not isinstance(own, Embedded):
        raise Unavailable
    return "embedded", own.search(asked, limit)
