"""A shop on a page of the site, and a process that follows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from cms.affiliate import clicks
from cms.affiliate.drain import Drain
from cms.affiliate.models import Link, Offer, Partner
from cms.affiliate.spool import Spool
from cms.content.models import ProductPage
from cms.published import work
from cms.published.replica import replica
from cms.published.view import View
from tests.content import builders


def partner(name: str = "Slaapwinkel", **said: Any) -> Partner:
    fields = {"hosts": "www.slaapwinkel.example", "network": "direct_ref"} | said
    return Partner.objects.create(name=name, **fields)


@dataclass
class Shop:
    """A live product on which we may earn, and links to it."""

    site: builders.Tree
    product: Any

    def link(self, of: Partner | None = None, *, path: str = "/matras", **said: Any) -> Link:
        """A link with an offer; `price` and `in_stock` are the offer's."""
        offer = {name: said.pop(name) for name in ("price", "in_stock") if name in said}
        of = of or partner()
        host = of.allowed_hosts[0]
        said = {"product": self.product, "destination": f"https://{host}{path}"} | said
        made = Link.objects.create(partner=of, **said)
        if offer:
            Offer.objects.create(link=made, **offer)
        return made

    def another_product(self, title: str = "Kussen", **said: Any) -> Any:
        return builders.live(self.site.rug, ProductPage, title, **{"paid": True} | said)

    def view(self) -> View:
        work.number_all()
        return replica.refresh()


@pytest.fixture
def shop(db: None, settings: Settings, tmp_path: Path) -> Iterator[Shop]:
    settings.MEDIA_ROOT = tmp_path / "media"
    site = builders.tree()
    replica.reset()
    yield Shop(site, builders.live(site.rug, ProductPage, "Matras", paid=True))
    replica.reset()


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spool]:
    """The spool of this process, in a folder of the test."""
    made = Spool(tmp_path / "clicks")
    monkeypatch.setattr(clicks, "spool", made)
    monkeypatch.setattr(clicks, "drain", Drain(made))
    yield made
    made.forget()
