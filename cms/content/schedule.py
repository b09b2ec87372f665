"""Scheduled publishing and expiry: object by object, each in its own transaction under a lease.

Wagtail's own command stops at the first object that raises, and with three processes it published
ten pages thirty times. Here one object that raises is a Failure and stops nobody.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from cms.published import failures, leases

READER = "schedule"
Work = Callable[[], None]


def run() -> None:
    """Do everything that is due now. Called about once a second in every serving process."""
    now = timezone.now()
    waiting = failures.waiting(READER)
    for key, work in due(now):
        if key not in waiting:
            do(key, work)


def do(key: str, work: Work) -> None:
    """One object, if no other process is at it. Raises nothing of its own."""
    with leases.lease(f"schedule {key}") as mine:
        if not mine:
            return
        try:
            with transaction.atomic():
                work()
        except Exception as error:  # whatever it is, it is this object's and stops nobody
            failures.record(READER, key, failures.reason_of(error))
        else:
            failures.clear(READER, key)


def due(now: datetime) -> Iterator[tuple[str, Work]]:
    """What has expired, then what goes live, the earliest first, each with how to do it.

    Ids are read here and the object again under the lease: meanwhile another process or an editor
    may have done it.
    """
    for model in expiring_models():
        expired = model.objects.filter(live=True, expire_at__lte=now).order_by("expire_at")
        for pk in list(expired.values_list("pk", flat=True)):
            yield key_of(model, pk), lambda model=model, pk=pk: expire(model, pk, now)  # type: ignore[misc]
    ready = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at")
    for revision in list(ready.only("pk", "content_type", "object_id")):
        key = key_of(revision.content_type.model_class(), revision.object_id)
        yield key, lambda pk=revision.pk: publish(pk, now)  # type: ignore[misc]


def expire(model: Any, pk: Any, now: datetime) -> None:
    found = model.objects.select_for_update().filter(pk=pk, live=True, expire_at__lte=now).first()
    if found is not None:
        found = found.specific if isinstance(found, Page) else found
        found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def publish(revision_pk: int, now: datetime) -> None:
    ready = Revision.objects.select_for_update().filter(approved_go_live_at__lte=now)
    revision = ready.filter(pk=revision_pk).first()
    if revision is not None:
        revision.publish(log_action="wagtail.publish.scheduled")


def expiring_models() -> list[Any]:
    """Everything that can expire; pages of all types at once."""
    others = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return [Page, *others]


def key_of(model: Any, pk: Any) -> str:
    """The key of a page; other models by their own name, which no reader knows."""
    return f"page:{pk}" if issubclass(model, Page) else f"{model._meta.label_lower}:{pk}"
