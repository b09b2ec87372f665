"""From an object to what readers may know of it: one small function for each type.

Page types are told apart by their exact class. A function here gives the views; what is the same
for all pages (whether it is live, its address, its language) is added in `render_page`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cms.content import places
from cms.content.models import (
    ArticlePage,
    ConditionPage,
    ExerciseProgramme,
    HomePage,
    IndexPage,
    ProductPage,
)
from cms.content.renderers.article import article
from cms.content.renderers.condition import condition
from cms.content.renderers.exercise import exercise_programme
from cms.content.renderers.home import home, index
from cms.content.renderers.product import product
from cms.published import references
from cms.published.registry import Rendering

PAGES: dict[type, Callable[[Any], Rendering]] = {
    HomePage: home,
    IndexPage: index,
    ConditionPage: condition,
    ArticlePage: article,
    ExerciseProgramme: exercise_programme,
    ProductPage: product,
}


def render_page(page: Any) -> Rendering | None:
    """None: a draft, unpublished, expired, private, or outside every site.

    Independent of the clock: a page that expires says until when it is valid, and is unpublished
    when that moment has come (schedule.py).
    """
    views = PAGES.get(type(page))
    path = places.path_of(page)
    if views is None or path is None or not page.live or places.is_restricted(page):
        return None
    made = replace(
        views(page),
        locale=page.locale.language_code,
        translation_key=str(page.translation_key),
        path=path,
        valid_from=page.go_live_at,
        valid_until=page.expire_at,
    )
    return as_alias(made, page) if page.alias_of_id else made


def as_alias(made: Rendering, page: Any) -> Rendering:
    """An alias is found and advised through its source."""
    body = (made.body or {}) | {"canonical": references.link(f"page:{page.alias_of_id}")}
    return replace(made, body=body, item=None, text=None)
