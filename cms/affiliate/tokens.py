"""The token in /go/<token>: which link, and where it stood. Nothing about a page or a person.

Signed, so that nobody can make up a placement. A signature that does not fit (an old key, a letter
lost when copying) costs the placement, not the visitor's way.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils.translation import gettext_lazy as _

SALT = "cms.affiliate.link"
LONGEST = 200
_LINK = re.compile(r"([1-9][0-9]{0,17})(?:[.:]|$)")


class Placement(models.TextChoices):
    """Where a link can stand: a closed list."""

    ADVICE = "advice", _("advice after a screening")
    CONDITION = "condition", _("advice of a condition")
    PRODUCT = "product", _("page of the product")
    UNKNOWN = "unknown", _("not known")


PLACEMENTS = tuple(each.value for each in Placement if each != Placement.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Read:
    """`signed` false: the placement is not known."""

    link: int
    placement: str
    signed: bool


def make(link: int, placement: str) -> str:
    return Signer(salt=SALT).sign(f"{link}.{placement}")


def make_all(link: int) -> dict[str, str]:
    """A token for each place where a link can stand."""
    return {placement: make(link, placement) for placement in PLACEMENTS}


# The same few tokens come again and again, and checking one costs more than all else of a click.
@lru_cache(maxsize=4096)
def read(token: str) -> Read | None:
    """None: there is no link in it that can be read."""
    found = _LINK.match(token) if len(token) <= LONGEST else None
    if found is None:
        return None
    try:
        said = Signer(salt=SALT).unsign(token)
    except BadSignature:
        return Read(int(found[1]), Placement.UNKNOWN.value, signed=False)
    placement = said.partition(".")[2]
    known = placement if placement in PLACEMENTS else Placement.UNKNOWN.value
    return Read(int(found[1]), known, signed=True)
