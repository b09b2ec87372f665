"""1,000 and 10,000 pages: rendering all of them, starting a process, its memory."""

import json
import os
from pathlib import Path
from time import monotonic

from tests.bench.tables import heading, table
from tests.stack import Web, stack

SIZES = (1000, 10_000)
FILL = """
import json
from time import monotonic
from django.conf import settings
from django.db import transaction
from wagtail.signal_handlers import disable_reference_index_auto_update
from cms.content.models import ArticlePage, HomePage, IndexPage
from cms.published import registry, work
from cms.published.models import Publication
from cms.published.replica import Replica
from cms.published.touches import touch_all

home = HomePage.objects.get(locale__language_code="nl")
paragraph = "<p>" + "Blijven bewegen helpt je rug om te herstellen. " * 20 + "</p>"
with transaction.atomic(), disable_reference_index_auto_update():
    for number in range({size}):
        if number % 100 == 0:  # as an editor would have it; Wagtail compares the slugs in a folder
            folder = IndexPage(title=f"Map {{number}}", slug=f"map-{{number}}", lead="Veel.")
            home.add_child(instance=folder)
        folder.add_child(instance=ArticlePage(
            title=f"Artikel {{number}}", slug=f"artikel-{{number}}", lead="Een artikel.",
            body=f"<h2>Kop {{number}}</h2>" + paragraph * 10,
        ))
began = monotonic()
work.number_all()
rendering = monotonic() - began
with transaction.atomic():
    touch_all(list(registry.every_key()), bulk=True)
began = monotonic()
work.number_all()
again = monotonic() - began
began = monotonic()
Replica().refresh()
loading = monotonic() - began
body = bytes(Publication.objects.filter(kind="article").order_by("-seq").first().body)
print(json.dumps([Publication.objects.count(), len(body), rendering, again, loading]))
"""


def run(postgres: str) -> None:
    heading("Many pages: rendering them all (one process), and starting a web process")
    rows = []
    for size in SIZES:
        with stack(postgres=postgres, REPLICA_COPY="false") as made:
            made.manage("release", "-v0")
            made.manage("load_demo")
            filled = made.manage("shell", "-v0", "-c", FILL.format(size=size), timeout=1800)
            count, length, rendering, again, loading = json.loads(filled.splitlines()[-1])
            web = made.web("web")
            began = monotonic()
            web.start()
            ready = monotonic() - began
            memory = resident(web)
        rows.append(
            [
                f"{count:,} × {length:,} bytes",
                rendering,
                1000 * rendering / count,
                again,
                loading,
                ready,
                round(memory / 2**20),
            ]
        )
    table(
        [
            "publications",
            "render s",
            "ms each",
            "unchanged s",
            "load s",
            "ready s",
            "MB of the process",
        ],
        rows,
    )
    print("ready: from starting the server until /health/ready answers 200, imports included")


def resident(web: Web) -> int:
    """Bytes of memory of the server's worker, the largest process of its group."""
    assert web.process.running is not None
    group = web.process.running.pid
    sizes = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                if os.getpgid(int(entry.name)) == group:
                    pages = int((entry / "statm").read_text().split()[1])
                    sizes.append(pages * os.sysconf("SC_PAGE_SIZE"))
            except ProcessLookupError:
                continue
    return max(sizes)
