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
    CoursePage,
    ExerciseProgramme,
    HomePage,
    IndexPage,
    ProductPage,
    ProviderPage,
    ServicePage,
    SymptomPage,
)
from cms.content.renderers.article import article
from cms.content.renderers.condition import condition
from cms.content.renderers.course import course
from cms.content.renderers.exercise import exercise_programme
from cms.content.renderers.home import home, index
from cms.content.renderers.product import product
from cms.content.renderers.provider import provider
from cms.content.renderers.service import service
from cms.content.renderers.symptom import symptom
from cms.published import references
from cms.published.registry import Rendering

PAGES: dict[type, Callable[[Any], Rendering]] = {
    HomePage: home,
    IndexPage: index,
    ConditionPage: condition,
    ArticlePage: article,
    ExerciseProgramme: exercise_programme,
    ProductPage: product,
    ServicePage: service,
    SymptomPage: symptom,
    CoursePage: course,
    ProviderPage: provider,
}


def render_page(page: Any) -> Rendering | None:
    """None: a draft, unpublished, expired, private, or outside every site.

    Independent of the clock: a page that expires says until when it is valid, and is unpublished
    when that moment has come (schedule.py).
    """
    if type(page) not in PAGES or not page.live or not places.is_open(page):
        return None
    made = replace(render_draft(page), valid_from=page.go_live_at, valid_until=page.expire_at)
    return as_alias(made, page) if page.alias_of_id else made


def render_draft(page: Any) -> Rendering:
    """The page as it is in memory, whether or not it is live."""
    return replace(
        PAGES[type(page)](page),
        locale=page.locale.language_code,
        translation_key=str(page.translation_key),
        path=places.path_of(page),
    )


def as_alias(made: Rendering, page: Any) -> Rendering:
    """An alias is found and advised through its source."""
    body = (made.body or {}) | {"canonical": references.link(f"page:{page.alias_of_id}")}
    return replace(made, body=body, item=None, text=None)
