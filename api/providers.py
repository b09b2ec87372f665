"""GET /providers: who can help, near a place."""

from typing import Any

from django.utils import timezone
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.describe import Answer
from api.endpoint import Endpoint, operation
from api.feed import DEFAULT_LOCALE, LOCALES
from api.fields import Choice, Pattern, QueryWhole, StrictSerializer
from api.shapes import providers as shapes
from cms.content.providers import Point, Wish, find, specialisms
from cms.published import compose
from cms.published.replica import replica

FARTHEST_KM = 500
MOST = 100
DEGREES = r"-?(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,6})?"


class Specialism(Pattern):
    """The key of a term that is live now."""

    def __init__(self, **options: Any) -> None:
        says = "the key of a specialism, such as physiotherapist"
        super().__init__(r"[a-z][a-z0-9_]{0,59}", says, **options)

    def to_internal_value(self, data: Any) -> str:
        key = super().to_internal_value(data)
        known = sorted(specialisms(replica.view(), timezone.now()))
        if key not in known:
            raise ValidationError(f"must be one of: {', '.join(known) or 'none yet'}")
        return key


class Near(Pattern):
    def __init__(self, **options: Any) -> None:
        says = "a latitude and a longitude in degrees, such as 52.09,5.12"
        super().__init__(rf"{DEGREES},{DEGREES}", says, **options)

    def to_internal_value(self, data: Any) -> Point:  # type: ignore[override]
        lat, lon = map(float, super().to_internal_value(data).split(","))
        if abs(lat) > 90 or abs(lon) > 180:
            raise ValidationError(f"must be {self.says}: at most 90 and 180")
        return Point(lat, lon)


class ProvidersQuery(StrictSerializer):
    specialism = Specialism(required=False, help_text="the key of a term of that kind")
    near = Near(required=False, help_text="latitude,longitude: then the nearest come first")
    radius = QueryWhole(
        min_value=1,
        max_value=FARTHEST_KM,
        required=False,
        help_text="in kilometres from `near`; only who has a place is then found",
    )
    online = Choice(
        ["true", "false"], required=False, help_text="whether they can be seen by video call"
    )
    locale = Choice(LOCALES, default=DEFAULT_LOCALE)
    limit = QueryWhole(min_value=1, max_value=MOST, default=20)

    def _unknown(self, data: Any) -> dict[str, list[str]]:
        wrong = super()._unknown(data)
        if "radius" in data and "near" not in data:
            wrong["radius"] = ["needs `near`: from where?"]
        return wrong


class Providers(Endpoint):
    @operation(
        "providers",
        "Who can help, near a place",
        query=ProvidersQuery,
        answers=[Answer(200, "providers in order", shapes.Providers, shapes.EXAMPLE)],
    )
    def get(self, request: Request, query: dict[str, Any]) -> Response:
        """The nearest first; without `near` those with the shortest wait. Nobody pays for a place
        in this list. Nothing of the question is kept, and no cache may keep the answer: where
        somebody is and what help they look for is theirs. Two decimals of a degree are enough
        (about a kilometre).
        """
        view, now = replica.view(), timezone.now()
        wish = Wish(
            locale=query["locale"],
            specialism=query.get("specialism"),
            near=query.get("near"),
            radius=query.get("radius"),
            online={"true": True, "false": False}.get(query.get("online", "")),
        )
        found = find(view, wish, now)
        shown = [
            {"card": card, "distance_km": _rounded(each.distance)}
            for each in found[: query["limit"]]
            if (card := compose.card(view, each.key, now)) is not None
        ]
        return Response({"total": len(found), "providers": shown})


def _rounded(distance: float | None) -> float | None:
    return None if distance is None else round(distance, 1)
