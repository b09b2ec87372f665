"""The product's own server with two more addresses: views that read a body as /evaluate and
/recommendations do, by the same serializers, and answer nothing."""

from importlib import import_module
from typing import Any

from django.urls import path

from api.wsgi import application

__all__ = ["application"]

# by name: they can be read only once Django was set up by the import above
describe, endpoint = import_module("api.describe"), import_module("api.endpoint")
recommendations, screenings = import_module("api.recommendations"), import_module("api.screenings")
Response = import_module("rest_framework.response").Response


def empty(body: Any) -> Any:
    class Empty(endpoint.Endpoint):
        @endpoint.operation(
            "empty",
            "Nothing",
            body=body,
            body_example={},
            answers=[describe.Answer(200, "nothing")],
        )
        def post(self, request: Any, body: dict[str, Any], **_: str) -> Any:
            return Response({})

    return Empty.as_view(schema=None)


import_module("api.urls").urlpatterns[:0] = [
    path("api/v1/empty/evaluate", empty(screenings.Evaluation)),
    path("api/v1/empty/recommendations", empty(recommendations.Wish)),
]
