"""Hints: what would make a page better, said at the field it is about. None of them blocks.

What blocks publishing is an error and comes from `problems()` of the page and `clean()` of its
blocks; a hint stands under its field from the moment the page is opened.
"""

from cms.content.hints.page import Hint, hints

__all__ = ["Hint", "hints"]
