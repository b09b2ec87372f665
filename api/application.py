"""One WSGI application: which stack of middleware a request takes is decided by its address.

The admin's sessions, cookies and languages cost the API time and would put `Vary: Cookie` on what
everybody may cache; a request for the API never comes near them.
"""

import logging
import re
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import set_urlconf
from django.utils.module_loading import import_string

from api import errors, front, go

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
GetResponse = Callable[[HttpRequest], HttpResponse]

PUBLIC = {"api", "go", "health"}
PUBLIC_URLCONF = "api.urls"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
HOOKS = ("process_view", "process_exception", "process_template_response")

access = logging.getLogger("api.access")


class PublicHandler(WSGIHandler):
    """Django with PUBLIC_MIDDLEWARE and only the addresses of api.urls."""

    _view_middleware: list[Any]
    _template_response_middleware: list[Any]
    _exception_middleware: list[Any]
    _get_response: GetResponse

    def load_middleware(self, is_async: bool = False) -> None:
        self._view_middleware = []
        self._template_response_middleware = []
        self._exception_middleware = []
        chain = _never_raising(self._get_response)
        for name in reversed(settings.PUBLIC_MIDDLEWARE):
            middleware = import_string(name)(chain)
            if hooks := [hook for hook in HOOKS if hasattr(middleware, hook)]:
                raise ImproperlyConfigured(f"PUBLIC_MIDDLEWARE calls no {hooks[0]}: {name}")
            chain = _never_raising(middleware)
        self._middleware_chain = chain

    def get_response(self, request: HttpRequest) -> HttpResponse:
        """Django's own would log the address, which may say what somebody suffers from."""
        began = perf_counter()
        request.urlconf = PUBLIC_URLCONF
        set_urlconf(PUBLIC_URLCONF)
        response: Any = self._middleware_chain(request)
        response._resource_closers.append(request.close)
        if response.status_code != 304:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            if request.method == "HEAD":
                response.content = b""
        log_access(request.method, _template(request), response.status_code, began)
        return cast(HttpResponse, response)


def _never_raising(get_response: GetResponse) -> GetResponse:
    """As Django wraps every middleware, but with a problem for an answer, whatever DEBUG says."""

    def answer(request: HttpRequest) -> HttpResponse:
        try:
            return get_response(request)
        except Exception as error:  # a server must answer
            return errors.answer(error)

    return answer


def _template(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None or match.route.startswith("^"):
        return "(no route)"
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", match.route)


def log_access(method: str | None, template: str, status: int, began: float) -> None:
    """One line for a request: its route, never its address, query, body or answer."""
    if access.isEnabledFor(logging.INFO):
        took = (perf_counter() - began) * 1000
        shown = method if method in METHODS else "(another method)"
        access.info("%s %s %d %.1f ms", shown, template, status, took)


class Application:
    """Content and clicks go before Django where they can; the API through the short stack; the
    rest, Wagtail and its admin, through the long one."""

    def __init__(self) -> None:
        self.ahead = (
            (front.PREFIX, front.TEMPLATE, front.Front()),
            (go.PREFIX, go.TEMPLATE, go.Ahead()),
        )
        self.public = PublicHandler()
        self.admin = WSGIHandler()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        for prefix, template, ahead in self.ahead:
            if path.startswith(prefix):
                began = perf_counter()
                answer = ahead.answer(environ, path)
                if answer is not None:
                    start_response(answer.status, answer.headers)
                    method = environ["REQUEST_METHOD"]
                    log_access(method, template, int(answer.status[:3]), began)
                    return [] if method == "HEAD" else [answer.body]
        handler = self.public if path[1:].split("/", 1)[0] in PUBLIC else self.admin
        return handler(environ, start_response)
