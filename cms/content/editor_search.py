"""The search of the admin. Public search follows the publications instead.

Wagtail's automatic update deadlocked concurrent publishes on PostgreSQL, so it is off. Whatever is
published is indexed by the render thread after it is numbered; what has never been published (a
new draft) is found here within half a minute.
"""

import time
from typing import Any

from django.db.models import Model
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.published import leases

EVERY_SECONDS = 30
AT_ONCE = 200

_next_time = 0.0


def index(found: Model) -> None:
    """Put one object, as it is now, into the editors' index."""
    get_search_backend().add(found)


def index_forgotten() -> None:
    """Index pages that are not in the index yet. Called once a second; mostly does nothing."""
    global _next_time
    if time.monotonic() < _next_time:
        return
    _next_time = time.monotonic() + EVERY_SECONDS
    with leases.lease("editors' search") as mine:
        for page in forgotten() if mine else ():
            index(page)


def forgotten() -> list[Any]:
    missing = Page.objects.filter(depth__gt=1, index_entries=None).order_by("pk")[:AT_ONCE]
    return list(missing.specific())
