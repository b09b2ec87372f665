"""Figures beside a yardstick of the same run: `make bench`.

With the variables of `make services` it uses PostgreSQL, without them SQLite. Nginx and wrk have
to be on the path for the first table. docs/benchmarks.md says how to read the tables.
"""

import os
import platform
from datetime import UTC, datetime

from tests.bench import advising, clicks, latency, scale, serving
from tests.bench.tables import heading

SECTIONS = (serving.run, advising.run, clicks.run, latency.run, scale.run)


def main() -> None:
    postgres = os.environ.get("TEST_POSTGRES_URL", "")
    database = "PostgreSQL" if postgres else "SQLite"
    heading(
        f"Herstelwijzer, {datetime.now(tz=UTC):%Y-%m-%d}: {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {database}"
    )
    for section in SECTIONS:
        section(postgres)


if __name__ == "__main__":
    main()
