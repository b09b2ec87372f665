"""Amounts of money in a text that may name none: they change, and nobody sees how old they are.

What a product costs is said by its offers, each with the day on which it was seen.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

_AMOUNT = re.compile(
    r"€\s*\d[\d.,]*|\b\d[\d.,]*\s*(?:€|euro\b|eur\b)|\beuro?\s+\d[\d.,]*", re.IGNORECASE
)


def amounts(text: str) -> list[str]:
    """Every amount in euros that this text names, in order."""
    return [found.strip() for found in _AMOUNT.findall(text)]


def problems_in(page: Any, fields: Iterable[str]) -> Iterable[tuple[str, Any]]:
    """(field, message) for each of these texts of a page that names an amount."""
    for name in fields:
        found = amounts(strip_tags(getattr(page, name) or "").replace("&nbsp;", " "))
        if found:
            yield (
                name,
                _("Name no amounts, they change. Take out: %(amounts)s")
                % {"amounts": ", ".join(found)},
            )
