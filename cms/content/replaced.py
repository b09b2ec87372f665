"""Files of images that were replaced: kept for some days, then removed.

A page in somebody's cache, or in the View of a process that is a second behind, names the
renditions of the file that was there before.
"""

import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from cms.content.models import CustomImage, CustomRendition, ReplacedFile
from cms.published import failures, leases

READER = "replaced files"
EVERY_SECONDS = 60
AT_ONCE = 200

_next_time = 0.0


def tidy() -> None:
    """Remove what was kept long enough. Called once a second; mostly does nothing."""
    global _next_time
    if time.monotonic() < _next_time:
        return
    _next_time = time.monotonic() + EVERY_SECONDS
    with leases.lease(READER) as mine:
        if mine:
            remove(timezone.now())


def remove(now: datetime) -> None:
    """Delete every file whose days are over. One that cannot be deleted is tried again later."""
    waiting = failures.waiting(READER)
    for row in over(now):
        key = f"file:{row.pk}"
        if key in waiting:
            continue
        try:
            if not in_use(row.name):
                CustomImage._meta.get_field("file").storage.delete(row.name)
        except Exception as error:  # whatever the storage raises, it stops no other file
            failures.record(READER, key, f"{row.name}: {failures.reason_of(error)}")
        else:
            row.delete()
            failures.clear(READER, key)


def over(now: datetime) -> list[ReplacedFile]:
    """Replaced days ago, or of an image that is deleted: an editor wants that gone."""
    before = now - timedelta(days=settings.REPLACED_FILES_DAYS)
    found = ReplacedFile.objects.filter(Q(replaced_at__lte=before) | Q(image=None))
    return list(found.order_by("replaced_at", "pk")[:AT_ONCE])


def in_use(name: str) -> bool:
    """Whether an image has been given this file again."""
    return any(model.objects.filter(file=name).exists() for model in (CustomImage, CustomRendition))
