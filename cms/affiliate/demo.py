"""Partners of an example, told to load_demo: examples/*/content/partners.yaml."""

from datetime import UTC, datetime, time
from typing import Any

from django.db.models import Q

from cms.affiliate.models import Link, Offer, Partner
from cms.content.demo import others
from cms.content.demo.files import BadFile
from cms.content.demo.pages import Tree
from cms.content.models import ProductPage

FILE = "partners.yaml"
OF_OFFER = ("price", "currency", "in_stock", "seen_on")
KNOWN = {"product", "destination", "note", *OF_OFFER}


def register() -> None:
    others.register("links", FILE, load)


def load(said: Any, tree: Tree) -> int:
    """Make the partners and links that are not there yet; gives how many links are new."""
    return sum(_links(each["links"], _partner(each), tree) for each in said)


def _partner(said: dict[str, Any]) -> Partner:
    fields = {name: value for name, value in said.items() if name not in {"links", "hosts"}}
    known = Partner.objects.filter(name=fields["name"]).first()
    if known:
        return known
    partner = Partner(hosts="\n".join(said["hosts"]), **fields)
    partner.full_clean()
    partner.save()
    return partner


def _links(said: list[dict[str, Any]], partner: Partner, tree: Tree) -> int:
    return sum(_link(each, partner, tree) for each in said)


def _link(said: dict[str, Any], partner: Partner, tree: Tree) -> bool:
    unknown = said.keys() - KNOWN
    if unknown:
        raise BadFile(f"{FILE}: a link has no {', '.join(sorted(unknown))}")
    product = ProductPage.objects.get(pk=tree.id_of(said["product"]))
    same = Q(product=product, partner=partner, destination=said["destination"])
    if Link.objects.filter(same).exists():
        return False
    link = Link(
        product=product,
        partner=partner,
        destination=said["destination"],
        note=said.get("note", ""),
    )
    link.full_clean()
    link.save()
    _offer(said, link)
    return True


def _offer(said: dict[str, Any], link: Link) -> None:
    offer = {name: said[name] for name in OF_OFFER if name in said}
    if not offer:
        return
    day = offer.pop("seen_on")
    made = Offer(link=link, seen_at=datetime.combine(day, time(12), UTC), **offer)
    made.full_clean()
    made.save()
