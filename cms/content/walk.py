"""Every text of a page, whether it stands in a field or deep in a StreamField."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText


@dataclass(frozen=True)
class Text:
    """`field`: of the page. `place`: headings and labels on the way to it, "" for the field itself.

    `source` is what is stored: rich text with its tags, or plain text."""

    field: str
    place: str
    source: str
    is_rich: bool


# Text fields that no visitor reads as prose: a citation is worded by others.
NOT_PROSE = {"search_description", "guideline_citation"}
# Blocks whose value names the place of the others in their struct.
NAMES = ("heading", "title", "label", "name")


def texts(page: Any) -> Iterator[Text]:
    """The texts of a page in the order of its fields. Names and keys (CharFields) are none."""
    for field in page._meta.concrete_fields:
        value = getattr(page, field.attname)
        if isinstance(field, StreamField):
            for block in value or ():
                yield from _of(field.name, block.block, block.value)
        elif isinstance(field, RichTextField):
            yield Text(field.name, "", value or "", is_rich=True)
        elif isinstance(field, models.TextField) and field.name not in NOT_PROSE:
            yield Text(field.name, "", value or "", is_rich=False)


def _of(field: str, block: Any, value: Any) -> Iterator[Text]:
    for leaf, said, place in leaves(block, value):
        if isinstance(said, RichText):
            yield Text(field, place, said.source, is_rich=True)
        elif isinstance(leaf, blocks.TextBlock):
            yield Text(field, place, said or "", is_rich=False)


def images(page: Any) -> Iterator[tuple[str, Any]]:
    """Every image that a page shows, with the field that it is chosen in."""
    if page.image:
        yield "image", page.image
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            for block in getattr(page, field.attname) or ():
                for leaf, image, _place in leaves(block.block, block.value):
                    if isinstance(leaf, ImageChooserBlock) and image is not None:
                        yield field.name, image


def leaves(block: Any, value: Any, place: str = "") -> Iterator[tuple[Any, Any, str]]:
    """Every block that holds no others, with its value and the headings on the way to it."""
    if isinstance(block, blocks.StructBlock):
        here = _deeper(place, value)
        for name, child in block.child_blocks.items():
            yield from leaves(child, value.get(name), here)
    elif isinstance(block, blocks.ListBlock):
        for child in value or ():
            yield from leaves(block.child_block, child, place)
    else:
        yield block, value, place


def _deeper(place: str, value: Any) -> str:
    name = next((str(value[name]) for name in NAMES if value.get(name)), "")
    return " › ".join(part for part in (place, name) if part)
