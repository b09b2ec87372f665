"""Links as publications: what pages may show of them, and what /go alone reads."""

from collections.abc import Iterator

from django.utils import timezone

from cms.affiliate import retention, signals, texts, tokens
from cms.affiliate.models import Link, Offer
from cms.published import registry
from cms.published.references import Node
from cms.published.registry import Rendering


def register() -> None:
    registry.register("link", load=load, ids=ids, render=render)
    registry.chore(retention.forget_daily)
    signals.connect()


def load(id_: str) -> Link | None:
    # a link has one key: "05" is not another name of 5
    if not (id_.isascii() and id_.isdecimal() and str(int(id_)) == id_):
        return None
    return Link.objects.select_related("partner", "product").filter(pk=int(id_)).first()


def ids() -> Iterator[str]:
    return map(str, Link.objects.order_by("pk").values_list("pk", flat=True))


def render(link: Link) -> Rendering | None:
    """None: the link or its partner is not active, or it leads where the partner has no host."""
    if not link.live:
        return None
    partner, offer = link.partner, link.offer
    return Rendering(
        kind="link",
        translation_key=str(link.product.translation_key),
        link={
            "partner": partner.name,
            "price": price(offer),
            "in_stock": offer is None or offer.in_stock,
            "disclosure": texts.disclosure(partner.said_name),
            "tokens": tokens.make_all(link.pk),
        },
        # Without a path a body has no address: /go reads it in the View, and nobody else.
        body={
            "destination": link.destination,
            "network": partner.network,
            "partner": partner.pk,
            "partner_name": partner.name,
        },
    )


def price(offer: Offer | None) -> Node | None:
    if offer is None or offer.price is None:
        return None
    return {
        "amount": f"{offer.price:.2f}",
        "currency": offer.currency,
        "seen": timezone.localdate(offer.seen_at).isoformat(),
    }
