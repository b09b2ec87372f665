"""What of this app can be published, told to the registry of cms.published."""

from collections.abc import Iterator
from typing import Any

from wagtail.models import Page

from cms.content import editor_search, replaced, schedule, signals
from cms.content.models import CustomImage, Term
from cms.content.renderers import render_page
from cms.content.renderers.image import image
from cms.content.renderers.term import term
from cms.published import registry


def register() -> None:
    registry.register(
        "page", load=load_page, ids=page_ids, render=render_page, after=editor_search.index
    )
    registry.register(
        "image", load=load_image, ids=image_ids, render=image, after=editor_search.index
    )
    registry.register("term", load=load_term, ids=term_ids, render=term, after=editor_search.index)
    registry.chore(schedule.run)
    registry.chore(editor_search.index_forgotten)
    registry.chore(replaced.tidy)
    signals.connect()


def pk_of(id_: str) -> int | None:
    """None for what only looks like an id: a page has one key, and "05" is not it."""
    return int(id_) if id_.isascii() and id_.isdecimal() and str(int(id_)) == id_ else None


def load_page(id_: str) -> Any | None:
    return Page.objects.filter(pk=pk_of(id_), depth__gt=1).specific().first()


def page_ids() -> Iterator[str]:
    ids = Page.objects.filter(depth__gt=1).order_by("pk").values_list("pk", flat=True)
    return map(str, ids)


def load_image(id_: str) -> Any | None:
    return CustomImage.objects.filter(pk=pk_of(id_)).first()


def image_ids() -> Iterator[str]:
    return map(str, CustomImage.objects.order_by("pk").values_list("pk", flat=True))


def load_term(key: str) -> Term | None:
    return Term.objects.filter(key=key).first()


def term_ids() -> Iterator[str]:
    return iter(Term.objects.order_by("key").values_list("key", flat=True))
