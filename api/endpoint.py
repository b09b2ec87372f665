"""What every endpoint has in common: one declaration says what it takes, answers and refuses.

`@operation` reads the query and the body by the same serializers that the OpenAPI document is
made from, so neither can say what the other does not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils import translation
from rest_framework.exceptions import NotAcceptable, ValidationError
from rest_framework.fields import SkipField, empty
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import query as query_string
from api.describe import Answer, Schema, described
from api.fields import Steps, StrictSerializer, messages
from api.headers import PRIVATE_HEADERS, accepts_json
from api.problems import FieldError, Refused, bad_field, bad_parameter

Serializer = type[StrictSerializer]


@dataclass(frozen=True)
class Sent:
    """`body` as it came, `right` the fields of it that are right by themselves, `faults` everything
    that is wrong in the body or the query."""

    body: Any
    right: Mapping[str, Any]
    faults: tuple[FieldError, ...]


class Negotiation(DefaultContentNegotiation):
    """JSON or 406; no `?format=`, which would be a parameter of every endpoint."""

    def select_renderer(
        self, request: Any, renderers: Any, format_suffix: str | None = None
    ) -> tuple[Any, str]:
        if not accepts_json(request.META.get("HTTP_ACCEPT", "")):
            raise NotAcceptable
        return renderers[0], renderers[0].media_type


class Endpoint(APIView):
    """`any_host`: answers whatever the Host header says (health checks use addresses)."""

    any_host = False
    http_method_names = ["get", "head", "post"]
    content_negotiation_class = Negotiation
    metadata_class = None
    schema: Any = Schema()

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not self.any_host:
            request._request.get_host()  # raises DisallowedHost
        if request.META.get("HTTP_TRANSFER_ENCODING") and not request.META.get("CONTENT_LENGTH"):
            raise Refused("length-required")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in PRIVATE_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class NotFound(Endpoint):
    """Every address under the API's prefixes that nothing else answers for."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise Refused("not-found")


Handler = Callable[..., HttpResponse | Response]


def operation(
    name: str,
    summary: str,
    *,
    answers: Sequence[Answer],
    problems: Sequence[str] = (),
    query: Serializer | None = None,
    body: Serializer | None = None,
    body_example: Any = None,
    path: Mapping[str, str] | None = None,
    hears_faults: bool = False,
) -> Callable[[Handler], Handler]:
    """Declare a method of an Endpoint. It is called with `query` and `body`, both checked, when
    it has them; whatever else was sent is refused. `path` describes the parts of the address.

    With `hears_faults` it is called with `sent` (Sent) instead, and refuses by itself: for what
    must be answered even when something beside it is wrong."""

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        def handle(self: Endpoint, request: Request, **places: Any) -> HttpResponse | Response:
            inputs, faults = _inputs(request, query, body)
            if hears_faults and body:
                # Reading field by field costs as much again, and finds the same without a fault.
                right = right_fields(body, request.data) if faults else inputs["body"]
                return handler(self, request, **places, sent=Sent(request.data, right, faults))
            if faults:
                raise Refused("bad-request", errors=faults)
            return handler(self, request, **places, **inputs)

        return described(
            handle,
            name=name,
            summary=summary,
            answers=answers,
            problems=problems,
            query=query,
            body=body,
            body_example=body_example,
            path=path or {},
        )

    return decorate


def _inputs(
    request: Request, query: Serializer | None, body: Serializer | None
) -> tuple[dict[str, dict[str, Any]], tuple[FieldError, ...]]:
    """What is right, and everything that is wrong in either."""
    inputs: dict[str, dict[str, Any]] = {}
    errors: list[FieldError] = []
    parameters = query_string.read(request.META.get("QUERY_STRING", ""))
    if query or parameters:
        inputs["query"], wrong = _checked(query or StrictSerializer, parameters)
        errors += [bad_parameter(str(steps[0]), message) for steps, message in wrong]
    if body:
        inputs["body"], wrong = _checked(body, request.data)
        errors += [bad_field(message, *steps) for steps, message in wrong]
    return inputs, tuple(errors)


def right_fields(serializer: Serializer, data: Any) -> dict[str, Any]:
    """The fields that are right by themselves, whatever is wrong beside them."""
    found: dict[str, Any] = {}
    given = data if isinstance(data, dict) else {}
    for name, field in serializer().fields.items():
        try:
            found[name] = field.run_validation(given.get(name, empty))
        except (ValidationError, SkipField):
            continue
    return found


def _checked(serializer: Serializer, data: Any) -> tuple[dict[str, Any], list[tuple[Steps, str]]]:
    with translation.override("en"):  # errors are for developers
        checked = serializer(data=data)
        if checked.is_valid():
            return dict(checked.validated_data), []
        return {}, list(messages(checked.errors))
