"""From an exception to application/problem+json. Nothing of a request is put into a log line."""

import logging
import traceback
from collections.abc import Mapping
from typing import Any

import orjson
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from rest_framework import exceptions

from api.headers import PRIVATE_HEADERS
from api.problems import KINDS, FieldError, Refused, document
from cms.published.replica import NotReady

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


def problem_handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """Django REST framework's EXCEPTION_HANDLER: whatever was raised becomes a problem."""
    response = answer(error)
    if response.status_code == 405:
        response["Allow"] = ", ".join(context["view"].allowed_methods)
    return response


def answer(error: Exception) -> HttpResponse:
    refused = as_refused(error)
    if refused is None:
        log_fault(error)
        refused = Refused("internal-error")
    return problem(refused)


def as_refused(error: Exception) -> Refused | None:
    """What an exception means to a client; None: a fault of ours."""
    match error:
        case Refused():
            return error
        case NotReady():
            return Refused("starting")
        case OperationalError() | InterfaceError():
            return Refused("database-away")
        case DisallowedHost():
            host = FieldError("header", "Host", "must be a name that this server answers for")
            return Refused("unknown-host", errors=[host])
        case Http404() | exceptions.NotFound():
            return Refused("not-found")
        case exceptions.UnsupportedMediaType():
            return Refused("unsupported-media-type")
        case exceptions.NotAcceptable():
            return Refused("not-acceptable")
        case exceptions.MethodNotAllowed():
            return Refused("method-not-allowed")
        case _:
            return None


def problem(refused: Refused) -> HttpResponse:
    kind = KINDS[refused.name]
    response = HttpResponse(
        orjson.dumps(document(refused.name, refused.detail, refused.errors, **refused.more)),
        status=kind.status,
        content_type=MEDIA_TYPE,
        headers=PRIVATE_HEADERS,
    )
    if kind.retry_after is not None:
        response["Retry-After"] = str(kind.retry_after)
    return response


def log_fault(error: BaseException) -> None:
    """Where it happened and of which type, but not its message: that may quote what was sent."""
    places = traceback.extract_tb(error.__traceback__)
    lines = [f"{place.filename}:{place.lineno} {place.name}" for place in places]
    log.error("%s in\n  %s", type(error).__qualname__, "\n  ".join(lines))
