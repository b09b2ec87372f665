"""From readable YAML to the raw data of a StreamField, by walking its blocks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.content.demo import prose
from cms.content.demo.files import BadFile


@dataclass(frozen=True)
class Finders:
    """The id of a page by its path, of a term by its key, of an image by its name."""

    page: Callable[[str], int]
    term: Callable[[str], int]
    image: Callable[[str], int]


def raw_stream(block: Any, said: list[Any], finders: Finders, place: str) -> list[Any]:
    """`said` is a list of {"type": …, and the fields of that block}. Raises BadFile.

    Ids come from the place in the file, so that loading twice gives the same ids.
    """
    raw = []
    for number, each in enumerate(said):
        fields = dict(each)
        kind = fields.pop("type", None)
        here = f"{place}[{number}]"
        if kind not in block.child_blocks:
            raise BadFile(f"{here}: type must be one of {', '.join(block.child_blocks)}")
        value = raw_value(block.child_blocks[kind], fields, finders, here)
        raw.append({"type": kind, "id": _id(here), "value": value})
    return raw


def raw_value(block: Any, said: Any, finders: Finders, place: str) -> Any:
    if isinstance(block, blocks.StructBlock):
        return _struct(block, said, finders, place)
    if isinstance(block, blocks.ListBlock):
        places = [(f"{place}[{number}]", each) for number, each in enumerate(said or [])]
        return [
            {
                "type": "item",
                "id": _id(here),
                "value": raw_value(block.child_block, each, finders, here),
            }
            for here, each in places
        ]
    if said is None:
        return None
    if isinstance(block, blocks.RichTextBlock):
        return prose.to_html(said, finders.page)
    for chooser, find in (
        (blocks.PageChooserBlock, finders.page),
        (SnippetChooserBlock, finders.term),
        (ImageChooserBlock, finders.image),
    ):
        if isinstance(block, chooser):
            return find(said)
    return said


def _struct(block: Any, said: Any, finders: Finders, place: str) -> dict[str, Any]:
    unknown = set(said) - set(block.child_blocks)
    if unknown:
        raise BadFile(f"{place}: no field {', '.join(sorted(unknown))} here")
    return {
        name: raw_value(child, said[name], finders, f"{place}.{name}")
        if name in said
        else child.get_prep_value(child.get_default())
        for name, child in block.child_blocks.items()
    }


def _id(place: str) -> str:
    return str(uuid5(NAMESPACE_URL, place))
