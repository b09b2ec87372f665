"""What survives when processes are killed and servers go away, tried with real ones."""

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest

from tests.molds import WITH_EXAMPLE
from tests.stack import ROOT, Process, Stack, Web, eventually, http, stack

EDITORS = 6
KILLS = 20
PAGES_EACH = 3
SET_UP = """
from django.db import transaction
from wagtail.models import Page
from cms.content.models import ArticlePage, HomePage, IndexPage

home = HomePage.objects.get(locale__language_code="nl")
with transaction.atomic():
    folders = []
    for number in range(2):
        folder = IndexPage(title=f"Map {number}", slug=f"map-{number}", lead="Om te proberen.")
        home.add_child(instance=folder)
        folder.save_revision().publish()
        folders.append(folder)
    for number in range(%d):
        page = ArticlePage(title="Artikel", slug=f"proef-{number}", lead="Proef.", body="<p>x</p>")
        folders[0].add_child(instance=page)
        page.save_revision().publish()
        print(f"page:{page.pk}")
"""


@dataclass
class Editor:
    process: Process
    log: Path

    def lines(self) -> list[str]:
        text = self.log.read_text() if self.log.exists() else ""
        return [line for line in text.split("\n") if line]

    @property
    def in_flight(self) -> bool:
        lines = self.lines()
        return bool(lines) and lines[-1].startswith("begin")

    @property
    def done(self) -> int:
        return sum(line.startswith("done") for line in self.lines())


@dataclass
class Visitor:
    """Reads pages from both web processes all the time and keeps what it was answered."""

    addresses: list[str]
    paths: list[str]
    answers: dict[int, int] = field(default_factory=dict)
    refused: int = 0
    ending: Event = field(default_factory=Event)

    def run(self) -> None:
        while not self.ending.is_set():
            url = f"{random.choice(self.addresses)}/api/v1/content/nl/{random.choice(self.paths)}"
            try:
                with http.open(url, timeout=20) as answer:
                    status = answer.status
            except OSError as error:
                status = getattr(error, "code", 0)  # 0: nobody there, it was just killed
            self.answers[status] = self.answers.get(status, 0) + 1


def compare(made: Stack, webs: list[Web]) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.compare", *(web.address for web in webs)],
        env=made.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def services(*arguments: str) -> None:
    """Tried three times: two busy cores may start Elasticsearch later than `start` waits."""
    command = [str(ROOT / ".ci/services"), *arguments]
    for _ in range(2):
        if subprocess.run(command, capture_output=True).returncode == 0:
            return
    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.needs("postgres", "redis", "elasticsearch")
@pytest.mark.timeout(900)
def test_six_editors_two_web_processes_and_a_worker_are_killed_twenty_times(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """SIGKILL with writes in flight; Redis and Elasticsearch stopped and started meanwhile.

    Afterwards every reader equals a fresh rendering. During it nobody was answered 500 and no
    publish failed for another reason than that its own editor was killed.
    """
    with stack(
        WITH_EXAMPLE,
        postgres=os.environ["TEST_POSTGRES_URL"],
        redis=os.environ["TEST_REDIS_URL"],
        elasticsearch=os.environ["TEST_ELASTICSEARCH_URL"],
    ) as made:
        keys = made.manage("shell", "-v0", "-c", SET_UP % (EDITORS * PAGES_EACH)).split()
        webs = [made.web("web-1"), made.web("web-2")]
        editors = [
            Editor(
                made.process(
                    f"editor-{number}",
                    "-m",
                    "tests.integration.editor",
                    str(made.folder / f"said-{number}"),
                    *keys[number * PAGES_EACH : (number + 1) * PAGES_EACH],
                ),
                made.folder / f"said-{number}",
            )
            for number in range(EDITORS)
        ]
        worker, beat = made.worker(), made.beat()
        for web in webs:
            web.start()
        for process in (worker, beat, *(editor.process for editor in editors)):
            process.start()
        for editor in editors:
            eventually(lambda editor=editor: editor.done > 0, f"{editor.process.name} works")
        paths = [f"map-{n % 2}/proef-{n}" for n in range(len(keys))] + ["", "rug/lage-rugpijn"]
        visitor = Visitor([web.address for web in webs], paths)
        visiting = Thread(target=visitor.run)
        visiting.start()
        try:
            unanswered = kill_twenty_times(editors, webs, worker)
        finally:
            services("start")
            for editor in editors:
                editor.process.kill()
            visitor.ending.set()
            visiting.join()

        for web in webs:
            eventually(web.ready, f"{web.process.name} is back")
        found: dict = {}

        def equal() -> bool:
            found.update(compare(made, webs))
            return not found["waiting"] and not found["differences"]

        try:
            eventually(equal, "all readers are equal", patience=120)
        except AssertionError:
            pytest.fail("\n".join([f"{found['waiting']} touches wait", *found["differences"]]))
        acknowledged = sum(editor.done for editor in editors)
        logs = "".join(editor.process.log for editor in editors)
        crashed = [web.process.name for web in webs if "Traceback" in web.process.log]

    with capsys.disabled():
        print(f"\n{KILLS} kills; writes nobody was told of at each: {unanswered}")
        print(f"changes acknowledged: {acknowledged}")
        print(f"answers to visitors by status (0: just killed): {visitor.answers}")
    assert "Traceback" not in logs, logs
    assert crashed == []
    assert sum(unanswered) > 0, "no write was in flight at any kill: this run proves nothing"
    assert not [status for status in visitor.answers if status >= 500 and status != 503]


def kill_twenty_times(editors: list[Editor], webs: list[Web], worker: Process) -> list[int]:
    """The number of writes under way at each kill."""
    unanswered = []
    for kill in range(KILLS):
        if kill == KILLS // 4:
            services("halt", "elasticsearch")
            services("halt", "redis")
        if kill == KILLS * 3 // 4:
            services("start")
        sleep(random.uniform(0.3, 1.0))
        eventually(lambda: any(editor.in_flight for editor in editors), "a write is under way")
        unanswered.append(sum(editor.in_flight for editor in editors))
        editor = random.choice([e for e in editors if e.in_flight] or editors)
        web = random.choice(webs)
        victim = [editor.process, web.process, editor.process, worker][kill % 4]
        victim.kill()
        victim.start()
        if victim is web.process:
            web.wait()
    return unanswered
