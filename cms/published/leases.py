"""Leases: one process at a time does a piece of work, and a dead one holds it for a minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from cms.published.models import Lease

SECONDS = 60


@dataclass(frozen=True)
class Taken:
    """`overdue`: the one who held it before did not finish in time."""

    mine: bool
    overdue: bool = False

    def __bool__(self) -> bool:
        return self.mine


@contextmanager
def lease(name: str, seconds: float = SECONDS) -> Iterator[Taken]:
    """Yields something true when the lease is ours until the block ends or `seconds` pass."""
    holder = str(uuid4())
    taken = _take(name, holder, seconds)
    try:
        yield taken
    finally:
        if taken:
            Lease.objects.filter(name=name, holder=holder).delete()


def _take(name: str, holder: str, seconds: float) -> Taken:
    now = timezone.now()
    until = now + timedelta(seconds=seconds)
    with transaction.atomic():
        expired = Lease.objects.filter(name=name, until__lt=now)
        if expired.update(holder=holder, until=until):
            return Taken(True, overdue=True)
        Lease.objects.bulk_create(
            [Lease(name=name, holder=holder, until=until)], ignore_conflicts=True
        )
    return Taken(Lease.objects.filter(name=name, holder=holder).exists())
