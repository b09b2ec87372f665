"""What is particular about a kind of product, told apart by `kind`, its category."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.shapes import base as a
from api.shapes.common import LEVELS, TermLink


class Ergonomics(a.Shape):
    kind = a.one_of("ergonomics")
    contexts = TermLink(many=True, help_text="where it is for")
    adjustable = serializers.BooleanField()
    space = a.text()


class Training(a.Shape):
    kind = a.one_of("training")
    level = a.one_of(*LEVELS)
    space = a.text()
    skills = a.maybe_text("what one has to be able to do")


class Sleep(a.Shape):
    kind = a.one_of("sleep")
    firmness = a.one_of("soft", "medium", "firm", "adjustable", "na")
    sleeping_positions = serializers.ListField(
        child=serializers.ChoiceField(["side", "back", "stomach"])
    )
    trial_nights = a.number("how long it may be sent back", allow_null=True)
    body_weight = a.maybe_text()


class Foot(a.Shape):
    kind = a.one_of("foot")
    shoe = a.text()
    professional = a.text("when a podiatrist is the better choice")


class Gadgets(a.Shape):
    kind = a.one_of("gadgets")
    measures = a.text()
    accuracy = a.text()
    privacy = a.text("which data leave the device")
    medical_device = serializers.BooleanField()


class Aids(a.Shape):
    kind = a.one_of("aids")
    contexts = TermLink(many=True, help_text="where it is for")
    longest_minutes_a_day = a.number(allow_null=True)
    temporary = serializers.BooleanField(help_text="not for good")
    dont = a.text("how not to use it")


class Heat(a.Shape):
    kind = a.one_of("heat")
    longest_minutes = a.number("at a time")
    temperature = a.maybe_text()


DETAILS = (Ergonomics, Training, Sleep, Foot, Gadgets, Aids, Heat)


@extend_schema_field(a.told_apart("Details", *DETAILS, by="kind"))
class DetailsField(serializers.DictField):
    """Null for a category without details."""
