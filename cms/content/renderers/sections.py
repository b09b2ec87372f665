"""The typed sections of a condition page, each with a stable id, an anchor and an aspect."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.text import slugify

from cms.content.renderers import richtext
from cms.content.renderers.section_contents import CONTENT, item_lists
from cms.content.renderers.words import words_of
from cms.published.references import Node


def sections(stream: Any, locale: str) -> list[Node]:
    """Sections in the editor's order. `locale` is the page's: legal texts are shown in it."""
    blocks = list(stream)
    unique = anchors(block.value["heading"] for block in blocks)
    return [
        {
            "type": block.block_type,
            "id": str(block.id),
            "anchor": anchor,
            "heading": block.value["heading"],
            "aspect": block.value["aspect"],
            "content": {"body": richtext.rich(block.value["body"])}
            | CONTENT[block.block_type](block.value, locale),
        }
        for block, anchor in zip(blocks, unique, strict=True)
    ]


def anchors(headings: Iterable[str]) -> Iterator[str]:
    """A readable anchor for each heading; the second of the same name gets "-2"."""
    seen: dict[str, int] = {}
    for heading in headings:
        name = slugify(heading) or "sectie"
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def contents(made: list[Node]) -> list[Node]:
    """The table of contents of these sections."""
    return [{name: section[name] for name in ("id", "anchor", "heading")} for section in made]


def cards_shown(stream: Any) -> list[int]:
    """The ids of all pages that a card of these sections shows, each once, in order."""
    shown = [pk for block in stream for chosen in item_lists(block) for pk in chosen]
    return list(dict.fromkeys(shown))


def legal_texts(stream: Any) -> set[str]:
    """The legal texts that these sections show."""
    return {
        kind
        for block in stream
        if block.block_type == "information"
        for kind in block.value["texts"]
    }


def words(stream: Any) -> list[str]:
    """The sections' own words, for search."""
    return [said for block in stream for said in words_of(block.block, block.value)]
