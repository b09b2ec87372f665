"""Pages of the CMS, search, and a draft in preview."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
)
from jinja2 import Template

from examples.website import headers, locales
from examples.website.client import Api, Document, Moved, Problem
from examples.website.config import Config

routes = Blueprint("site", __name__)

LONGEST_QUESTION = 200
# The API says why a question is no good; everything else that it refuses is no fault of a visitor.
BAD = "bad-request"


def api() -> Api:
    found: Api = current_app.extensions["api"]
    return found


def config() -> Config:
    found: Config = current_app.extensions["site"]
    return found


# Our own addresses have longer first words: zoeken, vragen, behandelaars, juridisch, preview.
LOCALE = "<string(minlength=2, maxlength=5):locale>"


@routes.get("/")
def start() -> Any:
    return redirect(f"/{config().locale}")


@routes.get(f"/{LOCALE}", strict_slashes=False)
@routes.get(f"/{LOCALE}/<path:path>")
def page(locale: str, path: str = "") -> Any:
    try:
        found = api().get("content", locale, path) if path else api().get("content", locale)
    except Moved as moved:
        return redirect(f"/{moved.path}", 301)
    return public(shown(found, steps=("content", locale, path) if path else ("content", locale)))


def shown(found: Document, *, steps: tuple[str, ...] = (), draft: bool = False) -> str:
    """A page by its type; a type that this website does not know as well as it can."""
    names: list[str | Template] = [f"pages/{found['type']}.html", "pages/page.html"]
    locales.use(found["locale"])
    return render_template(
        names,
        page=found,
        steps=steps,
        draft=draft,
        advice=None if draft else defaults(found),
        screenings=screenings() if found.get("condition") else {},
    )


def defaults(found: Document) -> Document | None:
    """What is advised at a condition without knowing anything about the visitor."""
    if not found.get("condition"):
        return None
    try:
        key = str(found["condition"])
        return api().get("conditions", key, "recommendations", locale=found["locale"])
    except (Problem, Moved):
        return None  # the page itself is whole without it


def screenings() -> dict[str, Document]:
    """By slug: those whose questions can be asked now. A page may name one that cannot."""
    try:
        return {each["slug"]: each for each in api().get("screenings")["screenings"]}
    except (Problem, Moved):
        return {}


@routes.get("/zoeken")
def search() -> Any:
    """The words are sent to nobody but the API, and an empty question is not asked."""
    q = request.args.get("q", "").strip()
    found, refused = None, False
    if q:
        try:
            found = api().get("search", q=q[: LONGEST_QUESTION + 1], locale=locales.chosen())
        except Problem as problem:
            if problem.kind != BAD:
                raise
            refused = True
    body = render_template("search.html", q=q, found=found, refused=refused)
    return make_response(body, 400 if refused else 200)


@routes.get("/preview")
def preview() -> Any:
    """A draft, for whoever holds a token: never kept, never indexed, framed by the CMS alone."""
    draft = api().get("preview", request.args.get("token", ""))
    response = make_response(shown(draft, draft=True))
    response.headers.update(headers.common(config(), frame=config().admin))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@routes.get("/robots.txt")
def robots() -> Response:
    closed = "".join(f"Disallow: /{path}\n" for path in ("vragen/", "zoeken", "behandelaars"))
    return Response(f"User-agent: *\n{closed}", mimetype="text/plain")


def public(body: str) -> Response:
    response = make_response(body)
    response.headers["Cache-Control"] = headers.PUBLIC
    return response
