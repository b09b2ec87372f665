"""What nobody has in stock. Prices, partners and commissions are not looked at (law 3)."""

from collections.abc import Iterable

import orjson

from cms.published.view import Row, View

LINK = "link:"


def sold_out(view: View) -> frozenset[str]:
    """Return the translation keys whose every live link is out of stock.

    A link that is hidden or stopped is no offer; what has no link at all is not sold out.
    """
    live = [row for row in view.rows.values() if row.key.startswith(LINK) and row.state == "live"]
    return frozenset(row.translation_key for row in live) - frozenset(_available(live))


def _available(live: Iterable[Row]) -> Iterable[str]:
    for row in live:
        if row.link is not None and orjson.loads(row.link)["in_stock"]:
            yield row.translation_key
