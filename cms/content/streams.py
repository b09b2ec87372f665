"""Every block of a StreamField keeps the id it has; one that comes without gets it when saved.

Blocks from the admin have ids. Those from an import may not, and Wagtail then makes up another id
each time such a block in a list is read: links to it would break, and rendering the same page
twice would give two results.
"""

from typing import Any
from uuid import uuid4

from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField


def settle_ids(page: Any) -> None:
    """Give every block of the page's StreamFields an id, before the page is saved."""
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            raw = field.stream_block.get_prep_value(getattr(page, field.name))
            settled = with_ids(field.stream_block, raw)
            if settled != raw:
                setattr(page, field.name, StreamValue(field.stream_block, settled, is_lazy=True))


def with_ids(block: Any, raw: Any) -> Any:
    """The raw data of a block, with ids where a stream or a list lacks them."""
    if isinstance(block, blocks.StreamBlock):
        return [
            child
            | {
                "id": child.get("id") or str(uuid4()),
                "value": with_ids(block.child_blocks[child["type"]], child["value"]),
            }
            for child in raw or []
            if child["type"] in block.child_blocks
        ]
    if isinstance(block, blocks.ListBlock):
        return [_list_child(block.child_block, child) for child in raw or []]
    if isinstance(block, blocks.StructBlock):
        return {
            name: with_ids(block.child_blocks[name], value) if name in block.child_blocks else value
            for name, value in (raw or {}).items()
        }
    return raw


def _list_child(block: Any, child: Any) -> dict[str, Any]:
    wrapped = (
        isinstance(child, dict) and child.get("type") == "item" and {"id", "value"} <= {*child}
    )
    value = child["value"] if wrapped else child
    id_ = (child["id"] if wrapped else None) or str(uuid4())
    return {"type": "item", "id": id_, "value": with_ids(block, value)}
