"""GET /changes and GET /manifest: what a static build, a cache or another index follows."""

from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from api import addresses
from api.describe import Answer
from api.endpoint import Endpoint, operation
from api.fields import Choice, Pattern, QueryWhole, StrictSerializer
from api.shapes import feed as shapes
from api.shapes import pages
from cms.published import compose
from cms.published.replica import replica
from cms.published.view import Row, View

LOCALES = [code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES]
DEFAULT_LOCALE = settings.LANGUAGE_CODE


class Position(NamedTuple):
    """Where a follower stands: what it knows is everything up to `seq` of that epoch."""

    epoch: int
    seq: int

    def __str__(self) -> str:
        return f"{self.epoch}:{self.seq}"


class LocaleQuery(StrictSerializer):
    """A question about nothing but a language."""

    locale = Choice(LOCALES, default=DEFAULT_LOCALE)


class ChangesQuery(StrictSerializer):
    since = Pattern(
        r"[0-9]{1,10}:[0-9]{1,18}",
        "`next` of an earlier answer",
        required=False,
        help_text="`next` of the answer before; absent: from the beginning",
    )
    limit = QueryWhole(min_value=1, max_value=1000, default=100)


class ManifestQuery(StrictSerializer):
    locale = Choice(LOCALES, required=False)
    type = Choice(pages.TYPES, required=False)


class Changes(Endpoint):
    @operation(
        "changes",
        "What changed since",
        query=ChangesQuery,
        answers=[Answer(200, "changes in order", shapes.Changes, shapes.CHANGES_EXAMPLE)],
    )
    def get(self, request: Request, query: dict[str, Any]) -> Response:
        """Everything that has a number above `since`, in the order of the numbers: what is live,
        and what no longer is (`hidden`, `gone`). Take the rows, keep `next`, ask again; at once
        while `more` is true. Gaps in the numbers are normal.

        `reset` is true when the numbers began anew (a restored backup): forget everything, then
        take these rows. Fetch `content` for a page; a row without it (an image, a term) changes
        the pages that show it, whose ETag then differs.
        """
        return Response(changes(replica.view(), query.get("since"), query["limit"]))


class Manifest(Endpoint):
    @operation(
        "manifest",
        "Every live page",
        query=ManifestQuery,
        answers=[Answer(200, "pages by address", shapes.Manifest, shapes.MANIFEST_EXAMPLE)],
    )
    def get(self, request: Request, query: dict[str, Any]) -> Response:
        """Every address that answers 200 now, with the number of its last change. Follow with
        `GET /changes?since=` and `next`."""
        return Response(manifest(replica.view(), query.get("locale"), query.get("type")))


def changes(view: View, since: str | None, limit: int) -> dict[str, Any]:
    start = Position(*map(int, since.split(":"))) if since else Position(view.epoch, 0)
    reset = start.epoch != view.epoch
    seq = 0 if reset else start.seq
    rows = view.changes(seq, limit + 1)
    shown, more = rows[:limit], len(rows) > limit
    # Another process may be ahead of this one: a follower is never sent back.
    upto = shown[-1].seq if more else max(seq, view.seq)
    return {
        "next": str(Position(view.epoch, upto)),
        "more": more,
        "reset": reset,
        "rows": [_change(row) for row in shown],
    }


def _change(row: Row) -> dict[str, Any]:
    live = row.state == "live"
    has_page = live and row.path is not None and row.body is not None
    return {
        "key": row.key,
        "seq": row.seq,
        "state": row.state,
        "type": row.kind,
        "locale": row.locale or None,
        "path": row.path,
        "former_paths": list(row.former_paths),
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "content": addresses.content(row.locale, row.path or "") if has_page else None,
    }


def manifest(view: View, locale: str | None, kind: str | None) -> dict[str, Any]:
    now = timezone.now()
    found = [
        {
            "key": row.key,
            "seq": row.seq,
            "type": row.kind,
            "locale": row.locale,
            "path": row.path,
            "url": compose.site_url(row.locale, row.path),
            "content": addresses.content(row.locale, row.path),
        }
        for row in view.rows.values()
        if row.path is not None
        and row.body is not None
        and row.live_at(now)
        and locale in (None, row.locale)
        and kind in (None, row.kind)
    ]
    found.sort(key=lambda page: (page["locale"], page["path"]))
    return {"next": str(Position(view.epoch, view.seq)), "pages": found}
