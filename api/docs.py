"""The OpenAPI document and a page to read it, both without a request to anyone else."""

from functools import cache
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request
from rest_framework.response import Response

from api.describe import Answer
from api.endpoint import Endpoint, operation
from api.errors import problem
from api.problems import Refused

# Redoc makes its styles while running and searches in a worker; both stay on this site.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src blob:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


class OpenAPI(Endpoint):
    @operation(
        "openapi",
        "This document",
        answers=[Answer(200, "OpenAPI 3.1", {"type": "object"}, {"openapi": "3.1.1"})],
    )
    def get(self, request: Request) -> Response:
        """Made from the code that answers; docs/openapi.json is a copy of it."""
        return Response(written())


@cache
def written() -> bytes:
    return orjson.dumps(document(), option=orjson.OPT_INDENT_2)


def document() -> dict[str, Any]:
    with translation.override("en"):
        made: dict[str, Any] = SchemaGenerator(urlconf="api.urls").get_schema(public=True)
    return made


def page(request: HttpRequest) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        refused = problem(Refused("method-not-allowed"))
        refused["Allow"] = "GET, HEAD"
        return refused
    response = render(request, "api/docs.html")
    response["Content-Security-Policy"] = PAGE_POLICY
    response["Cache-Control"] = "no-cache"
    return response
