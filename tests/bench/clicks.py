"""GET /go with the click written, synced and moved into the ledger, against a bare redirect of the
same server: the same process, the same short stack of middleware."""

import statistics

from tests.bench.serving import measured, pinned, program
from tests.bench.tables import heading, table
from tests.integration.test_clicks import BROWSER, LINK, kept, leads_on, spooled
from tests.molds import WITH_EXAMPLE
from tests.stack import eventually, stack

ROUNDS = 5


def run(postgres: str) -> None:
    heading("Redirects: one server core, one client core, 32 connections")
    missing = [name for name in ("wrk", "taskset") if not program(name)]
    if missing:
        print(f"left out: {', '.join(missing)} not found (make services installs them)")
        return
    with stack(WITH_EXAMPLE, postgres=postgres) as made:
        token = made.manage("shell", "-v0", "-c", LINK).split()[0]
        web = made.web("web")
        web.process.command[-1] = "tests.bench.counted:application"
        pinned(web.process)
        web.start()
        eventually(lambda: leads_on(web, token), "the link is live")
        servers = {
            "bare redirect": f"{web.address}/go/bare/{token}",
            "/go, counted": f"{web.address}/go/{token}",
        }
        rates: dict[str, list[float]] = {name: [] for name in servers}
        for _ in range(ROUNDS):
            for name, url in servers.items():
                eventually(lambda: spooled(made) == 0, "every click is in the ledger")
                rates[name].append(measured(url, ["-H", f"User-Agent: {BROWSER}"]))
        clicks = len(kept(made))
    medians = {name: statistics.median(values) for name, values in rates.items()}
    first = next(iter(medians))
    table(
        ["answer", "requests/s", "× bare redirect"],
        [[name, round(rate), rate / medians[first]] for name, rate in medians.items()],
    )
    print(f"{clicks:,} clicks in the ledger")
