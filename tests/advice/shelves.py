"""A View of generated items, links and pages, made in memory: for laws that hold of every one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import orjson
from hypothesis import strategies as st

from cms.advice import catalogue
from cms.published.view import Row, View, applied
from tests.recommender import test_advice_laws as laws
from tests.recommender.builders import DAY

NOON = datetime.fromisoformat(f"{DAY.isoformat()}T12:00:00+00:00")
BUILDS = {
    "snapshot": catalogue.snapshot,
    "timed_items": catalogue.timed_items,
    "sold_out": catalogue.sold_out,
    "conditions": catalogue.conditions,
    "moments": catalogue.moments,
}


def row(key: str, seq: int, **columns: Any) -> Row:
    empty = dict.fromkeys(("path", "valid_from", "valid_until", "link", "card", "body", "item"))
    given = {name: orjson.dumps(columns.pop(name)) for name in ("link", "card") if name in columns}
    fields = {
        "state": "live",
        "kind": "thing",
        "locale": "nl",
        "translation_key": "",
        "former_paths": (),
        "text": None,
        "hash": repr((columns, given)),
    }
    return Row(key=key, seq=seq, **{**empty, **fields, **columns, **given})


def view(rows: Iterable[Row], **more: Any) -> View:
    made = applied(View(epoch=1), rows, seq=1)
    derived = {name: build(None, made, None) for name, build in BUILDS.items()}
    return replace(made, derived=derived, **more)


def item_row(key: str, data: Mapping[str, Any], **columns: Any) -> Row:
    card = {"title": key, "cautions": []}
    return row(key, 1, item=data, card=card, translation_key=data["translation_key"], **columns)


states = laws.mostly("live", "hidden", "gone")


@st.composite
def shelves(draw: st.DrawFn) -> tuple[dict[str, Any], list[Row], frozenset[str]]:
    """Items as data, their rows with a state and a schedule, and those whose rendering lags."""
    items = draw(laws.catalogues)
    rows = [
        item_row(
            key,
            data,
            state=draw(states),
            valid_from=_at(draw(st.sampled_from([None, None, None, -1, 1]))),
            valid_until=_at(draw(st.sampled_from([None, None, None, -1, 1]))),
        )
        for key, data in items.items()
    ]
    return items, rows, draw(st.frozensets(st.sampled_from(sorted(items)), max_size=2))


def _at(hours: int | None) -> datetime | None:
    return None if hours is None else NOON + timedelta(hours=hours)


prices = st.none() | st.builds(
    lambda cents: {"amount": f"{cents / 100:.2f}", "currency": "EUR", "seen": "2026-11-20"},
    st.integers(1, 99_999),
)
links = st.builds(
    lambda partner, price, in_stock: {"partner": partner, "price": price, "in_stock": in_stock},
    st.sampled_from(["Aanbieder", "Boekwinkel", "Zorgshop"]),
    prices,
    st.booleans(),
)


def link_row(number: int, product: str, said: Mapping[str, Any]) -> Row:
    more = {"disclosure": {"nl": "Betaalde link"}, "tokens": {"advice": "a", "condition": "c"}}
    return row(
        f"link:{number}", 1, kind="link", locale="", translation_key=product, link={**more, **said}
    )
