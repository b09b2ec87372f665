"""manage.py freeze_screening: from a YAML file to a version, with every fault named."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from pytest_django import Settings

from cms.published.models import Publication
from cms.screening.models import FrozenVersion
from tests.screening.conftest import Desk


def freeze(*arguments: Any, **options: Any) -> str:
    out = StringIO()
    call_command("freeze_screening", *arguments, stdout=out, **options)
    return out.getvalue()


def test_a_file_is_frozen_and_published_at_once(desk: Desk, file: Path) -> None:
    assert "Frozen: lage-rugpijn@3" in freeze(file)
    assert Publication.objects.get(key="screening:lage-rugpijn@3").state == "live"


def test_a_second_time_says_that_nothing_changed(desk: Desk, file: Path) -> None:
    freeze(file)

    assert "unchanged" in freeze(file)
    assert FrozenVersion.objects.count() == 1


def test_withdrawing_by_name(desk: Desk, file: Path) -> None:
    freeze(file)

    assert "Withdrawn: lage-rugpijn@3" in freeze(withdraw="lage-rugpijn@3", why="a mistake")

    version = FrozenVersion.objects.get()
    assert version.withdrawn_at == version.withdrawal.at
    assert (version.withdrawal.by, version.withdrawal.why) == ("the command line", "a mistake")


def test_withdrawing_asks_why(desk: Desk, file: Path) -> None:
    freeze(file)

    with pytest.raises(CommandError, match="why"):
        freeze(withdraw="lage-rugpijn@3")
    assert FrozenVersion.objects.get().withdrawn_at is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text + "\nslug: again\n", "duplicate key"),
        (lambda text: text.replace("slug:", "slug: [", 1), "is not right"),
        (lambda text: text.replace("kind: yes_no", "kind: yesno", 1), "/questions/0/kind"),
        (lambda text: text.replace("below: 42", "below: 41", 1), "gap"),
        (lambda text: "!!python/object:os.system {}", "is not right"),
        (lambda text: text.replace('on: "2026-11-01"', "on: 2026-11-01", 1), "/review/on"),
    ],
)
def test_a_file_that_is_not_right_is_refused_and_the_fault_named(
    desk: Desk, file: Path, tmp_path: Path, change: Callable[[str], str], says: str
) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(change(file.read_text()))

    with pytest.raises(CommandError, match=says):
        freeze(wrong)
    assert not FrozenVersion.objects.exists()


def test_every_fault_of_a_file_is_named_at_once(desk: Desk, file: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    text = file.read_text().replace("colour: red", "colour: pink", 1)
    wrong.write_text(text.replace("promised_seconds: 60", "promised_seconds: 5"))

    with pytest.raises(CommandError) as error:
        freeze(wrong)
    assert "/flags/0/colour" in str(error.value)
    assert "/promised_seconds" in str(error.value)


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        ([], {}, "Give a file"),
        ([Path("no-such-file.yaml")], {}, "cannot be read"),
        ([], {"withdraw": "lage-rugpijn"}, "such as lage-rugpijn@1"),
        ([], {"withdraw": "knie@1", "why": "a mistake"}, "does not exist"),
    ],
)
def test_what_cannot_be_done_is_said(
    desk: Desk, arguments: list[Any], options: dict[str, Any], says: str
) -> None:
    with pytest.raises(CommandError, match=says):
        freeze(*arguments, **options)


@pytest.mark.parametrize(("demo", "found"), [(False, ["screening.E001"]), (True, [])])
def test_the_deploy_check_refuses_a_screening_that_nobody_reviewed(
    desk: Desk, file: Path, settings: Settings, demo: bool, found: list[str]
) -> None:
    freeze(file)
    settings.DEMO = demo

    ids = [message.id for message in run_checks(include_deployment_checks=True)]

    assert [id_ for id_ in ids if str(id_).startswith("screening.")] == found


def test_a_withdrawn_screening_is_no_reason_to_refuse_a_deploy(
    desk: Desk, file: Path, settings: Settings
) -> None:
    freeze(file)
    freeze(withdraw="lage-rugpijn@3", why="a mistake")
    settings.DEMO = False

    ids = [message.id for message in run_checks(include_deployment_checks=True)]

    assert "screening.E001" not in ids
