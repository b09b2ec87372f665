"""The language of an answer: that of the page, else the one in the address, else the website's own.

Addresses of the website itself, such as /zoeken, name the language in `?locale=` when it is not the
website's own.
"""

from typing import Any
from urllib.parse import urlencode

from flask import current_app, g, request

from examples.website.config import Config


def own() -> str:
    site: Config = current_app.extensions["site"]
    return site.locale


def use(locale: str) -> None:
    """For this answer, when there are sentences in that language."""
    if locale in current_app.extensions["texts"]:
        g.locale = locale


def chosen() -> str:
    if "locale" not in g:
        g.locale = own()
        use(str((request.view_args or {}).get("locale", "") or request.args.get("locale", "")))
    return str(g.locale)


def said() -> dict[str, Any]:
    """The sentences in the language of this answer."""
    found: dict[str, Any] = current_app.extensions["texts"][chosen()]
    return found


def ours(path: str, **query: str) -> str:
    """The address of something of this website itself, such as zoeken, in the same language."""
    other = {} if chosen() == own() else {"locale": chosen()}
    asked = urlencode(query | other)
    return f"/{path}" + (f"?{asked}" if asked else "")
