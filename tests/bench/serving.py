"""GET of a page, against nginx serving the same bytes and a Django view that says hello."""

import re
import shutil
import statistics
import subprocess

from tests.bench.tables import heading, table
from tests.molds import WITH_EXAMPLE
from tests.stack import Process, Stack, eventually, free_port, http, stack

PATH = "/api/v1/content/nl/rug/lage-rugpijn"
SECONDS = 4
ROUNDS = 3
NGINX = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  open_file_cache max=100;
  keepalive_requests 1000000000;
  default_type application/json;
  client_body_temp_path {folder}/nginx-body;
  proxy_temp_path {folder}/nginx-proxy;
  fastcgi_temp_path {folder}/nginx-fastcgi;
  uwsgi_temp_path {folder}/nginx-uwsgi;
  scgi_temp_path {folder}/nginx-scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}/www; }}
}}
"""


def run(postgres: str) -> None:
    heading("GET of the back-pain page: one server core, one client core, 32 connections")
    missing = [name for name in ("wrk", "nginx", "taskset") if not program(name)]
    if missing:
        print(f"left out: {', '.join(missing)} not found (make services installs them)")
        return
    with stack(WITH_EXAMPLE, postgres=postgres) as made:
        web = made.web("web")
        pinned(web.process)
        web.start()
        page = f"{web.address}{PATH}"
        eventually(lambda: reachable(page), "the page is there")
        with http.open(page) as answer:
            body, etag = answer.read(), answer.headers["ETag"]
        servers = {
            "nginx, the same bytes": (nginx(made, body), []),
            "Django, hello": (hello(made), []),
            "this page": (page, []),
            "this page, gzip": (page, ["-H", "Accept-Encoding: gzip"]),
            "this page, unchanged (304)": (page, ["-H", f"If-None-Match: {etag}"]),
        }
        rates: dict[str, list[float]] = {name: [] for name in servers}
        for _ in range(ROUNDS):
            for name, (url, options) in servers.items():
                rates[name].append(measured(url, options))
        medians = {name: statistics.median(values) for name, values in rates.items()}
        first, second = list(medians)[:2]
        table(
            ["server", "requests/s", "× nginx", "× Django hello"],
            [
                [name, round(rate), rate / medians[first], rate / medians[second]]
                for name, rate in medians.items()
            ],
        )
        queries = made.manage("shell", "-v0", "-c", QUERIES).strip()
        print(f"{len(body):,} bytes a page; database queries of one request: {queries}")


QUERIES = f"""
from django.test.client import RequestFactory
from django.db import connection
from cms.published.replica import replica
from api.application import Application
replica.refresh()
asked = []
request = RequestFactory().get("{PATH}", HTTP_HOST="localhost")
application = Application()
def count(execute, *rest):
    asked.append(rest[0])
    return execute(*rest)
statuses = []
with connection.execute_wrapper(count):
    list(application(request.environ, lambda status, headers: statuses.append(status)))
assert statuses[0].startswith("200"), statuses
print(len(asked))
"""


def program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")


def pinned(process: Process) -> Process:
    process.command = [str(program("taskset")), "-c", "0", *process.command]
    return process


def nginx(made: Stack, body: bytes) -> str:
    port = free_port()
    www = made.folder / "www"
    www.mkdir()
    (www / "page").write_bytes(body)
    made.folder.chmod(0o755)
    configuration = made.folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=made.folder, port=port))
    process = made.process("nginx")
    process.command = [str(program("nginx")), "-c", str(configuration)]
    pinned(process).start()
    url = f"http://127.0.0.1:{port}/page"
    eventually(lambda: reachable(url), "nginx answers")
    return url


def hello(made: Stack) -> str:
    port = free_port()
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    options += ["--workers", "1", "--blocking-threads", "4", "--no-ws"]
    process = made.process("hello", "-m", "granian", *options, "tests.bench.hello:application")
    process.environment = made.environment | {"DJANGO_SETTINGS_MODULE": "tests.bench.hello"}
    pinned(process).start()
    url = f"http://127.0.0.1:{port}/"
    eventually(lambda: reachable(url), "Django says hello")
    return url


def reachable(url: str) -> bool:
    try:
        with http.open(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def measured(url: str, options: list[str]) -> float:
    """Requests a second; whatever is not an answer of the expected kind stops the run."""
    command = [str(program("taskset")), "-c", "1", "wrk", "-t1", "-c32", f"-d{SECONDS}s", *options]
    done = subprocess.run([*command, url], capture_output=True, text=True, check=True)
    assert "Non-2xx" not in done.stdout, done.stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    assert found, done.stdout
    return float(found[1])
