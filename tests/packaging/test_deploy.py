"""A production installation passes Django's own deployment checks without a warning."""

import os
import subprocess
import sys
from pathlib import Path

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
