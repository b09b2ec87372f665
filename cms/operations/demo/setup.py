"""The example from nothing: tables, content, screening, rules, an editor, static files.

Every step may run again on what is there already, so an interrupted set-up just starts again.
"""

import io
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command

from cms.published import work

EDITOR = "editor"


def steps() -> Iterable[tuple[str, Callable[[], None]]]:
    example = settings.EXAMPLES_DIR / "lage-rugpijn"
    return (
        ("tables", lambda: _command("migrate", interactive=False, verbosity=0)),
        ("content", lambda: _command("load_demo")),
        ("screening", lambda: _command("freeze_screening", str(example / "screening.yaml"))),
        ("rules of advice", lambda: _command("publish_rules", str(example / "rules.yaml"))),
        ("publications", publish),
        ("editor", make_editor),
        ("static files", lambda: _command("collectstatic", interactive=False, verbosity=0)),
    )


def _command(*arguments: str, **options: Any) -> None:
    """Quietly: what went wrong comes as an exception."""
    call_command(*arguments, **options, stdout=io.StringIO())


def publish() -> None:
    _command("release", verbosity=0)
    work.number_all()


def make_editor() -> None:
    """A superuser: in the example there is nobody to give an editor more rights later."""
    users = get_user_model()
    editor = users.objects.filter(username=EDITOR).first() or users(username=EDITOR)
    editor.is_staff = editor.is_superuser = True
    editor.set_password(password())
    editor.save()


def password() -> str:
    """Generated once and kept beside the data, readable by the owner of the files only."""
    path: Path = settings.DATA_DIR / "editor-password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9))
    return path.read_text()
