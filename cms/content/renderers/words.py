"""What blocks say in words of their own, whatever their type: for search."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks

from cms.content import walk
from cms.content.renderers import richtext

# Exactly these: what is derived from them holds a key or an address.
WRITTEN = (blocks.CharBlock, blocks.TextBlock)


def words_of(block: Any, value: Any) -> Iterator[str]:
    """Every text that an editor wrote in this block and the blocks in it, in their order."""
    for leaf, said, _place in walk.leaves(block, value):
        if isinstance(leaf, blocks.RichTextBlock):
            if words := richtext.words(said):
                yield words
        elif type(leaf) in WRITTEN and said:
            yield str(said)
