"""Every way in which the API says no: the table behind `type`, `title` and `status` (RFC 9457).

Names are stable: clients decide by `type`. A title says what a person can do about it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

TYPE_PREFIX = "urn:problem-type:herstelwijzer:"


class Kind(NamedTuple):
    status: int
    title: str
    retry_after: int | None = None  # seconds


KINDS = {
    "bad-request": Kind(400, "Correct what `errors` names and send the request again"),
    "malformed-json": Kind(400, "Send one JSON object (RFC 8259) in UTF-8"),
    "unknown-host": Kind(400, "Send the request to an address that this server answers for"),
    "not-found": Kind(404, "There is nothing at this address"),
    "method-not-allowed": Kind(405, "Use a method that the Allow header names"),
    "not-acceptable": Kind(406, "Accept application/json"),
    "incomplete": Kind(409, "Ask the questions in `next` first; advice needs a finished screening"),
    "gone": Kind(410, "This was deleted and will not come back; remove your link to it"),
    "withdrawn": Kind(410, "This version was withdrawn; use its successor"),
    "length-required": Kind(411, "Send a Content-Length header"),
    "too-large": Kind(413, "Send a smaller body"),
    "uri-too-long": Kind(414, "Send a shorter query"),
    "unsupported-media-type": Kind(415, "Send Content-Type: application/json in UTF-8"),
    "internal-error": Kind(500, "This is a fault of the server; try again later"),
    "starting": Kind(503, "This process is loading its content; try again in a moment", 1),
    "advice-away": Kind(503, "There is no advice at the moment; try again in a moment", 5),
    "search-away": Kind(503, "Search does not answer; try again in a moment", 5),
    "database-away": Kind(503, "The database does not answer; try again in a moment", 5),
}


@dataclass(frozen=True)
class FieldError:
    """One bad field. `at` is a JSON pointer into the body, or the name of a parameter or header;
    `message` says what would be right."""

    place: Literal["pointer", "parameter", "header"]
    at: str
    message: str

    def to_dict(self) -> dict[str, str]:
        return {self.place: self.at, "message": self.message}


class Refused(Exception):
    """Raised anywhere below an endpoint to answer with the problem of that name."""

    def __init__(
        self, name: str, detail: str = "", errors: Iterable[FieldError] = (), **more: Any
    ) -> None:
        super().__init__(name)
        self.name, self.detail, self.more = name, detail, more
        self.errors = tuple(errors)


def document(
    name: str, detail: str = "", errors: Iterable[FieldError] = (), **more: Any
) -> dict[str, Any]:
    """The body of a problem. `detail` is there only when it says more than the title; `more` are
    fields that only this sort of problem has."""
    kind = KINDS[name]
    body: dict[str, Any] = {
        "type": f"{TYPE_PREFIX}{name}",
        "title": kind.title,
        "status": kind.status,
    }
    if detail:
        body["detail"] = detail
    if listed := [error.to_dict() for error in errors]:
        body["errors"] = listed
    return body | more


def pointer(*steps: str | int) -> str:
    """A JSON pointer (RFC 6901); "" is the whole body."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def bad_field(message: str, *steps: str | int) -> FieldError:
    return FieldError("pointer", pointer(*steps), message)


def bad_parameter(name: str, message: str) -> FieldError:
    return FieldError("parameter", name, message)
