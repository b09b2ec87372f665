"""1,000 and 10,000 pages: rendering all of them, starting a process, its memory."""

import json
import os
from pathlib import Path
from time import monotonic

from tests.bench.tables import heading, table
from tests.molds import WITH_EXAMPLE
from tests.stack import Web, stack

SIZES = (1000, 10_000)
MEASURE = """
import json
from time import monotonic
from cms.published import work
from cms.published.models import Publication
from cms.published.replica import Replica
from tests.bench.fill import fill

fill({size})
began = monotonic()
work.number_all()
rendering = monotonic() - began
began = monotonic()
Replica().refresh()
loading = monotonic() - began
newest = Publication.objects.filter(kind="article").order_by("-seq").first()
print(json.dumps([Publication.objects.count(), len(newest.body), rendering, loading]))
"""


def run(postgres: str) -> None:
    heading("Many pages: rendering them all (one process), and starting a web process")
    rows = []
    for size in SIZES:
        with stack(WITH_EXAMPLE, postgres=postgres, REPLICA_COPY="false") as made:
            made.manage("shell", "-v0", "-c", "from cms.published import work; work.number_all()")
            said = made.manage("shell", "-v0", "-c", MEASURE.format(size=size), timeout=3600)
            count, length, rendering, loading = json.loads(said.splitlines()[-1])
            web = made.web("web")
            began = monotonic()
            web.start()
            ready = monotonic() - began
            memory = resident(web)
        rows.append(
            [
                f"{count:,} × {length:,} bytes",
                rendering,
                1000 * rendering / size,
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
