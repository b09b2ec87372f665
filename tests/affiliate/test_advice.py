"""Advice beside money: offers go with a decision, and never into it (laws 1, 3 and 7)."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cms.advice.advise import Advice, advise, read_context
from cms.advice.blocked import blocked
from cms.affiliate import tokens
from cms.affiliate.models import Link, Offer, Partner
from cms.content.models import ArticlePage
from cms.published import stops
from cms.published.replica import replica
from recommender import Outcome, Referral, default_assessment
from recommender.outcome import Route
from tests.affiliate.conftest import Shop, partner
from tests.content import builders as content
from tests.recommender import builders
from tests.recommender.builders import nl, raised

REVIEWED: dict[str, Any] = {
    "safety_kind": "clinical",
    "safety_by": "A. Jansen",
    "safety_on": date(2026, 1, 1),
    "safety_until": timezone.localdate() + timedelta(days=365),
}
PRODUCTS = ("Matras", "Kussen", "Bureau", "Kruik")
KINDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("sleep", {"firmness": "firm", "sleeping_positions": ["side"]}),
    ("sleep", {"firmness": "soft", "sleeping_positions": ["back"]}),
    ("training", {"level": "light", "space": "Een mat."}),
    ("heat", {"longest_minutes": 20}),
)


class Stall(Shop):
    """Four products and an article that may be advised to anybody."""

    def fill(self) -> None:
        self.products = {
            name: self.another_product(
                f"{name} {name}", category=kind, details=[(kind, details)], **REVIEWED
            )
            for name, (kind, details) in zip(PRODUCTS, KINDS, strict=True)
        }
        content.live(self.site.rug, ArticlePage, "Lopen", **REVIEWED)

    def advice(self, outcome: Outcome | None = None, **context: Any) -> Advice:
        view = self.view()
        wanted = read_context(view, {"locale": "nl", **context})
        return advise(view, outcome or builders.assessment(), wanted, timezone.now())

    def items(self, outcome: Outcome | None = None) -> dict[str, Any]:
        """What is advised, by title."""
        shown = self.advice(outcome).shown
        return {item["card"]["title"]: item for slot in shown["slots"] for item in slot["items"]}


@pytest.fixture
def stall(shop: Shop) -> Stall:
    made = Stall(shop.site, shop.product)
    made.fill()
    return made


def link_to(stall: Stall, name: str, of: Partner, **said: Any) -> Link:
    return stall.link(
        of, path=f"/{name}-{Link.objects.count()}", product=stall.products[name], **said
    )


def test_an_advised_product_comes_with_its_offers(stall: Stall) -> None:
    link = link_to(stall, "Matras", partner(), price=Decimal("24.95"))

    [offer] = stall.items()["Matras Matras"]["offers"]

    assert offer["price"]["amount"] == "24.95"
    token = offer["href"].rpartition("/")[2]
    assert tokens.read(token) == tokens.Read(link.pk, "advice", signed=True)


def test_the_default_advice_of_a_condition_says_that_it_stood_there(stall: Stall) -> None:
    link_to(stall, "Matras", partner())
    [offer] = stall.items(default_assessment("lage-rugpijn"))["Matras Matras"]["offers"]
    read = tokens.read(offer["href"].rpartition("/")[2])
    assert read is not None
    assert read.placement == "condition"


def test_wherever_an_offer_is_the_disclosure_must_be_shown(stall: Stall) -> None:
    link_to(stall, "Matras", partner())
    shown = stall.advice().shown
    offered = [i for slot in shown["slots"] for i in slot["items"] if i["offers"]]
    assert offered
    assert all(item["paid"] and item["card"]["disclosure"] for item in offered)
    assert "disclosure" in {notice["kind"] for notice in shown["must_show"]}


def test_what_is_free_has_no_offers(stall: Stall) -> None:
    assert stall.items()["Lopen"]["offers"] == []


def test_a_referral_has_no_partner_and_no_price(stall: Stall) -> None:
    """Law 1."""
    link_to(stall, "Matras", partner("Slaapwinkel"), price=Decimal("24.95"))
    where = Route(text=nl("Bel 112."), phone="112")
    referral = Referral(
        screening="lage-rugpijn@1",
        definition="0" * 64,
        urgency="emergency_now",
        certainty="sure",
        flags=(raised(colour="red", urgency="emergency_now"),),
        where=where,
        not_sure=nl(),
        safety_net=nl(),
    )
    said = json.dumps(stall.advice(referral).shown)
    assert not [
        word for word in ("Slaapwinkel", "24.95", "/go/", "offers", "link:") if word in said
    ]


# --- law 7 ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("links", "advised"),
    [
        ([], True),
        ([True], True),
        ([False], False),
        ([False, True], True),
        ([False, False], False),
    ],
)
def test_a_product_that_nobody_has_in_stock_is_not_advised(
    stall: Stall, links: list[bool], advised: bool
) -> None:
    of = partner()
    for in_stock in links:
        link_to(stall, "Kussen", of, in_stock=in_stock)
    assert ("Kussen Kussen" in stall.items()) is advised
    assert {"Matras Matras", "Lopen"} <= stall.items().keys()


def test_what_is_sold_out_is_counted_as_such(stall: Stall) -> None:
    before = stall.advice().shown["withheld"]
    link_to(stall, "Kussen", partner(), in_stock=False)
    advice = stall.advice()
    assert advice.shown["withheld"] == before | {"out_of_stock": 1}
    assert blocked(replica.view(), timezone.now()) == {content.key(stall.products["Kussen"])}


def test_back_in_stock_it_is_advised_again(stall: Stall) -> None:
    link = link_to(stall, "Kussen", partner(), in_stock=False)
    assert "Kussen Kussen" not in stall.items()
    offer = Offer.objects.get(link=link)
    offer.in_stock = True
    offer.save()
    assert "Kussen Kussen" in stall.items()


def test_a_stopped_link_is_no_offer(stall: Stall) -> None:
    of = partner()
    link_to(stall, "Kussen", of, in_stock=False)
    link = link_to(stall, "Kussen", of, in_stock=True)
    assert "Kussen Kussen" in stall.items()

    stops.stop(link.key, by="Noor", why="recall")
    assert "Kussen Kussen" not in stall.items()


def test_a_link_that_moves_to_another_product_counts_there(stall: Stall) -> None:
    link = link_to(stall, "Kussen", partner(), in_stock=False)
    assert "Kussen Kussen" not in stall.items()

    link.product = stall.products["Bureau"]
    link.save()

    assert {"Kussen Kussen"} <= stall.items().keys()
    assert "Bureau Bureau" not in stall.items()


def test_what_is_free_is_advised_whatever_partners_have(stall: Stall) -> None:
    link_to(stall, "Kussen", partner(), in_stock=False)
    stall.products["Kussen"].paid = False
    stall.products["Kussen"] = content.publish(stall.products["Kussen"])
    item = stall.items()["Kussen Kussen"]
    assert item["offers"] == []


def test_what_is_derived_row_by_row_equals_what_is_derived_from_all(stall: Stall) -> None:
    of = partner()
    first = link_to(stall, "Kussen", of, in_stock=False)
    stall.view()
    link_to(stall, "Matras", of, in_stock=False)
    stall.view()
    first.delete()
    followed = stall.view().derived["sold_out"]
    replica.reset()

    assert followed == stall.view().derived["sold_out"]
    assert followed == {content.key(stall.products["Matras"])}


# --- law 3 ---------------------------------------------------------------------------------

money = st.fixed_dictionaries(
    {
        "price": st.none() | st.decimals(0, 9999, places=2),
        "partner": st.integers(0, 2),
    }
)


@hypothesis_settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(money, min_size=8, max_size=8),
    st.lists(st.none() | st.decimals(0, 100, places=2), min_size=3, max_size=3),
)
def test_shuffling_all_prices_partners_and_commissions_leaves_every_decision_as_it_was(
    stall: Stall, prices: list[dict[str, Any]], commissions: list[Decimal | None]
) -> None:
    """Byte for byte: snapshot, blocked set, order, scores and reasons."""
    partners = list(Partner.objects.order_by("pk"))
    if not partners:
        partners = [partner(name) for name in ("Aarde", "Maan", "Zon")]
        for number in range(8):
            name = PRODUCTS[number % 4]
            link_to(stall, name, partners[number % 3], price=number + 1, in_stock=number < 6)
    outcomes = [builders.assessment(), builders.assessment(profile=1), default_assessment("x")]
    before = [stall.advice(outcome).decision.to_json() for outcome in outcomes]

    for of, commission in zip(partners, commissions, strict=True):
        of.commission = commission
        of.save()
    for link, drawn in zip(Link.objects.order_by("pk"), prices, strict=True):
        link.partner = partners[drawn["partner"]]
        link.save()
        offer = Offer.objects.get(link=link)
        offer.price = drawn["price"]
        offer.save()

    after = [stall.advice(outcome).decision.to_json() for outcome in outcomes]
    assert after == before


def test_the_decision_knows_neither_a_price_nor_a_partner(stall: Stall) -> None:
    link_to(stall, "Matras", partner("Slaapwinkel", commission=Decimal("12.34")), price=5678)
    advice = stall.advice()
    recorded = advice.decision.to_json().decode()
    assert not [word for word in ("Slaapwinkel", "12.34", "5678", "link:") if word in recorded]
    assert advice.shown["ranking"]["commission_influences_rank"] is False
