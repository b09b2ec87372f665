"""The emergency stop: take any key offline at once, whatever its page says."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from cms.published import registry
from cms.published.models import EmergencyStop, Publication
from cms.published.touches import touch


class AlreadyStopped(ValueError):
    """There is a stop on this key; lift it first, so that the trail stays readable."""


class NotStopped(ValueError):
    """There is no stop on this key to lift."""


def active(key: str) -> EmergencyStop | None:
    current = EmergencyStop.objects.filter(key=key, lifted_at=None)
    return current.filter(Q(until=None) | Q(until__gt=timezone.now())).first()


@transaction.atomic
def stop(key: str, *, by: str, why: str, until: datetime | None = None) -> EmergencyStop:
    """Hide a key until somebody lifts the stop or `until` passes.

    Raises registry.UnknownKey for what is not and never was, AlreadyStopped, or ValueError for a
    stop without a reason, without a name or with an end in the past.
    """
    kind, id_ = registry.kind_of(key)
    now = timezone.now()
    if not by.strip() or not why.strip():
        raise ValueError("a stop names who stops and why")
    if until is not None and until <= now:
        raise ValueError("a stop ends in the future or when it is lifted")
    if kind.load(id_) is None and not Publication.objects.filter(key=key).exists():
        raise registry.UnknownKey(f"there is no {key!r}")
    lift_expired()
    if active(key):
        raise AlreadyStopped(f"{key} is stopped already")
    try:
        with transaction.atomic():
            placed = EmergencyStop.objects.create(
                key=key, by=by.strip(), why=why.strip(), at=now, until=until
            )
    except IntegrityError as error:
        raise AlreadyStopped(f"{key} was stopped by somebody else just now") from error
    touch(key, hide=True)
    return placed


@transaction.atomic
def lift(key: str, *, by: str) -> None:
    """Raises NotStopped."""
    if not by.strip():
        raise ValueError("a stop is lifted by somebody")
    current = EmergencyStop.objects.filter(key=key, lifted_at=None)
    if not current.update(lifted_at=timezone.now(), lifted_by=by.strip()):
        raise NotStopped(f"{key} is not stopped")
    touch(key)


def lift_expired() -> None:
    """Stops whose time has passed are lifted "by the clock"; a chore of every process."""
    over = EmergencyStop.objects.filter(lifted_at=None, until__lte=timezone.now())
    for key in over.values_list("key", flat=True):
        with transaction.atomic():
            if over.filter(key=key).update(lifted_at=timezone.now(), lifted_by="the clock"):
                touch(key)
