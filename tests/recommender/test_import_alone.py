"""The brain works where no framework is installed."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys

for name in ("django", "wagtail", "rest_framework", "celery", "redis"):
    sys.modules[name] = None  # importing it fails

import recommender
from tests.recommender import builders

screening = recommender.compile_screening(builders.definition())
print(recommender.evaluate(screening, {"numb": True}).outcome.urgency)
"""


def test_it_compiles_and_evaluates_with_every_framework_blocked() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (ran.returncode, ran.stdout.strip()) == (0, "emergency_now"), ran.stderr
