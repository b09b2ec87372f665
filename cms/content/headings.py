"""Headings of a rich text, for people who listen to a page: no level is skipped."""

import re

from cms.published import references

_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)
ABOVE = 2  # every text of ours stands below a heading of this level


def skipping(source: str) -> list[str]:
    """The headings that stand more than one level below the one before them, in order."""
    found, level = [], ABOVE
    for here, inner in _HEADING.findall(source):
        if int(here) > level + 1:
            found.append(references.plain(inner))
        level = int(here)
    return found
