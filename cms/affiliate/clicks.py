"""From a token to the address at the partner, and the click on the way there."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

import orjson
from django.conf import settings

from cms.affiliate import destinations, tokens
from cms.affiliate.drain import Drain, line_of
from cms.affiliate.ids import ids
from cms.affiliate.judge import verdict
from cms.affiliate.networks import CLICK_PARAMETER
from cms.affiliate.spool import Spool
from cms.affiliate.tokens import Read
from cms.published.view import Row, View

spool = Spool(settings.DATA_DIR / "clicks")
drain = Drain(spool)


@dataclass(frozen=True, slots=True)
class Target:
    """What a link's row says for /go alone. `before_click_id` is None when its network takes no
    click id."""

    destination: str
    before_click_id: str | None
    partner: int
    partner_name: str


class Found(NamedTuple):
    read: Read
    row: Row
    target: Target


def find(view: View, token: str, now: datetime) -> Found | None:
    """None: no link can be read in the token, or it or its product is not live. Somebody may hold
    the address of a link to what was withdrawn since."""
    read = tokens.read(token)
    row = view.live(f"link:{read.link}", now) if read else None
    if read is None or row is None or row.body is None or not _is_sold(view, row, now):
        return None
    return Found(read, row, target_of(row.body))


def _is_sold(view: View, link: Row, now: datetime) -> bool:
    """Whether the product of a link is live in some language."""
    rows = (view.live(key, now) for key in view.siblings.get(link.translation_key, ()))
    return any(row is not None and row.kind != link.kind for row in rows)


def follow(found: Found, user_agent: str, purposes: str, now: datetime) -> str:
    """Count a click and return where it leads. The visitor goes there even if it is not kept.

    What the request said of itself gives the verdict and is not kept.
    """
    click_id = ids.take()
    target = found.target
    spool.write(
        line_of(
            {
                "click_id": click_id,
                "link": found.read.link,
                "link_key": found.row.key,
                "product": found.row.translation_key,
                "partner": target.partner,
                "partner_name": target.partner_name,
                "placement": found.read.placement,
                "signed": found.read.signed,
                "verdict": verdict(user_agent, purposes),
            },
            now,
        )
    )
    if target.before_click_id is None:
        return target.destination
    return target.before_click_id + click_id


@lru_cache(maxsize=4096)
def target_of(body: bytes) -> Target:
    """Read the body of a link's row, which no public answer carries."""
    said = orjson.loads(body)
    parameter = CLICK_PARAMETER[said["network"]]
    destination = said["destination"]
    before = destinations.before_click_id(destination, parameter) if parameter else None
    return Target(destination, before, said["partner"], said["partner_name"])
