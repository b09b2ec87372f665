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
    """The id of a page by its path, of a snippet of a model by its key, of an image by its title.
    Each raises BadFile. `page` gives None for a page that is not there in this language."""

    page: Callable[[str], int | None]
    page_in_text: Callable[[str], int]
    snippet: Callable[[Any, str], int]
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
        found = [(here, raw_value(block.child_block, each, finders, here)) for here, each in places]
        return [
            {"type": "item", "id": _id(here), "value": value}
            for here, value in found
            if value is not None
        ]
    if said is None:
        return None
    if isinstance(block, blocks.RichTextBlock):
        return prose.to_html(said, finders.page_in_text)
    if isinstance(block, blocks.PageChooserBlock):
        return finders.page(said)
    if isinstance(block, SnippetChooserBlock):
        return finders.snippet(block.target_model, said)
    if isinstance(block, ImageChooserBlock):
        return finders.image(said)
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
