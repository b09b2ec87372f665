"""The threads belong to the process that started them."""

from collections.abc import Iterator

import pytest

from api import process
from cms.published.replica import NotReady, replica
from cms.published.view import View


class Threads:
    started = 0

    def __init__(self, *arguments: object) -> None:
        self.database = True

    def start(self) -> None:
        Threads.started += 1


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """What would be called in a forked child."""
    hooks: list[object] = []
    monkeypatch.setattr(process, "Threads", Threads)
    monkeypatch.setattr(process.os, "register_at_fork", lambda after_in_child: hooks.append(1))
    monkeypatch.setattr(process.click_threads, "start", lambda: None)
    monkeypatch.setattr(Threads, "started", 0)
    yield hooks
    process._forget()


def test_they_start_once(forks: list[object]) -> None:
    process.start()
    process.start()
    assert Threads.started == 1
    assert len(forks) == 1
    assert process.database_answers() is True


def test_a_child_forked_later_is_never_ready(forks: list[object]) -> None:
    process.start()
    replica.start_from(View(epoch=1))
    process._forget()
    with pytest.raises(NotReady):
        replica.view()
    assert process.database_answers() is None
