"""What waits to be rendered, in which order, and doing it."""

from django.db.models import IntegerField, Max, Min
from django.db.models.functions import Cast

from cms.published import failures, leases, numbering, registry, stops, wake
from cms.published.models import Touch

BATCH = 20


def pending(limit: int = BATCH) -> list[str]:
    """Keys with touches: what editors wait for before bulk work, the oldest first.

    A key that failed is left alone until its time has come or a newer touch arrives.
    """
    tried = failures.waiting(numbering.READER)
    keys = (
        Touch.objects.values("key")
        .annotate(after=Min(Cast("bulk", IntegerField())), first=Min("id"), newest=Max("id"))
        .order_by("after", "first")
    )
    ready = (row["key"] for row in keys.iterator() if tried.get(row["key"], -1) < row["newest"])
    return [key for key, _ in zip(ready, range(limit), strict=False)]


def number_leased(key: str) -> bool:
    """Number a key unless another process is at it; says whether it was ours to do.

    Who did not finish in time has failed: the key waits like any other that fails.
    """
    with leases.lease(f"number {key}") as taken:
        if taken.overdue:
            reason = f"rendering did not end within {leases.SECONDS} s"
            failures.record(numbering.READER, key, reason, newest(key))
        elif taken:
            numbering.number(key, serving=True)
    return taken.mine


def newest(key: str) -> int:
    return Touch.objects.filter(key=key).aggregate(newest=Max("id"))["newest"] or 0


def number_all() -> None:
    """Number every pending touch now: for tests and management commands. Leaves failures."""
    numbering.number_hides()
    while keys := pending(1000):
        for key in keys:
            numbering.number(key)


def do_chores() -> None:
    for chore in (stops.lift_expired, catch_up_after, *registry.chores()):
        name = f"{chore.__module__}.{chore.__qualname__}"
        try:
            chore()
        except Exception as error:  # one chore must not keep the others from being done
            failures.record("chores", name, failures.reason_of(error))
        else:
            failures.clear("chores", name)


def catch_up_after() -> None:
    """Try again what could not be done after numbering, once its wait is over."""
    for key in failures.due(numbering.AFTER):
        kind, id_ = registry.kind_of(key)
        found = kind.load(id_)
        if found is None:
            failures.clear(numbering.AFTER, key)
        else:
            numbering.do_after(key, kind, found)


def retry(reader: str, key: str) -> None:
    """An editor's retry button."""
    failures.retry_now(reader, key)
    wake.both()
