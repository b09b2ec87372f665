"""The ledger: each click once, never changed, deleted by retention only (law 5)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone
from pytest_django import Settings

from cms.affiliate import drain as module
from cms.affiliate import retention
from cms.affiliate.drain import Drain, line_of
from cms.affiliate.models import Click, Forgotten
from cms.affiliate.spool import Spool
from cms.published import failures
from cms.published.models import Failure

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 10, 30, 15, 123456, tzinfo=UTC)
LEAST = {
    "click_id": "0" * 32,
    "link": 12,
    "link_key": "link:12",
    "product": "6f1f7a52-6c0e-5b0c-9b0b-0c1d3a3e5a21",
    "partner": 3,
    "partner_name": "Slaapwinkel",
    "placement": "advice",
    "signed": True,
    "verdict": "",
}


def click(number: int, at: datetime = AT, **said: Any) -> bytes:
    return line_of(LEAST | {"click_id": f"{number:032x}"} | said, at)


def kept(*lines: bytes) -> None:
    module.insert([line + b"\n" for line in lines])


@pytest.fixture
def drain(spool: Spool) -> Drain:
    return Drain(spool)


def moved(drain: Drain) -> None:
    drain.spool.sync()
    drain.run()


def test_a_click_comes_into_the_ledger_as_it_was_written(drain: Drain) -> None:
    drain.spool.write(click(1))
    moved(drain)

    stored = Click.objects.values().get()
    assert stored == LEAST | {"click_id": f"{1:032x}", "at": AT}


@pytest.mark.parametrize(
    "at", [AT, AT.replace(microsecond=0), AT.astimezone(timezone.get_current_timezone())]
)
def test_the_moment_is_the_same_whoever_reads_it(drain: Drain, at: datetime) -> None:
    drain.spool.write(click(1, at))
    moved(drain)
    assert Click.objects.filter(at=at).count() == 1
    assert Click.objects.filter(at__gt=at - timedelta(seconds=1), at__lte=at).count() == 1


def test_a_file_that_is_read_again_adds_nothing(drain: Drain) -> None:
    """Its process died after the commit and before the file was taken away."""
    kept(click(1), click(2))
    for number in (1, 2, 3):
        drain.spool.write(click(number))
    moved(drain)
    assert Click.objects.count() == 3
    assert not Failure.objects.exists()


def test_more_clicks_than_one_batch_come_whole(
    drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 7)
    for number in range(50):
        drain.spool.write(click(number))
    moved(drain)
    assert Click.objects.count() == 50


def test_the_same_click_twice_in_one_file_is_one_row(drain: Drain) -> None:
    drain.spool.write(click(1))
    drain.spool.write(click(1))
    moved(drain)
    assert Click.objects.count() == 1


def test_a_click_cut_off_by_a_crash_was_never_acknowledged_and_is_counted(drain: Drain) -> None:
    drain.spool.write(click(1))
    [path] = drain.spool.folder.glob("*.clicks")
    with path.open("ab") as file:
        file.write(click(2)[:40])
    moved(drain)

    assert Click.objects.count() == 1
    assert drain.torn == 1
    assert not Failure.objects.exists()


@contextmanager
def database_away() -> Iterator[None]:
    def refuse(*_: Any) -> None:
        raise OperationalError("the database does not answer")

    with connection.execute_wrapper(refuse):
        yield


def test_while_the_database_is_away_the_spool_grows_and_waits(drain: Drain) -> None:
    drain.spool.write(click(1))
    drain.spool.sync()
    with database_away():
        for number in (2, 3):
            with pytest.raises(OperationalError):
                drain.run()
            drain.spool.write(click(number))
            drain.spool.sync()

    moved(drain)
    moved(drain)
    assert Click.objects.count() == 3
    assert not Failure.objects.exists()


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"[]",
        b'"text"',
        b"{}",
        b"\xff\xfe",
        click(1, link="twelve"),
        click(1, signed=1),
        click(1, click_id=7),
        click(1, partner_name=None),
        click(1, placement="newsletter"),
        click(1, verdict="angry"),
        click(1, signed=False, placement="advice"),
        click(1, click_id=""),
        orjson.dumps(LEAST | {"at": "yesterday"}),
        orjson.dumps({name: value for name, value in LEAST.items() if name != "link"} | {"at": AT}),
    ],
)
def test_what_the_ledger_will_not_have_is_kept_as_a_failure(drain: Drain, line: bytes) -> None:
    for each in (click(10), line, click(11)):
        drain.spool.write(each)
    moved(drain)

    assert {found.click_id for found in Click.objects.all()} == {f"{n:032x}" for n in (10, 11)}
    failure = Failure.objects.get(reader="clicks")
    assert line.decode(errors="backslashreplace") in failure.reason


def test_two_bad_lines_are_two_failures(drain: Drain) -> None:
    drain.spool.write(b"one")
    drain.spool.write(b"two")
    moved(drain)
    assert Failure.objects.count() == 2


def test_a_failure_is_tried_again_and_becomes_a_click(
    drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a fix of the program that refused it."""
    with monkeypatch.context() as broken:
        broken.setattr(module, "KINDS", module.KINDS | {"link": str})
        drain.spool.write(click(1))
        moved(drain)
    failure = Failure.objects.get()
    drain.run()
    assert not Click.objects.exists()

    failures.retry_now("clicks", failure.key)
    drain.run()

    assert Click.objects.get().click_id == f"{1:032x}"
    assert not Failure.objects.exists()


def test_a_failure_that_is_still_wrong_stays_one(drain: Drain) -> None:
    drain.spool.write(b"nonsense")
    moved(drain)
    for tries in (2, 3):
        failures.retry_now("clicks", Failure.objects.get().key)
        drain.run()
        assert Failure.objects.get().tries == tries
    assert Failure.objects.get().reason.endswith("\nline: nonsense")


# --- the guard -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", timezone.now()),
        ("link", 13),
        ("link_key", "link:13"),
        ("product", "another"),
        ("partner", 4),
        ("partner_name", "Another"),
        ("placement", "product"),
        ("signed", False),
        ("verdict", "bot"),
    ],
)
def test_the_database_refuses_to_change_a_click(column: str, value: Any) -> None:
    kept(click(1))
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Click.objects.update(**{column: value})


@pytest.mark.parametrize("field", Click._meta.concrete_fields, ids=lambda field: field.name)
def test_it_refuses_even_what_would_change_nothing(field: Any) -> None:
    """A column that is added later is guarded too."""
    kept(click(1))
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Click.objects.update(**{field.name: F(field.name)})


def test_the_database_refuses_to_delete_a_click() -> None:
    kept(click(1))
    with pytest.raises(IntegrityError, match="by retention only"), transaction.atomic():
        Click.objects.all().delete()
    with (
        pytest.raises(IntegrityError, match="by retention only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM affiliate_click")
    assert Click.objects.count() == 1


def test_an_insert_over_a_click_changes_nothing() -> None:
    kept(click(1))
    kept(click(1, partner_name="Another"))
    assert Click.objects.get().partner_name == "Slaapwinkel"


def test_retention_deletes_what_is_old_and_says_up_to_when(settings: Settings) -> None:
    now = timezone.now()
    days = timedelta(days=settings.CLICK_DAYS)
    second = timedelta(seconds=1)
    for number, at in enumerate((now - days - second, now - days + second * 60, now)):
        kept(click(number, at))

    assert retention.forget() == 1

    assert Click.objects.count() == 2
    assert abs(Forgotten.objects.get().before - (now - days)) < second * 10
    with pytest.raises(IntegrityError, match="by retention only"), transaction.atomic():
        Click.objects.all().delete()


def test_retention_works_once_a_day() -> None:
    retention.forget_daily()
    retention.forget_daily()
    assert Forgotten.objects.count() == 1

    Forgotten.objects.update(at=timezone.now() - timedelta(days=1, seconds=1))
    retention.forget_daily()
    assert Forgotten.objects.count() == 2


# --- law 2 ---------------------------------------------------------------------------------


def test_the_ledger_has_no_column_for_anything_about_a_visitor() -> None:
    """A column that is added later has to be argued for here."""
    assert {field.name for field in Click._meta.concrete_fields} == {
        "click_id",
        "at",
        "link",
        "link_key",
        "product",
        "partner",
        "partner_name",
        "placement",
        "signed",
        "verdict",
    }
    assert not [field for field in Click._meta.get_fields() if field.is_relation]
