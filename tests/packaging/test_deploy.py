"""A production installation passes Django's own deployment checks without a warning."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCTION = {
    "SECRET_KEY": "".join(chr(33 + number) for number in range(60)),
    "HTTPS": "true",
    "BEHIND_PROXY": "true",
    "BASE_URL": "https://cms.example.org",
    "SITE_URL": "https://www.example.org",
    "ALLOWED_HOSTS": "cms.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://cms.example.org",
}


def manage(tmp_path: Path, variables: dict[str, str], *arguments: str) -> tuple[int, str]:
    """Runs manage.py with these variables and no others of the product's."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **variables}
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


def test_check_deploy_is_clean_with_production_variables(tmp_path: Path) -> None:
    deploy = ("check", "--deploy", "--fail-level", "WARNING")
    assert manage(tmp_path, PRODUCTION, *deploy) == (
        0,
        "System check identified no issues (1 silenced).\n",  # the preview frame of the admin
    )


def test_check_deploy_finds_the_key_of_the_example(tmp_path: Path) -> None:
    example = (ROOT / ".env.example").read_text()
    key = next(line for line in example.splitlines() if line.startswith("SECRET_KEY="))
    variables = PRODUCTION | {"SECRET_KEY": key.partition("=")[2]}
    code, output = manage(tmp_path, variables, "check", "--deploy", "--fail-level", "WARNING")
    assert code == 1
    assert "security.W009" in output


@pytest.mark.parametrize("origins", ["www.example.org", "*,https://a.example", "https://a/b"])
def test_origins_that_are_none_are_refused_at_start(tmp_path: Path, origins: str) -> None:
    code, output = manage(tmp_path, PRODUCTION | {"CORS_ORIGINS": origins}, "check")
    assert code == 1
    assert "CORS_ORIGINS must be * or origins such as https://www.example.org" in output


@pytest.mark.parametrize(
    ("variables", "origins"),
    [
        ({}, ["https://www.example.org"]),
        ({"SITE_URL": "https://cms.example.org/site"}, []),
        ({"CORS_ORIGINS": "*"}, ["*"]),
    ],
)
def test_the_front_end_may_read_the_api_unless_something_else_is_set(
    tmp_path: Path, variables: dict[str, str], origins: list[str]
) -> None:
    shown = "from django.conf import settings; print(settings.CORS_ORIGINS)"
    code, output = manage(tmp_path, PRODUCTION | variables, "shell", "-v0", "-c", shown)
    assert (code, output.splitlines()[-1]) == (0, str(origins))
