"""What only the index in memory has to keep: it belongs to one View, and follows it."""

from typing import Any

import pytest
import tantivy
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.published.replica import replica
from cms.published.view import Row, View
from search.engines import embedded
from search.engines.embedded import Embedded, EngineFailure
from search.plan import plan
from tests.published.world import World
from tests.search import corpus


def view_of(rows: list[Row]) -> View:
    return View(epoch=1, rows={row.key: row for row in rows})


def found(index: Embedded, question: str) -> list[str]:
    return [key for key, _ in index.search(plan(question, "nl"), 20).best]


def a(title: str, seq: int = 1, key: str = "thing:a", **how: Any) -> Row:
    return corpus.row(key, seq, **how, **corpus.article(title))


def test_every_process_derives_it_from_its_replica() -> None:
    assert replica._builds["search"] is embedded.build


def test_a_request_keeps_the_index_of_the_view_it_took(world: World) -> None:
    world.publish("a", **corpus.article("Kruik"))
    before = world.replica.view()
    world.publish("a", **corpus.article("Matras"))
    after = world.replica.view()

    def answers(view: View) -> list[list[str]]:
        return [found(view.derived["search"], word) for word in ("kruik", "matras")]

    assert answers(before) == [["thing:a"], []]
    assert answers(after) == [[], ["thing:a"]]


def test_only_changed_rows_are_read() -> None:
    index = embedded.build(None, view_of([a("Kruik"), a("Matras", key="thing:b")]), None)
    # The View of the second call holds nothing: whatever is found was not read again.
    index = embedded.build(index, view_of([]), (a("Kussen", 3),))
    assert (found(index, "kussen"), found(index, "matras")) == (["thing:a"], ["thing:b"])


def test_told_to_start_over_it_forgets_what_it_had() -> None:
    index = embedded.build(None, view_of([a("Kruik")]), None)
    index = embedded.build(index, view_of([a("Matras", key="thing:b")]), None)
    assert (found(index, "kruik"), found(index, "matras")) == ([], ["thing:b"])


def test_a_text_that_cannot_be_read_is_named_until_it_can() -> None:
    broken = corpus.row("thing:a", 1, text={"title": None, "names": [], "body": ""})
    index = embedded.build(None, view_of([broken]), None)
    assert index.skipped == {"thing:a": "text: title and body must be strings"}
    index = embedded.build(index, view_of([]), (a("Kruik", 2),))
    assert (index.skipped, found(index, "kruik")) == ({}, ["thing:a"])


class Broken:
    """A writer that takes some documents and then breaks."""

    def __init__(self, writer: tantivy.IndexWriter, error: BaseException) -> None:
        self.writer, self.error = writer, error

    def __getattr__(self, name: str) -> Any:
        return getattr(self.writer, name)

    def commit(self) -> None:
        raise self.error


def panic() -> BaseException:
    try:
        embedded.Embedded.of([a("Kruik")])._searcher.search(tantivy.Query.all_query(), limit=0)
    except BaseException as error:
        return error
    raise AssertionError("the engine refuses a limit of nothing by a panic")


@pytest.mark.parametrize("error", [ValueError("disk"), panic()], ids=["error", "panic"])
def test_an_index_that_broke_takes_nothing_and_still_answers(error: BaseException) -> None:
    index = embedded.build(None, view_of([a("Kruik")]), None)
    writer, index._writer = index._writer, Broken(index._writer, error)  # type: ignore[assignment]

    with pytest.raises((ValueError, EngineFailure)):
        embedded.build(index, view_of([]), (a("Matras", 2),))

    assert found(index, "kruik") == ["thing:a"]
    index._writer = writer
    index = embedded.build(index, view_of([]), (a("Kussen", 3, "thing:b"),))
    assert [found(index, word) for word in ("kruik", "matras", "kussen")] == [
        ["thing:a"],
        [],
        ["thing:b"],
    ]


CHANGES = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(["Kruik", "Matras", "Kruik en matras"]),
        st.sampled_from(["live", "hidden", "gone"]),
    ),
    max_size=12,
)


@settings(max_examples=20, deadline=None)
@given(CHANGES, st.integers(1, 5))
def test_however_rows_arrive_the_same_is_found_as_in_an_index_made_afresh(
    changes: list[tuple[str, str, str]], batch: int
) -> None:
    rows = [
        a(title, seq, f"thing:{id_}", state=state)
        for seq, (id_, title, state) in enumerate(changes, start=1)
    ]
    index = Embedded.of([])
    for start in range(0, len(rows), batch):
        index = index.applied(rows[start : start + batch])
    afresh = Embedded.of({row.key: row for row in rows}.values())
    for question in ("kruik", "matras", "kruik matras"):
        assert set(found(index, question)) == set(found(afresh, question))
