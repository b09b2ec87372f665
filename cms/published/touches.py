"""The verb that editors' changes use."""

from collections.abc import Iterable

from django.db import connection, transaction

from cms.published import wake
from cms.published.models import Touch


class OutsideTransaction(RuntimeError):
    """A touch outside the transaction of its change could be lost without the change."""


def touch(key: str, *, hide: bool = False, bulk: bool = False) -> None:
    """Ask that a key be looked at again once this transaction commits.

    `hide` withdraws it at once, without rendering. `bulk` puts it behind what editors wait for.
    Renders nothing and changes no Publication. Raises OutsideTransaction.
    """
    touch_all([key], hide=hide, bulk=bulk)


def touch_all(keys: Iterable[str], *, hide: bool = False, bulk: bool = False) -> None:
    if not connection.in_atomic_block:
        raise OutsideTransaction("touch() belongs in the transaction of the change it tells of")
    # bulk_create: no signals, one statement
    Touch.objects.bulk_create(
        (Touch(key=key, hide=hide, bulk=bulk) for key in keys), batch_size=1000
    )
    transaction.on_commit(wake.both)


def seen(key: str) -> list[int]:
    """The ids of the touches of a key that are committed now."""
    return list(Touch.objects.filter(key=key).order_by("id").values_list("id", flat=True))


def delete(ids: list[int]) -> int:
    """Delete exactly these touches and say how many were still there.

    Plain SQL: the ORM would first read them and count what it read, and somebody else may have
    deleted them in between.
    """
    marks = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {Touch._meta.db_table} WHERE id IN ({marks})",  # noqa: S608 - only marks
            ids,
        )
        return int(cursor.rowcount)
