"""The reader that keeps Elasticsearch: late perhaps, never with a loss, never backwards.

"Equal" means: every key has in the index the number that it has in the publications, and can be
found if and only if it is live and has a text.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone

from cms.celery import app
from cms.published import failures, head, leases, readers
from cms.published.models import Cursor, Failure, Publication
from cms.published.touches import touch
from cms.published.view import Row, row_of
from search import documents, reader
from search.engines import elastic, elastic_index
from search.engines.elastic_index import Index, Written
from search.tasks import mirror as task
from tests.published.world import World, thing
from tests.search import corpus
from tests.search.conftest import Searching, mirror

needs_elasticsearch = pytest.mark.needs("elasticsearch")
KRUIK, MATRAS = corpus.TEXTS["kruik"], corpus.TEXTS["matras"]


@pytest.fixture
def mirrored(world: World, cluster: Any) -> Searching:
    return Searching("elasticsearch", world)


def in_the_index() -> dict[str, tuple[int, bool]]:
    """Number and liveness of every key behind the alias."""
    client = elastic.client()
    client.indices.refresh(index=elastic.alias())
    answer = client.search(index=elastic.alias(), size=1000, version=True)
    return {hit["_id"]: (hit["_version"], hit["_source"]["live"]) for hit in answer["hits"]["hits"]}


def in_the_publications() -> dict[str, tuple[int, bool]]:
    return {
        row.key: (row.seq, row.state == "live" and row.text is not None)
        for row in Publication.objects.all()
    }


def row_at(key: str) -> Row:
    return row_of(Publication.objects.get(key=key))


def indexes() -> set[str]:
    return {index.name for index in elastic_index.every_index()}


# --- without Elasticsearch ----------------------------------------------------------------


def test_without_a_setting_the_task_does_nothing(settings: Any) -> None:
    assert settings.CELERY_BEAT_SCHEDULE["mirror-into-elasticsearch"]["task"] in app.tasks
    task()  # touches no database: this test has none


def test_while_elasticsearch_is_away_the_reader_waits_longer_and_longer(
    db: None, settings: Any
) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    assert reader.catch_up().why == "ConnectionError"
    assert reader.catch_up().why == "waiting for Elasticsearch"


# --- following ----------------------------------------------------------------------------


@needs_elasticsearch
def test_everything_that_is_published_arrives_with_its_number(mirrored: Searching) -> None:
    mirrored.publish(corpus.TEXTS)
    mirrored.world.change("matras", None)
    mirrored.world.delete("kruik")
    mirrored.world.change("picture", thing(kind="image"))  # nothing to find
    mirrored.settle()
    assert in_the_index() == in_the_publications()


@needs_elasticsearch
def test_the_reader_says_how_far_it_is(mirrored: Searching) -> None:
    mirrored.publish({"a": KRUIK})
    now = head.read()
    cursor = Cursor.objects.get(reader__startswith="elasticsearch:")
    assert (cursor.epoch, cursor.seq) == (now.epoch, now.seq)
    assert timezone.now() - cursor.at < timedelta(seconds=5)


@needs_elasticsearch
def test_a_stale_write_loses(mirrored: Searching) -> None:
    mirrored.publish({"a": KRUIK})
    stale = row_at("thing:a")
    mirrored.publish({"a": MATRAS})
    verdicts = [written.verdict for written in elastic_index.write(own_index(), [stale])]
    assert verdicts == ["done"]  # there is nothing left to do for it
    assert in_the_index() == in_the_publications()
    assert (mirrored.found("kruik"), mirrored.found("matras")) == ([], ["a"])


@needs_elasticsearch
def test_a_stale_write_does_not_bring_back_what_was_withdrawn_long_ago(
    mirrored: Searching,
) -> None:
    mirrored.publish({"a": KRUIK})
    stale = row_at("thing:a")
    elastic.client().indices.put_settings(  # what it remembers of deletions: nothing
        index=own_index().name, settings={"index.gc_deletes": "0s"}
    )
    mirrored.world.change("a", None)
    mirrored.settle()
    list(elastic_index.write(own_index(), [stale]))
    assert in_the_index() == in_the_publications()


def own_index() -> Index:
    return elastic_index.ready(head.read().epoch)


# --- interrupted --------------------------------------------------------------------------


class Killed(BaseException):
    """The worker is gone."""


@needs_elasticsearch
@pytest.mark.parametrize("sent", [True, False], ids=["after sending", "before sending"])
@pytest.mark.parametrize("after", [0, 1, 3, 7, 10, 13])
def test_a_reader_that_is_killed_in_the_middle_loses_nothing(
    mirrored: Searching, monkeypatch: pytest.MonkeyPatch, after: int, sent: bool
) -> None:
    """At several places of 14 rows, read three at a time."""
    monkeypatch.setattr(reader, "BATCH", 3)
    for id_, text in corpus.TEXTS.items():
        mirrored.world.change(id_, thing(**corpus.columns_of(text)))
    mirrored.world.settle()
    write = elastic_index.write
    written = 0

    def killed_once(index: Index, rows: list[Row]) -> Iterator[Written]:
        nonlocal written
        if not sent and written + len(rows) > after:
            raise Killed
        for outcome in write(index, rows):
            written += 1
            if written > after:
                raise Killed
            yield outcome

    with monkeypatch.context() as while_it_lives:
        while_it_lives.setattr(elastic_index, "write", killed_once)
        with pytest.raises(Killed):
            reader.catch_up()

    mirrored.world.change("kruik", None)  # life goes on
    mirrored.settle()
    assert in_the_index() == in_the_publications()


@needs_elasticsearch
def test_the_lease_of_a_killed_worker_ends(
    mirrored: Searching, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirrored.publish({"a": KRUIK})
    with leases.lease(f"{reader.READER} {elastic.shape()}") as held:
        assert held
        assert reader.catch_up().why == "another worker is at it"
        later = timezone.now() + timedelta(seconds=leases.SECONDS + 1)
        monkeypatch.setattr(leases.timezone, "now", lambda: later)
        assert reader.catch_up().finished


@needs_elasticsearch
@pytest.mark.parametrize("trouble", ["writes are blocked", "the index is closed"])
def test_elasticsearch_in_trouble_is_waited_for_with_the_place_kept(
    mirrored: Searching, trouble: str
) -> None:
    mirrored.publish({"a": KRUIK})
    index = own_index()
    admin = elastic.client().options(request_timeout=30).indices
    place = readers.position(index.reader)
    if trouble == "writes are blocked":
        admin.add_block(index=index.name, block="write")
    else:
        admin.close(index=index.name)

    mirrored.world.publish("b", **corpus.columns_of(MATRAS))
    stopped = reader.catch_up()
    assert (stopped.finished, readers.position(index.reader)) == (False, place)
    assert not Failure.objects.exists(), "it is not the fault of a document"

    if trouble == "writes are blocked":
        admin.put_settings(index=index.name, settings={"index.blocks.write": None})
    else:
        admin.open(index=index.name, wait_for_active_shards="1")
    reader.patience.reset()
    mirror()
    assert in_the_index() == in_the_publications()


@needs_elasticsearch
def test_an_index_that_was_lost_is_made_again_from_the_beginning(mirrored: Searching) -> None:
    mirrored.publish({"a": KRUIK, "b": MATRAS})
    elastic_index.remove(own_index())
    mirrored.settle()
    assert in_the_index() == in_the_publications()


@needs_elasticsearch
def test_a_write_to_an_index_that_is_gone_does_not_make_one(mirrored: Searching) -> None:
    mirrored.publish({"a": KRUIK})
    gone = own_index()
    elastic_index.remove(gone)
    verdicts = [written.verdict for written in elastic_index.write(gone, [row_at("thing:a")])]
    assert (verdicts, indexes()) == (["later"], set())


# --- epochs and releases ------------------------------------------------------------------


@needs_elasticsearch
def test_rule_14_a_new_epoch_is_read_into_a_new_index_and_the_old_one_answers_meanwhile(
    mirrored: Searching, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirrored.publish({"a": KRUIK, "b": KRUIK, "c": KRUIK})
    before = head.read().epoch
    Publication.objects.filter(key="thing:c").delete()  # a restore of something older
    after = head.raise_epoch()
    mirrored.world.replica.refresh()
    monkeypatch.setattr(reader, "BATCH", 1)
    monkeypatch.setattr(reader, "SECONDS", 0.0)

    assert not reader.catch_up().finished
    assert indexes() == {f"{elastic.alias()}-{before}", f"{elastic.alias()}-{after}"}
    assert mirrored.found("kruik") == ["a", "b"]
    assert mirrored.find("kruik").dropped == 1, "it is still the old index that answers"

    monkeypatch.setattr(reader, "SECONDS", 60.0)
    mirror()
    assert mirrored.find("kruik").dropped == 0
    assert in_the_index() == in_the_publications()
    assert len(indexes()) == 2, "the old one is not removed in the run that swaps"

    mirror()
    assert indexes() == {f"{elastic.alias()}-{after}"}
    assert Cursor.objects.filter(reader__startswith="elasticsearch:").count() == 1


@needs_elasticsearch
def test_two_releases_side_by_side_keep_an_index_each_until_one_is_abandoned(
    mirrored: Searching, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirrored.publish({"a": KRUIK})
    former = own_index()
    monkeypatch.setattr(elastic, "shape", lambda: "0123abcd")  # the next release
    mirrored.settle()
    mirror()
    assert indexes() == {former.name, own_index().name}
    assert mirrored.found("kruik") == ["a"]

    later = timezone.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    mirror()
    assert indexes() == {own_index().name}


@needs_elasticsearch
def test_what_others_keep_in_the_same_elasticsearch_is_left_alone(
    mirrored: Searching, cluster: Any
) -> None:
    logs = f"{cluster.ELASTICSEARCH_PREFIX}-logs-2026"
    elastic.client().options(request_timeout=30).indices.create(index=logs)
    try:
        mirrored.publish({"a": KRUIK})
        mirror()
        assert logs not in indexes()
        assert elastic.client().indices.exists(index=logs)
    finally:
        elastic.client().options(request_timeout=30).indices.delete(index=logs)


# --- documents that cannot be taken -------------------------------------------------------


@pytest.fixture
def three_with_one_poisoned(mirrored: Searching) -> Callable[[str], None]:
    def publish(poisoned: str = "b", text: Any = None) -> None:
        for id_ in ("a", poisoned, "c"):
            columns = corpus.columns_of(KRUIK)
            if id_ == poisoned and text is not None:
                columns["text"] = text
            mirrored.world.change(id_, thing(**columns))
        mirrored.settle()

    return publish


def failing() -> dict[str, str]:
    return dict(Failure.objects.filter(reader="elasticsearch").values_list("key", "reason"))


@needs_elasticsearch
def test_rule_06_a_text_that_cannot_be_read_is_its_own_failure(
    mirrored: Searching, three_with_one_poisoned: Callable[..., None]
) -> None:
    three_with_one_poisoned("b", text={"title": 5, "names": [], "body": ""})
    assert mirrored.found("kruik") == ["a", "c"]
    assert failing() == {"thing:b": "text: title and body must be strings"}


@needs_elasticsearch
def test_rule_06_a_document_that_elasticsearch_refuses_is_its_own_failure(
    mirrored: Searching,
    three_with_one_poisoned: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fields_of = documents.fields_of

    def with_a_field_that_the_mapping_does_not_know(row: Row) -> documents.Fields | None:
        fields = fields_of(row)
        return fields | {"colour": "red"} if fields and row.key == "thing:b" else fields

    monkeypatch.setattr(documents, "fields_of", with_a_field_that_the_mapping_does_not_know)
    three_with_one_poisoned("b")
    assert mirrored.found("kruik") == ["a", "c"]
    assert failing().keys() == {"thing:b"}
    assert "strict_dynamic_mapping_exception" in failing()["thing:b"]


@needs_elasticsearch
@pytest.mark.parametrize("looked_at_first", [True, False])
def test_rule_06_a_key_for_which_the_whole_request_is_refused_is_its_own_failure(
    mirrored: Searching,
    three_with_one_poisoned: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    looked_at_first: bool,
) -> None:
    long = "🦴" * 150  # 600 bytes
    if not looked_at_first:
        monkeypatch.setattr(elastic_index, "LONGEST_KEY", 10_000)
    three_with_one_poisoned(long)
    assert mirrored.found("kruik") == ["a", "c"]
    assert failing().keys() == {f"thing:{long}"}


@needs_elasticsearch
def test_a_failure_is_tried_again_when_its_wait_is_over_or_somebody_asks(
    mirrored: Searching,
    three_with_one_poisoned: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as bad_times:
        bad_times.setattr(elastic_index, "LARGEST_DOCUMENT", 0)
        three_with_one_poisoned()
    assert failing().keys() == {"thing:a", "thing:b", "thing:c"}
    mirror()
    assert mirrored.found("kruik") == [], "their wait is not over"
    for id_ in "ab":
        failures.retry_now("elasticsearch", f"thing:{id_}")
    mirror()
    assert mirrored.found("kruik") == ["a", "b"]
    assert failing().keys() == {"thing:c"}


@needs_elasticsearch
def test_a_failure_ends_with_the_next_good_version(
    mirrored: Searching, three_with_one_poisoned: Callable[..., None]
) -> None:
    three_with_one_poisoned("b", text={"title": None, "names": [], "body": ""})
    mirrored.publish({"b": MATRAS})
    assert (failing(), mirrored.found("matras")) == ({}, ["b"])


@needs_elasticsearch
def test_a_failure_of_a_number_that_is_no_more_is_forgotten(mirrored: Searching) -> None:
    failures.record("elasticsearch", "thing:gone", "of another epoch", seq=7)
    failures.retry_now("elasticsearch", "thing:gone")
    mirrored.publish({"a": KRUIK})
    assert failing() == {}


@pytest.mark.parametrize(
    ("status", "kind", "verdict"),
    [
        (200, "", "done"),
        (201, "", "done"),
        (409, "version_conflict_engine_exception", "done"),
        (429, "es_rejected_execution_exception", "later"),
        (403, "cluster_block_exception", "later"),
        (400, "index_closed_exception", "later"),
        (404, "index_not_found_exception", "later"),
        (401, "security_exception", "later"),
        (500, "", "later"),
        (502, "", "later"),
        (503, "unavailable_shards_exception", "later"),
        (400, "document_parsing_exception", "refused"),
        (400, "strict_dynamic_mapping_exception", "refused"),
        (400, "illegal_argument_exception", "refused"),
        (413, "", "refused"),
    ],
)
def test_what_a_status_means_for_a_document(status: int, kind: str, verdict: str) -> None:
    assert elastic_index.judged(status, kind) == verdict


# --- two at once --------------------------------------------------------------------------


@needs_elasticsearch
@pytest.mark.django_db(transaction=True)
def test_two_readers_at_once_end_with_what_is_published(
    mirrored: Searching, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past the lease on purpose, while an editor goes on publishing and hiding."""
    monkeypatch.setattr(reader, "BATCH", 2)
    for id_, text in corpus.TEXTS.items():
        mirrored.world.change(id_, thing(**corpus.columns_of(text)))
    mirrored.world.settle()
    start = Barrier(3)

    def read() -> bool:
        try:
            start.wait()
            return all(reader.follow(head.read().epoch).finished for _ in range(4))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as workers:
        two = [workers.submit(read) for _ in range(2)]
        start.wait()
        for number, id_ in enumerate(corpus.TEXTS):
            with transaction.atomic():
                mirrored.world.things[id_] = (
                    None if number % 3 == 0 else thing(**corpus.article(f"Kruik {number}"))
                )
                touch(f"thing:{id_}")
            mirrored.world.settle()
        assert [worker.result(timeout=60) for worker in two] == [True, True]

    mirror()
    assert in_the_index() == in_the_publications()
    assert len(indexes()) == 1
    assert not Failure.objects.exists()
