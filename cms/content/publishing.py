"""What of this app can be published, told to the registry of cms.published."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from wagtail.models import Page

from cms.content import editor_search, providers, replaced, schedule, signals
from cms.content.models import CustomImage, GlossaryTerm, LegalText, Reference, Term
from cms.content.renderers import render_page
from cms.content.renderers.glossary import glossary
from cms.content.renderers.image import image
from cms.content.renderers.legal import legal
from cms.content.renderers.reference import reference
from cms.content.renderers.term import term
from cms.published import registry
from cms.published.replica import replica


def register() -> None:
    registry.register(
        "page", load=load_page, ids=page_ids, render=render_page, after=editor_search.index
    )
    registry.register(
        "image", load=load_image, ids=image_ids, render=image, after=editor_search.index
    )
    for prefix, model, render in (
        ("term", Term, term),
        ("reference", Reference, reference),
        ("glossary", GlossaryTerm, glossary),
    ):
        registry.register(
            prefix,
            load=partial(load_by_key, model),
            ids=partial(keys_of, model),
            render=render,
            after=editor_search.index,
        )
    registry.register("legal", load=load_legal, ids=legal_ids, render=legal)
    replica.derive("providers", providers.derive)
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


def load_by_key(model: Any, key: str) -> Any | None:
    return model.objects.filter(key=key).first()


def keys_of(model: Any) -> Iterator[str]:
    return iter(model.objects.order_by("key").values_list("key", flat=True))


def load_legal(id_: str) -> LegalText | None:
    """The newest version that is live is "terms:nl"; "terms:nl@2" is that one."""
    name, _, version = id_.partition("@")
    key, _, locale = name.partition(":")
    same = LegalText.objects.filter(key=key, locale=locale)
    if "@" not in id_:
        return same.order_by("-live", "-version").first()
    number = pk_of(version)
    return None if number is None else same.filter(version=number).first()


def legal_ids() -> Iterator[str]:
    texts = LegalText.objects.order_by("key", "locale", "version")
    named = dict.fromkeys(each for text in texts for each in text.ids)
    return iter(named)
