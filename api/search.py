"""GET /search: live pages by words."""

from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from api.describe import Answer
from api.endpoint import Endpoint, operation
from api.feed import DEFAULT_LOCALE, LOCALES
from api.fields import Choice, Names, Pattern, QueryWhole, StrictSerializer
from api.problems import Refused, bad_parameter
from api.shapes import pages
from api.shapes import search as shapes
from cms.published.replica import replica
from search.find import Results, Unavailable, find
from search.plan import LONGEST_QUESTION, MOST_HITS, BadQuestion


class SearchQuery(StrictSerializer):
    q = Pattern(
        r"[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*",
        "at least one word",
        max_length=LONGEST_QUESTION,
        help_text="words to look for",
    )
    locale = Choice(LOCALES, default=DEFAULT_LOCALE)
    type = Names(pages.TYPES, required=False, help_text="page types: a list with commas")
    limit = QueryWhole(min_value=1, max_value=MOST_HITS, default=20)


class Search(Endpoint):
    @operation(
        "search",
        "Pages by words",
        query=SearchQuery,
        answers=[Answer(200, "the best hits first", shapes.Found, shapes.EXAMPLE)],
        problems=["search-away"],
    )
    def get(self, request: Request, query: dict[str, Any]) -> Response:
        """`engine` says which index answered; without Elasticsearch it is `embedded`. Every hit
        is live now. Nothing of the question is kept."""
        types = tuple(query.get("type", ()))
        try:
            results = find(
                replica.view(),
                query["q"],
                query["locale"],
                types,
                query["limit"],
                now=timezone.now(),
            )
        except BadQuestion as error:
            errors = [bad_parameter(name, says) for name, says in error.problems.items()]
            raise Refused("bad-request", errors=errors) from None
        except Unavailable:
            raise Refused("search-away") from None
        return Response(_answer(results))


def _answer(results: Results) -> dict[str, Any]:
    return {
        "engine": results.engine,
        "total": results.total,
        "hits": [{"score": hit.score, "card": hit.card} for hit in results.hits],
    }
