"""From a change of a link, its offer or its partner to touches, in the transaction of the change.

Only these three tables are watched. The product of a link is known by its translation key, which
never changes; whether its page is live is for the page to say.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save

from cms.affiliate.models import Link, Offer, Partner
from cms.published import touches


def link_saved(instance: Link, **_: Any) -> None:
    touches.touch(instance.key, hide=not instance.live)


def link_deleted(instance: Link, **_: Any) -> None:
    touches.touch(instance.key, hide=True)


def offer_changed(instance: Offer, **_: Any) -> None:
    touches.touch(f"link:{instance.link_id}")


def partner_saved(instance: Partner, **_: Any) -> None:
    """Its links say its name, and live by its hosts."""
    for link in Link.objects.filter(partner=instance).select_related("partner"):
        touches.touch(link.key, hide=not link.live)


def connect() -> None:
    post_save.connect(link_saved, sender=Link, dispatch_uid="affiliate.link.saved")
    post_delete.connect(link_deleted, sender=Link, dispatch_uid="affiliate.link.deleted")
    post_save.connect(offer_changed, sender=Offer, dispatch_uid="affiliate.offer.saved")
    post_delete.connect(offer_changed, sender=Offer, dispatch_uid="affiliate.offer.deleted")
    post_save.connect(partner_saved, sender=Partner, dispatch_uid="affiliate.partner.saved")
