"""Pages for when something is not there, or not there any more, or not now."""

import sys
from typing import Any

from flask import Flask, current_app, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from examples.website.client import Away, Document, Problem
from examples.website.trail import BadTrail

RETRY_SECONDS = "10"


def install(app: Flask) -> None:
    app.register_error_handler(Away, lambda error: refused(503, retry=RETRY_SECONDS))
    app.register_error_handler(BadTrail, lambda error: refused(400))
    app.register_error_handler(Problem, of_the_api)
    app.register_error_handler(HTTPException, lambda error: refused(error.code or 500))
    app.register_error_handler(Exception, unforeseen)


def of_the_api(problem: Problem) -> Any:
    """What the API says must be shown is shown with the refusal too."""
    if problem.status >= 500:
        return refused(503, problem.document, problem.retry_after or RETRY_SECONDS)
    return refused(problem.status, problem.document)


def unforeseen(error: Exception) -> Any:
    current_app.log_exception(sys.exc_info())
    return refused(500)


def refused(status: int, document: Document | None = None, retry: str = "") -> Any:
    """One template; the sentences are by status, with some for every other."""
    said = document or {}
    body = render_template(
        "refused.html",
        status=status,
        must_show=said.get("must_show", []),
        slug=(request.view_args or {}).get("slug", ""),
        path=request.path[1:] if request.endpoint == "site.page" else "",
    )
    response = make_response(body, status)
    if retry:
        response.headers["Retry-After"] = retry
    return response
