"""`make demo`: set up once, quick afterwards, and nothing stays behind."""

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cms.operations.demo import stamp, website
from cms.operations.management.commands.demo import port_of
from tests.example_site import two_free_ports

ROOT = Path(__file__).parents[2]


class Demo:
    """One start of the demo, as the Makefile does it, with data in a folder of the test."""

    def __init__(self, data: Path, port: int | str) -> None:
        variables = {"DEMO": "true", "DATA_DIR": str(data), "BASE_URL": f"http://localhost:{port}"}
        self.output = ""
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def read_until(self, words: str) -> str:
        assert self.process.stdout
        for line in self.process.stdout:
            self.output += line
            if words in line:
                break
        return self.output

    def worker(self) -> int:
        (child,) = [pid for pid in children(self.process.pid) if not is_website(pid)]
        return child

    def website(self) -> list[int]:
        """Its server and the process that the server has."""
        (server,) = [pid for pid in children(self.process.pid) if is_website(pid)]
        return [server, *children(server)]

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        code = self.process.wait(timeout=60)
        self.output += self.process.stdout.read() if self.process.stdout else ""
        return code


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_website(pid: int) -> bool:
    return b"examples.website" in Path(f"/proc/{pid}/cmdline").read_bytes()


@contextmanager
def demo(data: Path, port: int | str) -> Iterator[Demo]:
    started = Demo(data, port)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.process.kill()
        started.process.wait()
        if started.process.stdout:
            started.process.stdout.close()


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def goes(pid: int, seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while not is_gone(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return is_gone(pid)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that was set up once, with what its terminal showed."""
    folder = tmp_path_factory.mktemp("demo")
    port = two_free_ports()
    with demo(folder, port) as first:
        (folder / "shown").write_text(first.read_until("Ctrl-C"))
        assert "Ctrl-C" in first.output, first.output
        (folder / "answer").write_bytes(try_the_curl(first.output))
        first.end(signal.SIGINT)
    return folder


def try_the_curl(shown: str) -> bytes:
    """Does what the printed command would do."""
    command = re.search(r"curl .*?'$", shown, re.DOTALL | re.MULTILINE)
    assert command, shown
    words = shlex.split(command[0].replace("\\\n", " "))
    address = next(word for word in words if word.startswith("http"))
    body = words[words.index("-d") + 1].encode()
    target = urlsplit(address)
    with closing(HTTPConnection(target.hostname or "", target.port, timeout=10)) as connection:
        connection.request("POST", target.path, body, {"Content-Type": "application/json"})
        return connection.getresponse().read()


def test_it_shows_the_addresses_the_login_and_a_command_to_try(data: Path) -> None:
    shown = (data / "shown").read_text()
    password = (data / "editor-password").read_text()
    for wanted in ("/admin/", "/api/docs/", "/api/v1/content/nl/", "/health/ready", password):
        assert wanted in shown


def test_the_command_answers_with_advice_for_nine_weeks_of_pain_and_bad_sleep(data: Path) -> None:
    advice = json.loads((data / "answer").read_text())
    assert (advice["type"], advice["outcome"]["profile"]) == ("advice", 2)
    assert "sleep" in advice["outcome"]["factors"]
    assert "articles" in [slot["slot"] for slot in advice["slots"] if slot["items"]]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_later_start_sets_nothing_up_and_ends_cleanly(data: Path, how: signal.Signals) -> None:
    with demo(data, two_free_ports()) as later:
        assert "Sets up" not in later.read_until("Ctrl-C")
        processes = [later.worker(), *later.website()]
        assert later.end(how) == 0
        assert [pid for pid in processes if not goes(pid)] == []


def test_nothing_stays_when_the_demo_is_killed(data: Path) -> None:
    with demo(data, two_free_ports()) as killed:
        killed.read_until("Ctrl-C")
        processes = [killed.worker(), *killed.website()]
        killed.process.kill()
        assert [pid for pid in processes if not goes(pid)] == []


def test_it_ends_with_one_line_when_its_worker_is_killed(data: Path) -> None:
    with demo(data, two_free_ports()) as widowed:
        widowed.read_until("Ctrl-C")
        os.kill(widowed.worker(), signal.SIGKILL)
        assert widowed.process.wait(timeout=60) == 1
        assert "The server ended by itself" in widowed.read_until("CommandError")


@pytest.mark.parametrize("taken", [0, 1], ids=["of the service", "of the website"])
def test_a_port_in_use_is_one_clear_line(tmp_path: Path, taken: int) -> None:
    port = two_free_ports()
    with (
        socket.create_server(("127.0.0.1", port + taken)),
        demo(tmp_path, port) as refused,
    ):
        assert refused.process.wait(timeout=60) == 1
        (line,) = refused.read_until("never said").splitlines()
    assert f"Port {port + taken} cannot be used (Address already in use)" in line


def test_the_website_shows_the_first_page_as_soon_as_its_address_is_printed(data: Path) -> None:
    with demo(data, two_free_ports()) as started:
        shown = re.search(r"website +(http://\S+)", started.read_until("Ctrl-C"))
        assert shown
        target = urlsplit(shown[1])
        with closing(HTTPConnection(target.hostname or "", target.port, timeout=10)) as visitor:
            visitor.request("GET", "/nl")
            answer = visitor.getresponse()
            assert (answer.status, b"Herstelwijzer" in answer.read()) == (200, True)


@pytest.mark.parametrize(
    ("base", "site", "ours"),
    [
        ("http://localhost:8000", "http://localhost:8001", True),
        ("http://localhost:8000", "http://localhost:3000", False),
        ("http://localhost:8000", "http://elsewhere.example:8001", False),
        ("http://localhost:8000", "http://localhost:8000", False),
        ("http://localhost", "http://localhost", False),
    ],
)
def test_a_front_end_of_somebody_else_keeps_its_place(base: str, site: str, ours: bool) -> None:
    assert website.is_ours(base, site) is ours


PORTS = {
    "http://localhost:8000": 8000,
    "http://localhost": 80,
    "http://localhost:0": 0,
    "http://localhost:abc": 0,
    "http://localhost:70000": 0,
}


@pytest.mark.parametrize("address", PORTS)
def test_an_address_without_a_usable_port_has_port_0(address: str) -> None:
    assert port_of(address) == PORTS[address]


def test_a_port_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    with demo(tmp_path, "abc") as refused:
        assert refused.process.wait(timeout=60) == 1
        (line,) = refused.read_until("never said").splitlines()
    assert "a number from 1 to 65535" in line


def example_repository(folder: Path) -> Path:
    for name in stamp.MADE_FROM:
        path = folder / name / "made.py" if "." not in name else folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder


@pytest.mark.parametrize("name", stamp.MADE_FROM)
def test_the_stamp_changes_with_whatever_the_example_is_made_from(
    name: str, tmp_path: Path
) -> None:
    before = stamp.fingerprint(example_repository(tmp_path))
    path = tmp_path / name if "." in name else tmp_path / name / "made.py"
    path.write_text("something else")
    assert stamp.fingerprint(tmp_path) != before


def test_the_stamp_ignores_what_python_leaves_behind(tmp_path: Path) -> None:
    before = stamp.fingerprint(example_repository(tmp_path))
    (tmp_path / "cms" / "__pycache__").mkdir()
    (tmp_path / "cms" / "__pycache__" / "made.pyc").write_bytes(b"x")
    assert stamp.fingerprint(tmp_path) == before
