"""Cursors: how far each reader has come, and when it last said so."""

import os
import socket
from datetime import timedelta

from django.utils import timezone

from cms.published.models import Cursor

# A web process says every two seconds that it is there; one that missed five is not counted.
PRESENT = timedelta(seconds=10)
FORGOTTEN = timedelta(minutes=10)
WEB = "web"


def own_name() -> str:
    return f"{WEB}:{socket.gethostname()}:{os.getpid()}"


def position(reader: str) -> tuple[int, int]:
    """(epoch, seq) where a reader stands; (0, 0) for one that never read: it is told to reset."""
    cursor = Cursor.objects.filter(reader=reader).first()
    return (cursor.epoch, cursor.seq) if cursor else (0, 0)


def report(reader: str, epoch: int, seq: int) -> None:
    Cursor.objects.bulk_create(
        [Cursor(reader=reader, epoch=epoch, seq=seq, at=timezone.now())],
        update_conflicts=True,
        unique_fields=["reader"],
        update_fields=["epoch", "seq", "at"],
    )


def leave(reader: str) -> None:
    Cursor.objects.filter(reader=reader).delete()


def served_everywhere(epoch: int) -> int | None:
    """The number that every web process seen in the last 10 s serves; None if none was seen.

    What tells the outside of a change (webhooks, purges) waits for it.
    """
    present = Cursor.objects.filter(
        reader__startswith=f"{WEB}:", at__gt=timezone.now() - PRESENT
    ).values_list("epoch", "seq")
    positions = [seq if of == epoch else 0 for of, seq in present]
    return min(positions, default=None)


def forget_dead() -> None:
    Cursor.objects.filter(reader__startswith=f"{WEB}:", at__lt=timezone.now() - FORGOTTEN).delete()
