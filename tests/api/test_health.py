"""Health: degraded is not dead."""

import os
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from api import checks, process
from cms.published import readers
from cms.published.replica import Failed, replica
from search.engines import elastic
from tests.api.client import Client
from tests.published.world import World

LIVE, READY = "/health/live", "/health/ready"


@pytest.fixture(autouse=True)
def a_busy_machine_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only a test about what hangs gives up after a moment."""
    monkeypatch.setattr(checks, "PATIENCE", 30.0)
    monkeypatch.setattr(elastic, "ASKING", 30.0)
    elastic._client.cache_clear()
    yield
    elastic._client.cache_clear()


def test_a_process_lives_before_it_is_ready(client: Client, empty: None) -> None:
    assert client.get(LIVE).json == {"status": "live"}
    reply = client.get(READY)
    assert (reply.status, reply.problem) == (503, "starting")


@pytest.mark.parametrize("address", [LIVE, READY])
def test_a_load_balancer_may_ask_by_address(client: Client, world: World, address: str) -> None:
    assert client.get(address, headers={"Host": "10.0.0.7:8000"}).status == 200


@pytest.mark.django_db(transaction=True)
def test_a_process_with_everything_is_ready(client: Client, world: World) -> None:
    world.publish("a")
    report = client.get(READY).json
    view = replica.view()
    assert report["status"] == "ready"
    assert report["dependencies"] == {"database": "up"}
    assert report["replica"] == {
        "epoch": view.epoch,
        "seq": view.seq,
        "copied_at": None,
        "advises": True,
        "withheld": 0,
        "failing": [],
    }


@pytest.mark.django_db(transaction=True)
def test_each_reader_is_named_with_its_lag_and_web_processes_as_one(
    client: Client, world: World
) -> None:
    for id_ in ("a", "b", "c"):
        world.publish(id_)
    view = replica.view()
    readers.report("elasticsearch:things-1", view.epoch, view.seq - 2)
    readers.report("web:one:1", view.epoch, view.seq)
    readers.report("web:two:2", view.epoch, view.seq - 1)
    found = {each["name"]: each["behind"] for each in client.get(READY).json["readers"]}
    assert found == {"elasticsearch": 2, "web": 1}


def test_readers_of_another_epoch_are_all_the_way_behind(world: World) -> None:
    world.publish("a")
    view = replica.view()
    now = timezone.now()
    cursor = readers.Cursor(reader="elasticsearch", epoch=view.epoch + 1, seq=99, at=now)
    [found] = checks._summed([cursor], view, now)
    assert (found["seq"], found["behind"]) == (0, view.seq)


def test_a_dead_web_process_is_not_counted(world: World) -> None:
    now = timezone.now()
    dead = readers.Cursor(reader="web:dead:1", epoch=1, seq=0, at=now - timedelta(seconds=11))
    assert checks._summed([dead], replica.view(), now) == []


def test_a_database_that_is_away_degrades(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "database_answers", lambda: False)
    reply = client.get(READY)
    assert reply.status == 200
    assert reply.json["status"] == "degraded"
    assert reply.json["dependencies"] == {"database": "down"}


@pytest.mark.parametrize(
    ("setting", "name"), [("REDIS_URL", "redis"), ("ELASTICSEARCH_URL", "elasticsearch")]
)
def test_what_is_configured_and_does_not_answer_is_named(
    client: Client, world: World, settings: Settings, setting: str, name: str
) -> None:
    scheme = "redis" if name == "redis" else "http"
    setattr(settings, setting, f"{scheme}://127.0.0.1:9")
    report = client.get(READY).json
    assert (report["status"], report["dependencies"][name]) == ("degraded", "down")


@pytest.mark.needs("redis", "elasticsearch")
@pytest.mark.django_db(transaction=True)
def test_what_is_configured_and_answers_is_up(
    client: Client, world: World, settings: Settings
) -> None:
    settings.REDIS_URL = os.environ["TEST_REDIS_URL"]
    settings.ELASTICSEARCH_URL = os.environ["TEST_ELASTICSEARCH_URL"]
    report = client.get(READY).json
    assert report["status"] == "ready"
    assert report["dependencies"] == {"database": "up", "redis": "up", "elasticsearch": "up"}


def test_what_hangs_is_down_and_is_not_asked_twice(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs, asked = threading.Event(), []

    def look() -> bool:
        asked.append(1)
        return hangs.wait(10)

    monkeypatch.setattr(checks, "PATIENCE", 0.05)
    monkeypatch.setattr(checks, "_database", look)
    for _ in range(3):
        assert client.get(READY).json["dependencies"] == {"database": "down"}
    hangs.set()
    assert len(asked) == 1


def test_what_could_not_be_derived_is_named_without_its_message(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = Failed("ValueError: something private", tries=1, again=timezone.now())
    monkeypatch.setitem(replica._failed, "search", failed)
    reply = client.get(READY)
    assert reply.json["status"] == "degraded"
    assert reply.json["replica"]["failing"] == ["search"]
    assert b"private" not in reply.body
