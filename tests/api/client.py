"""Asks the WSGI application itself, as a server would, and checks that it keeps to the protocol."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from io import BytesIO
from typing import Any
from urllib.parse import quote, unquote_to_bytes
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

from django.core.signals import request_finished, request_started
from django.db import close_old_connections

Application = Callable[..., Iterable[bytes]]


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def problem(self) -> str:
        """The name of a problem; fails on anything that is none."""
        assert self.headers["Content-Type"] == "application/problem+json", self
        assert self.json["status"] == self.status
        return str(self.json["type"]).removeprefix("urn:problem-type:herstelwijzer:")

    @property
    def named(self) -> set[str]:
        """Every field, parameter or header that is said to be wrong."""
        errors = self.json.get("errors", [])
        return {error[place] for error in errors for place in error if place != "message"}

    def header(self, name: str) -> str:
        value = self.headers[name]
        assert value is not None, f"no {name} in {self.headers.items()}"
        return str(value)


@dataclass
class Client:
    application: Application
    headers: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        method: str,
        address: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        **environ: Any,
    ) -> Reply:
        """`address` is percent-encoded where it has to be; its raw bytes reach the application."""
        path, _, query = address.partition("?")
        env: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": _unquoted(path),
            "QUERY_STRING": query,
            "HTTP_HOST": "testserver",
            "wsgi.input": BytesIO(body or b""),
        }
        if body is not None:
            env |= {"CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/json"}
        for name, value in (self.headers | (headers or {})).items():
            env[_variable(name)] = value
        env |= environ
        setup_testing_defaults(env)
        return _run(validator(self.application), env)

    def get(self, address: str, **options: Any) -> Reply:
        return self.ask("GET", address, **options)

    def post(self, address: str, document: Any = None, **options: Any) -> Reply:
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        return self.ask("POST", address, body, **options)


def _unquoted(path: str) -> str:
    """As servers give PATH_INFO: decoded, its bytes as latin-1."""
    return unquote_to_bytes(quote(path, safe="/%:")).decode("latin-1")


def _variable(name: str) -> str:
    variable = name.upper().replace("-", "_")
    return variable if variable in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{variable}"


@contextmanager
def _connection_kept() -> Iterator[None]:
    """A request ends by closing the connection that the test's own transaction is on."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def _run(application: Application, environ: dict[str, Any]) -> Reply:
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        started.append((status, headers))
        return lambda data: None

    with _connection_kept():
        answered = application(environ, start_response)
        try:
            body = b"".join(answered)
        finally:
            answered.close()  # type: ignore[attr-defined]
    [(status, pairs)] = started
    headers = Message()
    for name, value in pairs:
        headers[name] = value
    return Reply(int(status[:3]), headers, body)
