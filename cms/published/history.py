"""How long items are remembered: as long as a replay of advice may be asked for."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from cms.published.models import ItemHistory


def forget() -> int:
    """Delete what was superseded before the history that is kept begins; says how many.

    The newest item from before then stays: it was in force when the history begins.
    """
    begins = timezone.now() - timedelta(days=settings.HISTORY_DAYS)
    superseded = ItemHistory.objects.filter(
        key=OuterRef("key"), seq__gt=OuterRef("seq"), at__lt=begins
    )
    old = ItemHistory.objects.filter(at__lt=begins).filter(Exists(superseded))
    count, _ = ItemHistory.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    return count
