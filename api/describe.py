"""From a declaration to OpenAPI: what an operation takes, answers and refuses, with examples."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import cleandoc
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiRequest,
    OpenApiResponse,
    extend_schema,
)
from rest_framework import serializers

from api.fields import Names, Pattern, StrictSerializer, Text
from api.problems import KINDS, FieldError, document
from api.shapes import base as a
from api.shapes.screenings import Notice

PROBLEM_JSON = "application/problem+json"
JSON = "application/json"

# What any operation may answer, and what those with a body may answer besides.
ALWAYS = (
    "bad-request",
    "unknown-host",
    "not-acceptable",
    "uri-too-long",
    "internal-error",
    "starting",
)
WITH_BODY = ("malformed-json", "length-required", "too-large", "unsupported-media-type")


@dataclass(frozen=True)
class Answer:
    """One answer that is no problem. `shape`: a serializer, a JSON schema, or None (no body)."""

    status: int
    description: str
    shape: Any = None
    example: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


class BadField(serializers.Serializer[Any]):
    """Where it is wrong (one of `pointer`, `parameter`, `header`) and what would be right."""

    pointer = serializers.CharField(required=False, help_text="a JSON pointer into the body")
    parameter = serializers.CharField(required=False)
    header = serializers.CharField(required=False)
    message = serializers.CharField()


class Problem(serializers.Serializer[Any]):
    """A refusal (RFC 9457). Decide by `type`; show `title` and `errors` to a person."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = a.part(BadField, many=True, required=False)
    next = a.texts("of an unfinished screening: the questions to ask", required=False)
    successor = a.number("of a withdrawn version: the one to use", required=False, allow_null=True)
    must_show = Notice(
        many=True,
        required=False,
        help_text="of a screening that cannot be gone on with: what to do when it is urgent",
    )


class Schema(AutoSchema):
    """What drf-spectacular cannot see by itself: strictness and the forms of texts."""

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        schema = super()._map_basic_serializer(serializer, direction)
        if isinstance(serializer, StrictSerializer):
            schema["additionalProperties"] = False
            if serializer.forms:
                schema["oneOf"] = [{"required": list(form)} for form in serializer.forms]
        return schema

    def _get_parameters(self) -> Any:
        """A list in a query stands in one parameter, with commas (Names)."""
        parameters = super()._get_parameters()
        for parameter in parameters:
            if parameter["schema"].get("type") == "array":
                parameter |= {"style": "form", "explode": False}
        return parameters

    def _map_serializer_field(
        self, field: Any, direction: Any, bypass_extensions: bool = False
    ) -> Any:
        schema = super()._map_serializer_field(field, direction, bypass_extensions)
        if isinstance(field, serializers.ChoiceField) and len(field.choices) == 1:
            return {"type": "string", "const": next(iter(field.choices))}
        if isinstance(field, Pattern):
            schema["pattern"] = f"^({field.pattern})$"
        elif isinstance(field, Names):
            one = {"type": "string", "enum": list(field.allowed)}
            shown = {name: schema[name] for name in ("description",) if name in schema}
            return shown | {"type": "array", "items": one, "minItems": 1, "uniqueItems": True}
        elif isinstance(field, Text) and not field.allow_blank:
            schema.setdefault("minLength", 1)
        return schema


def described(
    handler: Callable[..., Any],
    *,
    name: str,
    summary: str,
    answers: Sequence[Answer],
    problems: Sequence[str],
    query: type[serializers.Serializer[Any]] | None,
    body: type[serializers.Serializer[Any]] | None,
    body_example: Any,
    path: Mapping[str, str],
) -> Any:
    handler.kwargs = {"schema": Schema}  # type: ignore[attr-defined]  # where extend_schema looks
    refusals = dict.fromkeys([*problems, *(WITH_BODY if body else ()), *ALWAYS])
    parameters: list[Any] = [query] if query else []
    parameters += [
        OpenApiParameter(name=part, location="path", required=True, description=says)
        for part, says in path.items()
    ]
    parameters += [
        OpenApiParameter(name=header, location="header", description=says, response=[answer.status])
        for answer in answers
        for header, says in answer.headers.items()
    ]
    request = OpenApiRequest(body, examples=[_example(name, body_example)]) if body else None
    return extend_schema(
        operation_id=name,
        summary=summary,
        description=cleandoc(handler.__doc__ or ""),
        parameters=parameters,
        request={JSON: request} if request else None,
        responses=_answers(answers) | _refusals(list(refusals)),
        tags=[handler.__module__.rpartition(".")[2]],
    )(handler)


def _answers(answers: Sequence[Answer]) -> dict[Any, OpenApiResponse]:
    return {
        answer.status if answer.shape is None else (answer.status, JSON): OpenApiResponse(
            answer.shape,
            answer.description,
            [] if answer.example is None else [_example(str(answer.status), answer.example)],
        )
        for answer in answers
    }


def _refusals(names: Sequence[str]) -> dict[Any, OpenApiResponse]:
    statuses = sorted({KINDS[name].status for name in names})
    return {
        (status, PROBLEM_JSON): OpenApiResponse(
            Problem,
            "; ".join(KINDS[name].title for name in names if KINDS[name].status == status),
            [_refusal(name) for name in names if KINDS[name].status == status],
        )
        for status in statuses
    }


def _refusal(name: str) -> OpenApiExample:
    errors = {
        "bad-request": [FieldError("parameter", "limit", "must be at most 1000")],
        "malformed-json": [
            FieldError("pointer", "/answers", "this name stands twice in its object")
        ],
        "unknown-host": [
            FieldError("header", "Host", "must be a name that this server answers for")
        ],
    }
    more: dict[str, dict[str, Any]] = {
        "withdrawn": {"successor": 2},
        "incomplete": {"next": ["duration"]},
    }
    said = document(name, errors=errors.get(name, ()), **more.get(name, {}))
    return _example(name, said, PROBLEM_JSON)


def _example(name: str, value: Any, media_type: str = JSON) -> OpenApiExample:
    return OpenApiExample(name, value=value, media_type=media_type)
