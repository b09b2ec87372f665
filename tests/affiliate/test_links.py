"""Links as publications: when they are live, and what pages show of them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from cms.affiliate import stock, tokens
from cms.affiliate.models import Link, Offer, Partner
from cms.content import usage
from cms.published import compose, registry, stops
from cms.published.numbering import columns_of
from cms.published.offers import in_order
from cms.published.replica import replica
from cms.published.view import View
from tests.affiliate.conftest import Shop, partner
from tests.content import builders

SEEN = datetime(2026, 11, 20, 12, tzinfo=UTC)


def body(view: View, page: Any) -> dict[str, Any]:
    composed = compose.page(view, builders.key(page), timezone.now())
    assert composed is not None
    found: dict[str, Any] = json.loads(composed.body)
    return found


def offers(shop: Shop) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = body(shop.view(), shop.product)["offers"]
    return found


def shown(shop: Shop) -> list[str]:
    return [offer["key"] for offer in offers(shop)]


# --- what is shown -------------------------------------------------------------------------


def test_a_product_page_shows_the_offers_of_its_links(shop: Shop, settings: Settings) -> None:
    link = shop.link(price=Decimal("24.95"))
    Offer.objects.update(seen_at=SEEN)
    link.save()

    [offer] = offers(shop)

    assert offer == {
        "key": f"link:{link.pk}",
        "partner": "Slaapwinkel",
        "href": f"{settings.BASE_URL}/go/{tokens.make(link.pk, 'product')}",
        "rel": "sponsored nofollow noopener",
        "price": {"amount": "24.95", "currency": "EUR", "seen": "2026-11-20"},
        "in_stock": True,
        "disclosure": (
            "Betaalde link: koop je hierdoor iets bij Slaapwinkel, dan krijgen wij een vergoeding."
        ),
    }


def test_without_an_offer_the_price_is_not_known(shop: Shop) -> None:
    shop.link()
    [offer] = offers(shop)
    assert (offer["price"], offer["in_stock"]) == (None, True)


def test_who_pays_may_have_another_name_than_the_shop(shop: Shop) -> None:
    shop.link(partner(disclosure_name="Netwerk BV"))
    [offer] = offers(shop)
    assert offer["partner"] == "Slaapwinkel"
    assert "Netwerk BV" in offer["disclosure"]


def test_a_page_with_offers_says_that_they_are_paid(shop: Shop) -> None:
    shop.link()
    page = body(shop.view(), shop.product)
    assert page["offers"]
    assert "disclosure" in {notice["kind"] for notice in page["must_show"]}


def test_a_page_that_says_it_earns_nothing_has_no_offers(shop: Shop) -> None:
    shop.link()
    shop.product.paid = False
    shop.product = builders.publish(shop.product)

    page = body(shop.view(), shop.product)

    assert page["offers"] == []
    assert "disclosure" not in {notice["kind"] for notice in page["must_show"]}


def test_a_card_holds_no_offers(shop: Shop) -> None:
    shop.link()
    card = compose.card(shop.view(), builders.key(shop.product), timezone.now())
    assert card is not None
    assert "offers" not in card
    assert "/go/" not in json.dumps(card)


def test_a_page_in_another_language_says_it_in_that_language(shop: Shop) -> None:
    shop.link()
    view, now = shop.view(), timezone.now()
    found = {
        locale: compose.offers(view, str(shop.product.translation_key), "advice", locale, now)
        for locale in ("nl", "en", "fr")
    }
    assert found["nl"][0]["disclosure"].startswith("Betaalde link")
    assert found["en"][0]["disclosure"].startswith("Paid link")
    assert found["fr"] == found["nl"]


@pytest.mark.parametrize("placement", tokens.PLACEMENTS)
def test_an_offer_says_where_it_stood(shop: Shop, placement: str) -> None:
    link = shop.link()
    key = str(shop.product.translation_key)
    [offer] = compose.offers(shop.view(), key, placement, "nl", timezone.now())
    token = offer["href"].rpartition("/")[2]
    assert tokens.read(token) == tokens.Read(link.pk, placement, signed=True)


def test_offers_are_in_the_order_of_their_partners_and_not_of_their_prices(shop: Shop) -> None:
    for name, price, commission in (("Zon", 1, 50), ("aarde", 30, 2), ("Maan", 20, 90)):
        shop.link(partner(name, commission=commission), path=f"/{name}", price=Decimal(price))
    assert [offer["partner"] for offer in offers(shop)] == ["aarde", "Maan", "Zon"]


made = st.builds(
    lambda key, partner, price: {"key": key, "partner": partner, "price": price},
    st.integers(1, 99).map(lambda pk: f"link:{pk}"),
    st.sampled_from(["Aarde", "Maan", "Zon"]),
    st.none() | st.floats(0, 100).map(lambda amount: {"amount": f"{amount:.2f}"}),
)


@given(st.lists(made, unique_by=lambda offer: offer["key"]), st.randoms())
def test_neither_prices_nor_the_order_of_arrival_change_the_order(found: Any, chance: Any) -> None:
    names = [offer["key"] for offer in in_order(found)]
    prices = [offer["price"] for offer in found]
    chance.shuffle(prices)
    again = [offer | {"price": price} for offer, price in zip(found, prices, strict=True)]
    chance.shuffle(again)
    assert [offer["key"] for offer in in_order(again)] == names


# --- what is hidden ------------------------------------------------------------------------


def test_the_destination_and_what_we_earn_are_in_nothing_public(shop: Shop) -> None:
    link = shop.link(partner(commission=Decimal("12.34")), path="/secret-path?campaign=77")
    view = shop.view()
    public = [
        json.dumps(body(view, shop.product)),
        json.dumps(compose.link(view, link.key, timezone.now())),
        *[str(row.item) + str(row.text) for row in view.rows.values()],
    ]
    assert not [text for text in public if "secret-path" in text or "12.34" in text]
    row = view.rows[link.key]
    assert (row.path, row.card, row.item, row.text) == (None, None, None, None)


def test_a_translation_of_a_page_is_not_taken_for_a_link_nor_a_link_for_one(shop: Shop) -> None:
    shop.link()
    assert body(shop.view(), shop.product)["translations"] == []


# --- when a link is live -------------------------------------------------------------------


def inactive(link: Link) -> None:
    link.active = False
    link.save()


def partner_inactive(link: Link) -> None:
    link.partner.active = False
    link.partner.save()


def host_gone(link: Link) -> None:
    link.partner.hosts = "other.example"
    link.partner.save()


def to_another_host(link: Link) -> None:
    link.destination = "https://elsewhere.example/"
    link.save()


def deleted(link: Link) -> None:
    link.delete()


def stopped(link: Link) -> None:
    stops.stop(link.key, by="Noor", why="recall")


@pytest.mark.parametrize(
    "happens", [inactive, partner_inactive, host_gone, to_another_host, deleted, stopped]
)
def test_a_link_that_may_not_be_followed_is_shown_nowhere(
    shop: Shop, happens: Callable[[Link], None]
) -> None:
    link = shop.link()
    key = link.key
    assert shown(shop) == [key]

    happens(link)

    assert shown(shop) == []
    assert replica.view().live(key, timezone.now()) is None


def test_a_stop_is_lifted_like_any_other(shop: Shop) -> None:
    link = shop.link()
    shop.view()
    stops.stop(link.key, by="Noor", why="recall")
    assert shown(shop) == []
    stops.lift(link.key, by="Noor")
    assert shown(shop) == [link.key]


@pytest.mark.parametrize(
    "change",
    [
        lambda link: Offer.objects.get(link=link).delete(),
        lambda link: setattr(found := Offer.objects.get(link=link), "price", 9) or found.save(),
        lambda link: setattr(found := link.partner, "name", "Anders") or found.save(),
        lambda link: setattr(found := link.partner, "disclosure_name", "A") or found.save(),
    ],
    ids=["offer deleted", "price", "name", "disclosure name"],
)
def test_every_change_arrives(shop: Shop, change: Callable[[Link], Any]) -> None:
    link = shop.link(price=Decimal(5))
    before = offers(shop)
    change(link)
    assert offers(shop) != before


def test_what_readers_hold_equals_a_fresh_rendering(shop: Shop) -> None:
    first = partner()
    links = [shop.link(first, path=f"/{n}", price=Decimal(n + 1)) for n in range(4)]
    shop.view()
    inactive(links[0])
    to_another_host(links[1])
    first.network = "awin"
    first.save()
    links[2].product = shop.another_product()
    links[2].save()
    view = shop.view()

    kind, _ = registry.kind_of("link:1")
    for id_ in kind.ids():
        rendering = kind.render(kind.load(id_))
        row = view.rows[f"link:{id_}"]
        if rendering is None:
            assert row.state == "hidden"
            continue
        columns = columns_of(rendering)
        assert (row.link, row.body) == (columns["link"], columns["body"])
        assert row.translation_key == rendering.translation_key


@pytest.mark.parametrize("id_", ["0", "05", "x", "", "-1", "٣"])
def test_a_link_has_one_key(shop: Shop, id_: str) -> None:
    shop.link()
    kind, _ = registry.kind_of("link:1")
    assert kind.load(id_) is None


# --- stock ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("links", "gone"),
    [
        ([], False),
        ([{"in_stock": True}], False),
        ([{"in_stock": False}], True),
        ([{}], False),
        ([{"in_stock": False}, {"in_stock": True}], False),
        ([{"in_stock": False}, {"in_stock": False}], True),
        ([{"in_stock": False}, {"in_stock": True, "active": False}], True),
        ([{"in_stock": False, "active": False}], False),
    ],
)
def test_a_product_is_sold_out_when_every_live_link_is(
    shop: Shop, links: list[dict[str, Any]], gone: bool
) -> None:
    at = partner()
    for number, said in enumerate(links):
        shop.link(at, path=f"/{number}", **said)
    key = str(shop.product.translation_key)
    assert stock.sold_out(shop.view()) == (frozenset({key}) if gone else frozenset())


# --- what editors may write ----------------------------------------------------------------


def wrong(of: Link | Partner | Offer) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        of.full_clean()
    return error.value.message_dict


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"destination": "http://www.slaapwinkel.example/"}, "destination"),
        ({"destination": "https://elsewhere.example/"}, "destination"),
        ({"destination": "https://me@www.slaapwinkel.example/"}, "destination"),
        ({"destination": "https://www.slaapwinkel.example/#x"}, "destination"),
        ({"destination": ""}, "destination"),
        ({"destination": "https://www.slaapwinkel.example/" + "a" * 2000}, "destination"),
    ],
)
def test_a_wrong_destination_is_said_at_its_field(
    shop: Shop, said: dict[str, str], field: str
) -> None:
    link = Link(product=shop.product, partner=partner(), **said)
    assert list(wrong(link)) == [field]


def test_a_link_needs_a_product_that_says_it_is_paid(shop: Shop) -> None:
    free = shop.another_product(paid=False)
    link = Link(product=free, partner=partner(), destination="https://www.slaapwinkel.example/")
    assert list(wrong(link)) == ["product"]


def test_the_same_link_twice_is_refused(shop: Shop) -> None:
    link = shop.link()
    again = Link(product=link.product, partner=link.partner, destination=link.destination)
    assert "There is a link" in str(wrong(again))


@pytest.mark.parametrize(
    ("hosts", "bad"),
    [
        ("https://shop.example", "https://shop.example"),
        ("shop.example:80", "shop.example:80"),
        ("good.example\n*.shop.example\nlocalhost", "*.shop.example, localhost"),
    ],
)
def test_a_wrong_host_is_named(db: None, hosts: str, bad: str) -> None:
    [message] = wrong(Partner(name="A", hosts=hosts))["hosts"]
    assert f"No host: {bad}." in message


def test_hosts_are_kept_small_one_a_line_and_once(db: None) -> None:
    made = Partner(name="A", hosts=" WWW.Shop.example  b.example\nb.example ")
    made.full_clean()
    assert made.hosts == "www.shop.example\nb.example"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"price": Decimal("-1")}, "price"),
        ({"price": Decimal("1.234")}, "price"),
        ({"currency": "euro"}, "currency"),
        ({"currency": "eur"}, "currency"),
    ],
)
def test_a_wrong_offer_is_said_at_its_field(shop: Shop, said: dict[str, Any], field: str) -> None:
    assert list(wrong(Offer(link=shop.link(), **said))) == [field]


@pytest.mark.parametrize(
    "write",
    [
        lambda link: Link.objects.filter(pk=link.pk).update(destination="http://a.example/"),
        lambda link: Link.objects.filter(pk=link.pk).update(destination=""),
        lambda link: Partner.objects.update(name=""),
        lambda link: Partner.objects.update(hosts=""),
        lambda link: Partner.objects.update(commission=101),
        lambda link: Offer.objects.create(link=link, price=-1),
        lambda link: Offer.objects.create(link=link, currency=""),
        lambda link: [Offer.objects.create(link=link) for _ in range(2)],
    ],
)
def test_the_database_refuses_what_forms_would(shop: Shop, write: Callable[[Link], Any]) -> None:
    link = shop.link()
    with pytest.raises(IntegrityError), transaction.atomic():
        write(link)


def test_a_product_with_links_is_not_deleted_without_a_word(shop: Shop) -> None:
    link = shop.link()
    [(used, source)] = usage.uses_from_outside([shop.product])
    assert (used.pk, source) == (shop.product.pk, link)
    with pytest.raises(RestrictedError):
        shop.product.delete()
