"""What is particular about a kind of product, from its one block."""

from collections.abc import Callable
from typing import Any

from wagtail.blocks import TextBlock

from cms.content.renderers import parts
from cms.published.references import Node


def details(stream: Any) -> Node | None:
    """Every field of the block as it is; places as links. None when there is no block."""
    for block in stream:
        return {"kind": block.block_type} | {
            name: SPECIAL.get(name, as_it_is)(value) for name, value in block.value.items()
        }
    return None


def as_it_is(value: Any) -> Any:
    """A text that was left empty is not there."""
    return None if value == "" else value


def places(value: Any) -> list[Node | None]:
    return [parts.term(term) for term in value if term is not None]


SPECIAL: dict[str, Callable[[Any], Any]] = {"contexts": places, "sleeping_positions": list}


def words(stream: Any) -> list[str]:
    """Its own words, for search."""
    return [
        value
        for block in stream
        for name, value in block.value.items()
        if value and isinstance(block.block.child_blocks[name], TextBlock)
    ]
