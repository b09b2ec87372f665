"""What readers could not do. A failure stops nobody else and is tried again, ever later."""

from datetime import timedelta

from django.utils import timezone

from cms.published.models import Failure

LONGEST_WAIT = timedelta(minutes=5)


def wait_after(tries: int) -> timedelta:
    """How long what failed so many times is left alone: ever longer, up to LONGEST_WAIT."""
    return min(timedelta(seconds=2 ** min(tries, 10)), LONGEST_WAIT)


def record(reader: str, key: str, reason: str, seq: int = 0) -> None:
    now = timezone.now()
    before = Failure.objects.filter(reader=reader, key=key).first()
    tries = before.tries + 1 if before else 1
    Failure.objects.bulk_create(
        [
            Failure(
                reader=reader,
                key=key,
                seq=seq,
                reason=reason[:2000].replace("\0", "\\0"),
                tries=tries,
                at=now,
                retry_at=now + wait_after(tries),
            )
        ],
        update_conflicts=True,
        unique_fields=["reader", "key"],
        update_fields=["seq", "reason", "tries", "at", "retry_at"],
    )


def clear(reader: str, key: str) -> None:
    Failure.objects.filter(reader=reader, key=key).delete()


def waiting(reader: str) -> dict[str, int]:
    """Keys that are not to be tried yet, with the newest touch or number that was tried."""
    later = Failure.objects.filter(reader=reader, retry_at__gt=timezone.now())
    return dict(later.values_list("key", "seq"))


def due(reader: str) -> list[str]:
    """Keys whose wait is over."""
    over = Failure.objects.filter(reader=reader, retry_at__lte=timezone.now())
    return list(over.values_list("key", flat=True))


def retry_now(reader: str, key: str) -> None:
    Failure.objects.filter(reader=reader, key=key).update(retry_at=timezone.now())


def reason_of(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
