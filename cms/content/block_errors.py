"""Errors at blocks of a StreamField that only the whole page can find."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

# Steps from the stream to a field: the number of a block, a field, the number in a list, a field …
Steps = tuple[int | str, ...]
BlockProblem = tuple[Steps, Any]  # where, message


class AtBlocks(StreamBlockValidationError):
    """Says its messages itself, where nobody shows it at the blocks."""

    def __init__(self, block_errors: Any, messages: Iterable[Any]) -> None:
        super().__init__(block_errors=block_errors)
        self.message = " ".join(str(each) for each in messages)

    def __str__(self) -> str:
        return self.message


def at_blocks(stream: Any, problems: Iterable[BlockProblem]) -> AtBlocks | None:
    """One error with every problem at its place; None without problems."""
    found = list(problems)
    if not found:
        return None
    tree: dict[Any, Any] = {}
    for steps, message in found:
        node = tree
        for step in steps[:-1]:
            node = node.setdefault(step, {})
        node.setdefault(steps[-1], message)
    errors = {number: _error(below) for number, below in tree.items()}
    return AtBlocks(errors, [message for _steps, message in found])


def _error(node: Any) -> ValidationError:
    if not isinstance(node, dict):
        return ValidationError(node)
    errors = {step: _error(below) for step, below in node.items()}
    if all(isinstance(step, int) for step in errors):
        return ListBlockValidationError(block_errors=errors)
    return StructBlockValidationError(block_errors=errors)
