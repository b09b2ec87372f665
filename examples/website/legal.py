"""Legal texts: the newest version of each, and those before it."""

from typing import Any

from flask import Blueprint, render_template

from examples.website.client import Document
from examples.website.locales import chosen
from examples.website.site import api, public

routes = Blueprint("legal", __name__, url_prefix="/juridisch")


@routes.get("/<key>")
def newest(key: str) -> Any:
    return shown(("legal", key))


@routes.get("/<key>/<version>")
def version(key: str, version: str) -> Any:
    return shown(("legal", key, "versions", version))


def shown(steps: tuple[str, ...]) -> Any:
    found: Document = api().get(*steps, locale=chosen())
    return public(render_template("legal.html", found=found, steps=steps))
