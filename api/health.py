"""Whether the process lives, and whether it can answer. Degraded is not dead: content, screening
and advice come from memory while everything else is away."""

from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from api import checks
from api.describe import Answer
from api.endpoint import Endpoint, operation
from api.shapes import health as shapes
from cms.affiliate import clicks
from cms.published.replica import replica
from cms.published.view import COPY_ADVISABLE, View


class Live(Endpoint):
    any_host = True

    @operation(
        "live",
        "Whether the process lives",
        answers=[Answer(200, "it does", shapes.Alive, {"status": "live"})],
    )
    def get(self, request: Request) -> Response:
        """Looks at nothing. Restart a process that does not answer this."""
        return Response({"status": "live"})


class Ready(Endpoint):
    any_host = True

    @operation(
        "ready",
        "Whether the process can answer",
        answers=[Answer(200, "it can", shapes.Readiness, shapes.READY_EXAMPLE)],
    )
    def get(self, request: Request) -> Response:
        """503 until everything live was loaded for the first time. After that 200: `degraded`
        when something it depends on is away or advice rests on old content, with each named."""
        view = replica.view()
        return Response(report(view))


def report(view: View) -> dict[str, Any]:
    dependencies = checks.dependencies()
    failing = sorted(replica.failing)
    old_copy = view.copied_at is not None
    advises = not old_copy or timezone.now() - view.copied_at <= COPY_ADVISABLE  # type: ignore[operator]
    degraded = "down" in dependencies.values() or failing or old_copy
    return {
        "status": "degraded" if degraded else "ready",
        "replica": {
            "epoch": view.epoch,
            "seq": view.seq,
            "copied_at": view.copied_at,
            "advises": advises,
            "withheld": len(view.withheld),
            "failing": failing,
        },
        "dependencies": dependencies,
        "readers": checks.reading(view),
        "clicks": {"lost": clicks.spool.lost, "torn": clicks.drain.torn},
    }
