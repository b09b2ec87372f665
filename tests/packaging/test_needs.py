"""Which tests a run takes, by the services that are there and by its database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
POSTGRES, REDIS = "postgres://someone@127.0.0.1:1/x", "redis://127.0.0.1:1"
SETTINGS = """
import environ
DATABASES = {"default": environ.Env().db_url(default="sqlite:///nowhere.sqlite3")}
"""
TESTS = """
import pytest

def test_thinks(): pass

@pytest.mark.django_db
def test_stores(): pass

@pytest.mark.needs("postgres")
def test_locks(): pass

@pytest.mark.needs("redis")
def test_queues(): pass

@pytest.mark.django_db
@pytest.mark.needs("postgres", "redis")
def test_everything(): pass
"""
CASES = {
    "nothing is there": ({}, "thinks stores", "locks queues everything"),
    "PostgreSQL, the run on SQLite": (
        {"TEST_POSTGRES_URL": POSTGRES},
        "thinks stores",
        "queues everything",
    ),
    "PostgreSQL, the run on PostgreSQL": (
        {"TEST_POSTGRES_URL": POSTGRES, "DATABASE_URL": POSTGRES},
        "stores locks",
        "queues everything",
    ),
    "Redis": ({"TEST_REDIS_URL": REDIS}, "thinks stores queues", "locks everything"),
    "both, the run on SQLite": (
        {"TEST_POSTGRES_URL": POSTGRES, "TEST_REDIS_URL": REDIS},
        "thinks stores queues",
        "",
    ),
    "both, the run on PostgreSQL": (
        {"TEST_POSTGRES_URL": POSTGRES, "TEST_REDIS_URL": REDIS, "DATABASE_URL": POSTGRES},
        "stores locks everything",
        "",
    ),
}


def collect(folder: Path, variables: dict[str, str]) -> tuple[set[str], set[str]]:
    """Names of the tests that would run and of those listed as not run."""
    (folder / "sample_settings.py").write_text(SETTINGS)
    (folder / "test_sample.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "--collect-only"]
    command += ["-p", "tests.conftest", "--ds", "sample_settings", folder]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line.partition("::test_")[2] for line in done.stdout.splitlines() if "::" in line]
    listed = {line.split()[0] for line in lines if " needs TEST_" in line}
    return {line for line in lines if " " not in line}, listed


@pytest.mark.parametrize("case", CASES)
def test_a_run_takes_what_it_can_and_lists_the_rest(case: str, tmp_path: Path) -> None:
    variables, runs, listed = CASES[case]
    assert collect(tmp_path, variables) == (set(runs.split()), set(listed.split()))
