"""A hide passes everything else. How fast is in docs/benchmarks.md; here it has to arrive."""

import os

import pytest

from tests.integration import hides

READERS = {
    "web process 1",
    "web process 2",
    "feed",
    "embedded index",
    "Elasticsearch",
    "search through Elasticsearch",
    "advice of web process 1",
    "advice of web process 2",
}


@pytest.mark.needs("postgres", "redis", "elasticsearch")
@pytest.mark.timeout(600)
def test_a_hide_reaches_every_reader_while_a_renderer_hangs_and_a_long_import_runs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = hides.measure(
        os.environ["TEST_POSTGRES_URL"],
        os.environ["TEST_REDIS_URL"],
        os.environ["TEST_ELASTICSEARCH_URL"],
    )

    with capsys.disabled():
        print("\nseconds from the commit of a hide until a reader no longer shows it:")
        for name, seconds in sorted(found["seconds"].items(), key=lambda row: row[1]):
            print(f"  {seconds:6.2f}  {name}")
    assert found["import still running"]
    assert found["rendering stuck"]
    assert set(found["seconds"]) == READERS, f"one shows it after {hides.PATIENCE} s"
