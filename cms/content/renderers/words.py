"""What blocks say in words of their own, whatever their type: for search."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks

from cms.content.renderers import richtext

# Exactly these: what is derived from them holds a key or an address.
WRITTEN = (blocks.CharBlock, blocks.TextBlock)


def words_of(block: Any, value: Any) -> Iterator[str]:
    """Every text that an editor wrote in this block and the blocks in it, in their order."""
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from words_of(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for each in value or ():
            yield from words_of(block.child_block, each)
    elif isinstance(block, blocks.RichTextBlock):
        if said := richtext.words(value):
            yield said
    elif type(block) in WRITTEN and value:
        yield str(value)
