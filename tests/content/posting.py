"""What a browser sends of a StreamField, made from its raw data."""

from typing import Any

from wagtail import blocks
from wagtail.test.utils.form_data import rich_text, streamfield


def posted(block: Any, raw: Any) -> Any:
    """For `nested_form_data`: the raw data of a block as its form field has it."""
    if isinstance(block, blocks.StreamBlock):
        return streamfield(
            [
                (each["type"], posted(block.child_blocks[each["type"]], each["value"]))
                for each in raw
            ]
        )
    if isinstance(block, blocks.ListBlock):
        return streamfield([("item", posted(block.child_block, each)) for each in raw])
    if isinstance(block, blocks.StructBlock):
        return {name: posted(child, raw[name]) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.RichTextBlock):
        return rich_text(raw)
    if isinstance(block, blocks.BooleanBlock):
        return "on" if raw else None
    return "" if raw is None else str(raw)
