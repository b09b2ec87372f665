"""GET /preview/{token}: a draft, for the front end that its editor looks at."""

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from api.describe import Answer
from api.endpoint import Endpoint, operation
from api.problems import Refused
from api.shapes import pages as shapes
from cms.content import previews
from cms.published import compose
from cms.published.replica import replica


class Preview(Endpoint):
    @operation(
        "preview",
        "A draft",
        answers=[Answer(200, "the page as its editor has it", shapes.whole_page(), shapes.EXAMPLE)],
        problems=["not-found", "database-away"],
        path={"token": "made by the admin for one page, for a quarter of an hour"},
    )
    def get(self, request: Request, token: str) -> Response:
        """The draft that an editor is looking at, in the shape of a page of `GET /content`. Never
        cached, never indexed; what it refers to is as it is live now."""
        view, now = replica.view(), timezone.now()
        kept = previews.read(token, now)
        if kept is None:
            raise Refused("not-found")
        shown = compose.draft(
            view, kept.page_key, kept.kind, kept.locale, kept.path, kept.body, now
        )
        return Response(shown, headers={"X-Robots-Tag": "noindex, nofollow"})
