"""A frozen version is never changed, only superseded; withdrawn, it stays readable."""

from typing import Any

import orjson
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from cms.published import compose, registry, stops
from cms.published.numbering import columns_of
from cms.published.replica import replica
from cms.published.touches import touch
from cms.published.view import View
from cms.screening import run
from cms.screening.freeze import AlreadyFrozen, NoSuchVersion, freeze, withdraw
from cms.screening.models import FrozenVersion, Withdrawal
from recommender import DefinitionError, InProgress, Screening, Stopped, compile_screening
from tests.screening.conftest import Desk

Definition = dict[str, Any]


def numbered(definition: Definition, version: int, **changes: Any) -> Definition:
    return {**definition, "version": version, **changes}


def body(view: View, name: str) -> dict[str, Any]:
    page = compose.page(view, f"screening:{name}", timezone.now())
    assert page is not None
    found: dict[str, Any] = orjson.loads(page.body)
    return found


def test_freezing_goes_through_the_compile_step(desk: Desk, definition: Definition) -> None:
    del definition["safety_net"]

    with pytest.raises(DefinitionError):
        freeze(definition)

    assert not FrozenVersion.objects.exists()


def test_the_hash_is_that_of_the_compiled_screening(desk: Desk, definition: Definition) -> None:
    version, new = freeze(definition)

    assert new
    assert version.hash == compile_screening(definition).hash
    assert run.screening(desk.view(), "lage-rugpijn", timezone.now()).hash == version.hash


def test_freezing_the_same_again_changes_nothing(desk: Desk, definition: Definition) -> None:
    first, _ = freeze(definition)
    again, new = freeze(definition)

    assert (again.pk, new) == (first.pk, False)


@pytest.mark.parametrize("taken", [2, 1])
def test_other_content_needs_a_higher_number(
    desk: Desk, definition: Definition, taken: int
) -> None:
    freeze(numbered(definition, 2))

    with pytest.raises(AlreadyFrozen, match="version 3"):
        freeze(numbered(definition, taken, title={"nl": "Iets anders", "en": "Other"}))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("slug", "other"),
        ("version", F("version") + 1),
        ("definition", {}),
        ("hash", "0" * 64),
        ("created_at", timezone.now()),
    ],
)
def test_the_database_refuses_to_change_a_frozen_column(
    desk: Desk, definition: Definition, column: str, value: Any
) -> None:
    """Law 5, on SQLite and PostgreSQL alike, whichever way the change comes."""
    freeze(definition)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        FrozenVersion.objects.update(**{column: value})


def test_the_database_refuses_it_to_plain_sql_too(desk: Desk, definition: Definition) -> None:
    freeze(definition)

    with (
        pytest.raises(IntegrityError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE screening_frozenversion SET hash = 'x'")


def test_every_column_but_the_withdrawal_is_frozen(desk: Desk) -> None:
    """A column that is added later has to choose its side here."""
    columns = {field.column for field in FrozenVersion._meta.concrete_fields}

    assert columns - {"id", "withdrawn_at"} == {
        "slug",
        "version",
        "definition",
        "hash",
        "created_at",
    }


def test_a_version_can_be_read_whole(desk: Desk, definition: Definition) -> None:
    version, _ = freeze(definition)

    said = body(desk.view(), "lage-rugpijn@1")

    assert said["definition"] == definition
    assert said["hash"] == version.hash
    assert (said["slug"], said["version"]) == ("lage-rugpijn", 1)
    assert (said["withdrawn"], said["withdrawn_at"], said["successor"]) == (False, None, None)
    assert "voorbeeld" in said["notice"]["nl"]


def test_the_newest_version_is_evaluated_unless_another_is_asked_for(
    desk: Desk, definition: Definition
) -> None:
    freeze(definition)
    freeze(numbered(definition, 2))
    view, now = desk.view(), timezone.now()

    assert run.names(view, now) == {"lage-rugpijn": 2}
    assert run.screening(view, "lage-rugpijn", now).version == 2
    assert run.screening(view, "lage-rugpijn", now, 1).version == 1
    assert isinstance(run.evaluate(view, "lage-rugpijn", {}, now), InProgress)
    assert isinstance(run.evaluate(view, "lage-rugpijn", {"saddle": True}, now, 1), Stopped)


def test_a_withdrawn_version_stays_readable_and_cannot_be_evaluated(
    desk: Desk, definition: Definition
) -> None:
    freeze(definition)
    freeze(numbered(definition, 2))
    withdraw("lage-rugpijn", 1, by="noor", why="a mistake")
    view, now = desk.view(), timezone.now()

    said = body(view, "lage-rugpijn@1")
    assert said["withdrawn"]
    assert said["successor"]["key"] == "screening:lage-rugpijn@2"
    assert said["definition"] == definition
    with pytest.raises(run.WithdrawnScreening) as error:
        run.evaluate(view, "lage-rugpijn", {}, now, 1)
    assert error.value.successor == 2


def test_the_last_version_withdrawn_leaves_no_successor(desk: Desk, definition: Definition) -> None:
    freeze(definition)
    withdraw("lage-rugpijn", 1, by="noor", why="a mistake")
    view, now = desk.view(), timezone.now()

    assert body(view, "lage-rugpijn@1")["successor"] is None
    assert run.names(view, now) == {}
    with pytest.raises(run.WithdrawnScreening) as error:
        run.screening(view, "lage-rugpijn", now, 1)
    assert error.value.successor is None


@pytest.mark.parametrize(
    ("slug", "version"), [("lage-rugpijn", 2), ("knie", None), ("knie", 1), ("", None)]
)
def test_what_does_not_exist_is_not_withdrawn(
    desk: Desk, definition: Definition, slug: str, version: int | None
) -> None:
    freeze(definition)

    with pytest.raises(run.UnknownScreening):
        run.screening(desk.view(), slug, timezone.now(), version)


def test_withdrawing_twice_or_what_does_not_exist_is_refused(
    desk: Desk, definition: Definition
) -> None:
    freeze(definition)
    withdraw("lage-rugpijn", 1, by="noor", why="a mistake")

    for name in (("lage-rugpijn", 1), ("knie", 1)):
        with pytest.raises(NoSuchVersion):
            withdraw(*name, by="noor", why="a mistake")
    assert Withdrawal.objects.count() == 1


@pytest.mark.parametrize(("by", "why"), [("", "a mistake"), ("noor", " ")])
def test_nobody_withdraws_without_a_name_and_a_reason(
    desk: Desk, definition: Definition, by: str, why: str
) -> None:
    freeze(definition)

    with pytest.raises(ValueError, match="who withdraws"):
        withdraw("lage-rugpijn", 1, by=by, why=why)
    assert FrozenVersion.objects.get().withdrawn_at is None


@pytest.mark.parametrize("column", ["by", "why", "at", "version_id"])
def test_who_withdrew_a_version_and_why_is_never_changed(
    desk: Desk, definition: Definition, column: str
) -> None:
    freeze(definition)
    withdraw("lage-rugpijn", 1, by="noor", why="a mistake")
    other = {"at": timezone.now(), "version_id": 99}.get(column, "somebody else")

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Withdrawal.objects.update(**{column: other})


def test_an_emergency_stop_takes_a_screening_away_and_lifting_it_brings_it_back(
    desk: Desk, definition: Definition
) -> None:
    freeze(definition)
    desk.view()
    stops.stop("screening:lage-rugpijn@1", by="Noor", why="a mistake in a question")
    with pytest.raises(run.UnknownScreening):
        run.screening(desk.view(), "lage-rugpijn", timezone.now())

    stops.lift("screening:lage-rugpijn@1", by="Noor")

    assert run.screening(desk.view(), "lage-rugpijn", timezone.now()).version == 1


def test_a_version_that_no_longer_compiles_is_readable_and_stops_no_other(
    desk: Desk, definition: Definition
) -> None:
    """A newer program may refuse what an older one froze."""
    FrozenVersion.objects.create(
        slug="old", version=1, definition=numbered(definition, 1, slug="old", x=1), hash="0"
    )
    touch("screening:old@1")
    freeze(definition)
    view, now = desk.view(), timezone.now()

    assert body(view, "old@1")["title"] == "Screening lage rugpijn"
    assert run.names(view, now) == {"lage-rugpijn": 1}
    with pytest.raises(run.UnknownScreening):
        run.screening(view, "old", now, 1)


def test_what_readers_hold_equals_a_fresh_rendering_of_every_version(
    desk: Desk, definition: Definition
) -> None:
    """Freezing and withdrawing touch every version whose successor changes."""
    freeze(definition)
    freeze(numbered(definition, 2))
    desk.view()
    withdraw("lage-rugpijn", 1, by="noor", why="a mistake")
    desk.view()
    freeze(numbered(definition, 3))
    view = desk.view()

    for key in registry.every_key():
        kind, id_ = registry.kind_of(key)
        found = kind.load(id_)
        if found is None or not key.startswith("screening:"):
            continue
        rendering = kind.render(found)
        assert rendering is not None
        assert columns_of(rendering)["body"] == view.rows[key].body


def test_what_is_derived_row_by_row_equals_what_is_derived_from_all(
    desk: Desk, definition: Definition
) -> None:
    freeze(definition)
    desk.view()
    freeze(numbered(definition, 2))
    withdraw("lage-rugpijn", 1, by="noor", why="a mistake")
    followed = desk.view().derived["screenings"]
    replica.reset()
    again = desk.view().derived["screenings"]

    assert followed == again
    assert {key: isinstance(found, Screening) for key, found in again.items()} == {
        "screening:lage-rugpijn@1": False,
        "screening:lage-rugpijn@2": True,
    }
