from rest_framework import serializers

from api.shapes import base as a
from api.shapes.common import Card


class FoundProvider(a.Shape):
    card = Card()
    distance_km = serializers.FloatField(
        allow_null=True, help_text="in a straight line; null without `near` or without a place"
    )


class Providers(a.Shape):
    total = a.number("how many there are")
    providers = FoundProvider(many=True)


EXAMPLE = {
    "total": 1,
    "providers": [
        {
            "card": {
                "key": "page:40",
                "type": "provider",
                "locale": "nl",
                "path": "hulp/praktijk-de-brug",
                "url": "https://www.example.nl/nl/hulp/praktijk-de-brug",
                "title": "Praktijk De Brug",
                "lead": "Fysiotherapie in het centrum van Utrecht.",
                "image": None,
                "practice": "Praktijk De Brug",
                "specialisms": [
                    {
                        "key": "term:physiotherapist",
                        "type": "term",
                        "title": "Fysiotherapeut",
                        "labels": {"nl": "Fysiotherapeut", "en": "Physiotherapist"},
                        "term": "physiotherapist",
                        "term_kind": "specialism",
                        "retired": False,
                    }
                ],
                "city": "Utrecht",
                "online": True,
                "waiting_days": 7,
                "location": {"lat": 52.0907, "lon": 5.1214},
            },
            "distance_km": 1.4,
        }
    ],
}
