"""How long the ledger is kept: as long as networks may still report a sale, and accounts are made
up (settings.CLICK_DAYS)."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.affiliate.models import Click, Forgotten
from cms.published import leases

ONCE_A = timedelta(days=1)


def forget_daily() -> None:
    """A chore."""
    if Forgotten.objects.filter(at__gt=timezone.now() - ONCE_A).exists():
        return
    with leases.lease("clicks are forgotten") as mine:
        if mine:
            forget()


@transaction.atomic
def forget() -> int:
    """Delete the clicks from before the time that is kept; says how many."""
    now = timezone.now()
    before = now - timedelta(days=settings.CLICK_DAYS)
    Forgotten.objects.create(before=before, at=now)
    count, _ = Click.objects.filter(at__lt=before).delete()
    return count
