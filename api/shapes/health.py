from rest_framework import serializers

from api.shapes import base as a


class Alive(a.Shape):
    status = a.one_of("live")


class ReplicaState(a.Shape):
    epoch = a.number()
    seq = a.number("the number up to which this process knows everything")
    copied_at = a.moment("set while it serves a copy from disk")
    advises = serializers.BooleanField(help_text="false: what it knows is too old to advise from")
    withheld = a.number("items that are not advised because their rendering lags")
    failing = a.texts("what could not be derived from the newest content")


class Reader(a.Shape):
    name = a.text()
    seq = a.number()
    behind = a.number("how far its number is behind this process's")
    seen_seconds_ago = a.number()


class Clicks(a.Shape):
    """Of this process, since it started. The visitors went where they wanted all the same."""

    lost = a.number("clicks that could not be written to disk")
    torn = a.number("clicks that were cut off while they were written")


class Readiness(a.Shape):
    status = a.one_of("ready", "degraded")
    replica = ReplicaState()
    dependencies = serializers.DictField(child=a.one_of("up", "down"), help_text="by name")
    readers = Reader(many=True)
    clicks = Clicks()


READY_EXAMPLE = {
    "status": "degraded",
    "replica": {
        "epoch": 1,
        "seq": 58,
        "copied_at": None,
        "advises": True,
        "withheld": 0,
        "failing": [],
    },
    "dependencies": {"database": "up", "redis": "up", "elasticsearch": "down"},
    "readers": [
        {"name": "elasticsearch", "seq": 41, "behind": 17, "seen_seconds_ago": 95},
        {"name": "web", "seq": 58, "behind": 0, "seen_seconds_ago": 1},
    ],
    "clicks": {"lost": 0, "torn": 0},
}
