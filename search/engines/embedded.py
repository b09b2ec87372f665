"""The index that every process holds in memory, made from the rows of its own View.

Never on disk: flipped bytes in a file go unnoticed, and 2,000 rows take 0.2 s to read again.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import tantivy
from tantivy import Occur, Query

from cms.published.view import Row, View
from search import documents
from search.engines import DECIMALS, MARGIN, Hits, in_order
from search.plan import TIE_BREAKER, Plan

log = logging.getLogger(__name__)

FILTERS = ("key", "kind", "locale")
HEAP = 15_000_000  # bytes; the least that the engine accepts


class EngineFailure(RuntimeError):
    """The engine panicked. Its own PanicException would end the thread that follows."""


@contextmanager
def _panics_are_errors() -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # no module exports it
            raise EngineFailure(str(error)) from error
        raise


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in FILTERS:
        builder.add_text_field(
            name, stored=name == "key", tokenizer_name="raw", index_option="basic"
        )
    for name in documents.WEIGHTS:
        builder.add_text_field(name, tokenizer_name="stems", index_option="freq")
    return builder.build()


SCHEMA = _schema()


class Embedded:
    """The index as one View has it. Immutable for who asks: a searcher is a snapshot.

    `skipped`: keys whose text could not be read, with the reason.
    """

    def __init__(
        self, index: tantivy.Index, writer: tantivy.IndexWriter, skipped: dict[str, str]
    ) -> None:
        self._index, self._writer, self.skipped = index, writer, skipped
        index.reload()
        self._searcher = index.searcher()

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Embedded":
        index = tantivy.Index(SCHEMA)
        stems = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("stems", stems)
        return cls(index, index.writer(HEAP, num_threads=1), {}).applied(rows)

    def applied(self, rows: Iterable[Row]) -> "Embedded":
        """The index after these rows. On an error nothing of them is taken."""
        skipped = dict(self.skipped)
        try:
            for row in rows:
                self._writer.delete_documents_by_term("key", row.key)
                skipped.pop(row.key, None)
                if (document := _document(row, skipped)) is not None:
                    self._writer.add_document(document)
            self._writer.commit()
        except BaseException:
            self._writer.rollback()  # without it later commits succeed and lose what they add
            raise
        return Embedded(self._index, self._writer, skipped)

    def search(self, plan: Plan, limit: int) -> Hits:
        """At least `limit` of the best hits, if there are so many."""
        held = self._searcher.num_docs
        if not plan.terms or not held:
            return Hits(0)
        query, wanted = compiled(plan), limit + MARGIN
        with _panics_are_errors():
            while True:
                # Any: its type stub forgets `count`
                found: Any = self._searcher.search(query, limit=min(wanted, held))
                scores = [round(score, DECIMALS) for score, _ in found.hits]
                if wanted >= held or len(scores) < wanted or scores[limit - 1] > scores[-1]:
                    break
                wanted *= 2  # equal scores cross the edge; the engine has no second key
            keys = (str(self._searcher.doc(at)["key"][0]) for _, at in found.hits)
            hits = in_order(zip(keys, (score for score, _ in found.hits), strict=True))
        return Hits(int(found.count), hits)


def _document(row: Row, skipped: dict[str, str]) -> tantivy.Document | None:
    try:
        fields = documents.fields_of(row)
    except documents.Unreadable as error:  # its failure, nobody else's
        log.warning("not in the embedded index: %s (%s)", row.key, error)
        skipped[row.key] = str(error)
        return None
    if fields is None:
        return None
    document = tantivy.Document()
    for name, value in {"key": row.key, "kind": row.kind, "locale": row.locale, **fields}.items():
        document.add_text(name, value)
    return document


def compiled(plan: Plan) -> Query:
    terms = [(Occur.Should, _term(stem)) for stem in plan.terms]
    filters = [_filter("locale", [plan.locale])]
    if plan.kinds:
        filters.append(_filter("kind", list(plan.kinds)))
    return Query.boolean_query(
        [
            *((Occur.Must, query) for query in filters),
            (Occur.Must, Query.boolean_query(terms, minimum_number_should_match=plan.minimum)),
        ]
    )


def _term(stem: str) -> Query:
    return Query.disjunction_max_query(
        [
            Query.boost_query(Query.term_query(SCHEMA, field, stem, index_option="freq"), weight)
            for field, weight in documents.WEIGHTS.items()
        ],
        tie_breaker=TIE_BREAKER,
    )


def _filter(field: str, values: list[str]) -> Query:
    return Query.const_score_query(Query.term_set_query(SCHEMA, field, values), 0.0)


def build(previous: object, view: View, changed: tuple[Row, ...] | None) -> Embedded:
    """What the Replica derives: only the changed rows, or everything when `changed` is None."""
    with _panics_are_errors():
        if changed is None or not isinstance(previous, Embedded):
            return Embedded.of(view.rows.values())
        return previous.applied(changed)
