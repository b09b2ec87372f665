"""Every place where content keeps a text, filled with one text past all validation."""

import copy
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from wagtail.fields import StreamField

from cms.content.models import (
    ArticleExplained,
    ArticlePage,
    ArticleSource,
    ConditionPage,
    CoursePage,
    ExerciseProgramme,
    GlossaryTerm,
    ProductPage,
    ProviderPage,
    Reference,
    ServicePage,
    SymptomPage,
)
from cms.published import registry, touches, work
from tests.content import builders, every_section
from tests.content.builders import Tree

TYPES = (
    ArticlePage,
    ConditionPage,
    CoursePage,
    ExerciseProgramme,
    ProductPage,
    ProviderPage,
    ServicePage,
    SymptomPage,
)
# Strings in a StreamField that are no text: a choice, a key.
NOT_TEXT = {
    "aspect",
    "category",
    "evidence",
    "firmness",
    "id",
    "kind",
    "modifiable",
    "screening",
    "sleeping_positions",
    "texts",
    "type",
    "typicality",
    "unit",
}
POINT = {"label": "Kop", "text": "<p>Tekst.</p>", "term": None}
GADGET = {
    "type": "gadgets",
    "value": {"measures": "Stappen", "accuracy": "Ongeveer", "privacy": "Naar een app"},
}


@dataclass(frozen=True)
class Places:
    """A live page of each type by the path where readers find it, and what the article shows."""

    pages: dict[str, Any]
    streams: dict[str, Any]


def places(tree: Tree) -> Places:
    mentioned = every_section.mentioned(tree)
    sections = every_section.sections(mentioned)
    sections[1]["value"]["points"] = [POINT]
    pages = {
        f"nek/{model.__name__.lower()}": builders.live(
            tree.nek, model, model.__name__, slug=model.__name__.lower()
        )
        for model in TYPES
    }
    article = pages["nek/articlepage"]
    article.sources = [ArticleSource(reference=Reference.objects.get())]
    article.glossary = [ArticleExplained(entry=GlossaryTerm.objects.get())]
    builders.publish(article)
    ProductPage.objects.filter(pk=pages["nek/productpage"].pk).update(category="gadgets")
    streams = {
        "nek/conditionpage": sections,
        "nek/exerciseprogramme": [builders.PHASE],
        "nek/productpage": [GADGET],
    }
    return Places(pages, streams)


@transaction.atomic
def fill(made: Places, text: str) -> None:
    """`text` everywhere, written to the database without asking any field or form."""
    for path, page in made.pages.items():
        said: dict[str, Any] = dict.fromkeys(text_fields(page), text)
        for field in page._meta.concrete_fields:
            if isinstance(field, StreamField):
                raw = spoilt(made.streams[path], text)
                said[field.name] = field.stream_block.to_python(raw)
        type(page).objects.filter(pk=page.pk).update(**said)
    Reference.objects.update(title=text)
    GlossaryTerm.objects.update(explanation_nl=text, explanation_en=text)
    builders.legal(body=text, changes=text)
    touches.touch_all(registry.every_key())
    work.number_all()


def text_fields(page: Any) -> list[str]:
    texts = [
        field.name
        for field in page._meta.concrete_fields
        if isinstance(field, models.TextField) and field.name != "url_path"
    ]
    return ["title", "seo_title", *texts]


def spoilt(raw: Any, text: str, name: str = "") -> Any:
    """Raw data of a StreamField with `text` for each of its texts."""
    if isinstance(raw, dict):
        return {key: spoilt(value, text, key) for key, value in raw.items()}
    if isinstance(raw, list):
        return [spoilt(value, text, name) for value in raw]
    if not isinstance(raw, str) or name in NOT_TEXT or raw == "do":
        return copy.copy(raw)
    return text
