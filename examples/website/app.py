"""The website as a WSGI application."""

import logging
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import Flask, Response, request
from jinja2 import StrictUndefined

from examples.website import check, finder, headers, legal, refusals, show, site, texts
from examples.website.client import Api
from examples.website.config import Config

FOLDER = Path(__file__).parent
LARGEST_FORM = 64 * 1024

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Website(Flask):
    def log_exception(self, exc_info: ExcInfo) -> None:
        """Its type and places. Flask would log the address, and the message may quote an answer."""
        kind, _, trace = exc_info
        places = "".join(traceback.format_tb(trace))
        rule = request.url_rule.rule if request.url_rule else "(no route)"
        name = kind.__name__ if kind else "error"
        logging.getLogger(__name__).error("%s at %s\n%s", name, rule, places)


def create(config: Config) -> Website:
    """Raises FileNotFoundError when there are no texts in the language of `config`."""
    app = Website(__name__, root_path=str(FOLDER), static_url_path="/static")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_FORM
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["api"] = Api(config.api)
    app.extensions["site"] = config
    texts.load(config.locale)
    app.extensions["texts"] = texts.load_all()
    show.install(app, config)
    for part in (check, finder, legal, site):
        app.register_blueprint(part.routes)
    refusals.install(app)

    @app.after_request
    def say(response: Response) -> Response:
        for name, value in headers.common(config).items():
            response.headers.setdefault(name, value)
        if request.endpoint == "static":
            response.headers["Cache-Control"] = f"public, max-age={_static_age()}"
        else:
            response.headers.setdefault("Cache-Control", headers.PRIVATE)
        return response

    return app


def _static_age() -> int:
    """A year for an address that carries the hash of what it gives, nothing for any other."""
    return 31_536_000 if "v" in request.args else 0


def load(config: Config) -> Any:
    """What a server loads in each of its processes."""
    return create(config)
