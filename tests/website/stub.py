"""A stand-in for the API, made from the examples in docs/openapi.json: what any API would answer
that keeps to the document. A test may answer something else at one address."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.little_server import serving

DOCUMENT = json.loads((Path(__file__).parents[2] / "docs/openapi.json").read_text())
STATUS = 200


@dataclass
class Answer:
    body: Any
    status: int = STATUS
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json"


@dataclass(frozen=True)
class Asked:
    method: str
    address: str
    headers: dict[str, str]
    body: Any


Say = Answer | Callable[[Asked], Answer]


def example(method: str, template: str, status: str = "200") -> Any:
    """What the document shows for this answer."""
    answer = DOCUMENT["paths"][template][method.lower()]["responses"][status]
    (content,) = answer["content"].values()
    return next(iter(content["examples"].values()))["value"]


def problem(status: int, kind: str, **more: Any) -> Answer:
    body = {"type": f"urn:problem-type:herstelwijzer:{kind}", "title": "…", "status": status}
    return Answer(body | more, status, kind="application/problem+json")


class Stub:
    """Answers with the examples, and remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.says: dict[tuple[str, str], Say] = {}
        self.address = ""

    def say(self, method: str, path: str, answer: Say) -> None:
        self.says[method, f"/api/v1/{path}"] = answer

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        path = urlsplit(asked.address).path
        said = self.says.get((asked.method, path))
        if said is not None:
            return said if isinstance(said, Answer) else said(asked)
        for template, methods in DOCUMENT["paths"].items():
            pattern = re.sub(r"\{path\}", ".+", re.sub(r"\{(?!path)\w+\}", "[^/]+", template))
            if re.fullmatch(pattern, path) and asked.method.lower() in methods:
                return Answer(example(asked.method, template))
        return problem(404, "not-found")


def _handler(stub: Stub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.respond()

        def do_POST(self) -> None:
            self.respond()

        def respond(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = json.loads(sent) if sent else None
            asked = Asked(self.command, self.path, dict(self.headers.items()), body)
            answer = stub.answer(asked)
            text = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
            made = b"" if answer.status == 304 else text.encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != 304:
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(made)))
            self.end_headers()
            self.wfile.write(made)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Nothing: the test looks at `asked`."""

    return Handler


@contextmanager
def running() -> Iterator[Stub]:
    stub = Stub()
    with serving(_handler(stub)) as port:
        stub.address = f"http://127.0.0.1:{port}"
        yield stub
