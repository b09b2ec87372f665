"""What editors and marketing see: forms that say what is wrong, and the clicks by day."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from cms.affiliate import drain
from cms.affiliate.models import Click, Link, Offer, Partner
from cms.affiliate.report import by_day
from tests.affiliate.conftest import Shop, partner
from tests.affiliate.test_ledger import LEAST

DAY = datetime(2026, 11, 20, 12, tzinfo=UTC)


def client_of(name: str, *permissions: str) -> Client:
    user = User.objects.create_user(name, password="a-password")
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=permissions))
    user.groups.add(group)
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def noor(db: None) -> Client:
    """May do anything with links and partners, and see the clicks."""
    rights = [f"{do}_{what}" for do in ("add", "change", "delete") for what in ("link", "partner")]
    return client_of("noor", "access_admin", "view_click", *rights)


@pytest.fixture
def piet(db: None) -> Client:
    return client_of("piet", "access_admin")


def form(shop: Shop, of: Partner, **said: Any) -> dict[str, Any]:
    fields = {
        "product": shop.product.pk,
        "partner": of.pk,
        "destination": "https://www.slaapwinkel.example/matras",
        "active": "on",
        "note": "",
        "offers-TOTAL_FORMS": 1,
        "offers-INITIAL_FORMS": 0,
        "offers-MIN_NUM_FORMS": 0,
        "offers-MAX_NUM_FORMS": 1,
        "offers-0-price": "24.95",
        "offers-0-currency": "EUR",
        "offers-0-in_stock": "on",
        "offers-0-seen_at": "2026-11-20 12:00",
        "offers-0-id": "",
        "offers-0-DELETE": "",
    }
    return fields | said


def test_an_editor_makes_a_link_with_its_offer_and_readers_get_both(
    shop: Shop, noor: Client
) -> None:
    response = noor.post(reverse("wagtailsnippets_affiliate_link:add"), form(shop, partner()))
    assert response.status_code == 302, response.content.decode()

    row = shop.view().rows[Link.objects.get().key]
    assert row.state == "live"
    assert row.link is not None
    assert b'"amount":"24.95"' in row.link


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"destination": "http://www.slaapwinkel.example/"}, "This must begin with https://"),
        ({"destination": "https://other.example/"}, "other.example is none of the partner"),
        ({"destination": "https://www.slaapwinkel.example:8/"}, "Leave out the port"),
        ({"offers-0-price": "-1"}, "greater than or equal to 0"),
        ({"offers-0-currency": "eur"}, "Three capital letters"),
    ],
)
def test_what_is_wrong_is_said_in_the_form(
    shop: Shop, noor: Client, said: dict[str, str], message: str
) -> None:
    address = reverse("wagtailsnippets_affiliate_link:add")
    response = noor.post(address, form(shop, partner(), **said))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not Link.objects.exists()


def test_a_partner_whose_hosts_change_is_told_to_readers(shop: Shop, noor: Client) -> None:
    link = shop.link()
    shop.view()
    of = link.partner
    fields = {"name": of.name, "network": of.network, "hosts": "new.example", "active": "on"}
    response = noor.post(reverse("wagtailsnippets_affiliate_partner:edit", args=[of.pk]), fields)
    assert response.status_code == 302
    assert shop.view().rows[link.key].state == "hidden"


def test_a_link_that_is_deleted_in_the_admin_is_gone(shop: Shop, noor: Client) -> None:
    link = shop.link(price=5)
    shop.view()
    noor.post(reverse("wagtailsnippets_affiliate_link:delete", args=[link.pk]))
    assert not Offer.objects.exists()
    assert shop.view().rows[link.key].state == "gone"


def test_the_list_shows_where_links_lead_and_the_way_to_the_emergency_stop(
    shop: Shop, noor: Client
) -> None:
    link = shop.link(price=5)
    text = noor.get(reverse("wagtailsnippets_affiliate_link:list")).content.decode()
    assert "https://www.slaapwinkel.example/matras" in text
    assert reverse("publication", args=[link.key]) in text


def test_a_partner_with_links_is_not_deleted(shop: Shop, noor: Client) -> None:
    link = shop.link()
    noor.post(reverse("wagtailsnippets_affiliate_partner:delete", args=[link.partner.pk]))
    assert Partner.objects.exists()


@pytest.mark.parametrize("name", ["link:list", "link:add", "partner:list", "partner:add"])
def test_who_has_no_right_sees_neither_links_nor_partners(piet: Client, name: str) -> None:
    response = piet.get(reverse(f"wagtailsnippets_affiliate_{name}"))
    assert response.status_code in {302, 403}


# --- clicks --------------------------------------------------------------------------------


def clicked(times: int, at: datetime = DAY, **said: Any) -> None:
    begin = Click.objects.count()
    lines = [
        drain.line_of(LEAST | {"click_id": f"{begin + number:032x}"} | said, at) + b"\n"
        for number in range(times)
    ]
    drain.insert(lines)


@pytest.fixture
def busy_week(db: None) -> None:
    clicked(3)
    clicked(1, verdict="bot")
    clicked(2, verdict="prefetch")
    clicked(1, placement="product")
    clicked(1, at=DAY + timedelta(days=1))
    clicked(1, link=13, link_key="link:13")
    clicked(1, signed=False, placement="unknown")


def rows() -> set[tuple[Any, ...]]:
    names = ("day", "link_key", "placement", "clicks", "bots", "prefetches")
    return {tuple(str(row[name]) for name in names) for row in by_day(Click.objects.all())}


def test_clicks_are_counted_by_day_link_and_placement_with_bots_apart(busy_week: None) -> None:
    assert rows() == {
        ("2026-11-20", "link:12", "advice", "3", "1", "2"),
        ("2026-11-20", "link:12", "product", "1", "0", "0"),
        ("2026-11-21", "link:12", "advice", "1", "0", "0"),
        ("2026-11-20", "link:13", "advice", "1", "0", "0"),
        ("2026-11-20", "link:12", "unknown", "1", "0", "0"),
    }


def test_a_day_is_one_of_here(db: None) -> None:
    clicked(1, at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))  # half past midnight in Amsterdam
    assert {row[0] for row in rows()} == {"2026-11-21"}


def test_the_report_is_a_page_and_a_spreadsheet(busy_week: None, noor: Client) -> None:
    assert "link:13" in noor.get(reverse("affiliate_clicks")).content.decode()
    response = noor.get(reverse("affiliate_clicks"), {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    heading, *exported = csv.reader(StringIO(text))
    assert heading == [
        "Day",
        "Product",
        "Partner",
        "Link",
        "Placement",
        "Clicks",
        "Bots",
        "Fetched ahead",
    ]
    assert len(exported) == 5
    assert [
        "2026-11-20",
        "",
        "Slaapwinkel",
        "link:12",
        "advice after a screening",
        "3",
        "1",
        "2",
    ] in exported


def test_the_report_names_the_product_of_a_link(shop: Shop, noor: Client) -> None:
    link = shop.link()
    clicked(1, link=link.pk, link_key=link.key)
    assert "Matras" in noor.get(reverse("affiliate_clicks_results")).content.decode()


def test_the_report_is_filtered_by_day(busy_week: None, noor: Client) -> None:
    found = noor.get(
        reverse("affiliate_clicks_results"), {"at_from": "2026-11-21", "at_to": "2026-11-21"}
    )
    text = found.content.decode()
    assert "link:12" in text
    assert "link:13" not in text


def test_who_may_not_see_clicks_does_not(busy_week: None, piet: Client) -> None:
    response = piet.get(reverse("affiliate_clicks"))
    assert response.status_code in {302, 403}
    assert (
        reverse("affiliate_clicks") not in piet.get(reverse("wagtailadmin_home")).content.decode()
    )
