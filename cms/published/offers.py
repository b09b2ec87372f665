"""What a page or advice shows of a live link to a partner. Pure."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

# What the publications of links are called; cms.affiliate makes them.
KIND = "link"
# Paid, not to be counted as a recommendation by search engines, and without a way back.
REL = "sponsored nofollow noopener"

Offer = dict[str, Any]


def offer(key: str, link: Mapping[str, Any], placement: str, locale: str) -> Offer:
    """The link view `{"partner", "price", "in_stock", "disclosure": {locale: text},
    "tokens": {placement: token}}` as it is shown at one placement, in one language.

    Raises KeyError for a placement that links have no token for.
    """
    disclosure = link["disclosure"]
    return {
        "key": key,
        "partner": link["partner"],
        "href": f"{settings.BASE_URL}/go/{link['tokens'][placement]}",
        "rel": REL,
        "price": link["price"],
        "in_stock": link["in_stock"],
        "disclosure": disclosure.get(locale) or disclosure[settings.LANGUAGE_CODE],
    }


def in_order(found: list[Offer]) -> list[Offer]:
    """By partner: never by price or by what we earn."""
    return sorted(found, key=lambda each: (each["partner"].casefold(), each["key"]))
