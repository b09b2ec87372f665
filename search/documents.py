"""What an index holds of a row: three scored fields, already analysed."""

from collections.abc import Mapping
from typing import Any

from cms.published.view import Row
from search import analysis

# The scored fields and what a match in each is worth.
WEIGHTS = {"title": 3.0, "names": 3.0, "body": 1.0}
Fields = dict[str, str]


class Unreadable(ValueError):
    """The text of a row is not {"title": str, "names": [str], "body": str}."""


def fields_of(row: Row) -> Fields | None:
    """None: there is nothing to find, the row is not live or has no text. Raises Unreadable."""
    if row.state != "live" or row.text is None:
        return None
    texts = _texts(row.text)
    return {name: analysis.field(texts[name], row.locale) for name in WEIGHTS}


def _texts(text: Mapping[str, Any]) -> dict[str, str]:
    title, names, body = (text.get(name) for name in ("title", "names", "body"))
    if not isinstance(title, str) or not isinstance(body, str):
        raise Unreadable("text: title and body must be strings")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise Unreadable("text: names must be a list of strings")
    return {"title": title, "names": "\n".join(names), "body": body}
