from rest_framework import serializers

from api.shapes import base as a
from api.shapes.common import Card
from api.shapes.pages import EXAMPLE as PAGE_EXAMPLE


class Hit(a.Shape):
    score = serializers.FloatField(help_text="comparable only within one answer")
    card = Card()


class Found(a.Shape):
    engine = a.one_of("elasticsearch", "embedded")
    total = a.number("how many there are")
    hits = Hit(many=True)


EXAMPLE = {
    "engine": "embedded",
    "total": 1,
    "hits": [{"score": 3.2, "card": PAGE_EXAMPLE["featured"][0]}],  # type: ignore[index]
}
