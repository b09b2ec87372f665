"""Abbreviations in a text, marked with what they are short for."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import escape

TAG = re.compile(r"(<[^>]*>)")


def explained(html: str, entries: Sequence[Mapping[str, Any]], locale: str) -> str:
    """Sanitised HTML with the first of each abbreviation of `entries` as an <abbr>. Only text is
    looked at: attributes stay as they are."""
    for entry in entries:
        short, long = entry["abbreviation"], (entry["stands_for"] or {}).get(locale)
        if short and long:
            html = _first_marked(html, str(escape(short)), str(escape(long)))
    return html


def _first_marked(html: str, short: str, long: str) -> str:
    word = re.compile(rf"(?<!\w){re.escape(short)}(?!\w)")
    marked = f'<abbr title="{long}">{short}</abbr>'
    parts = TAG.split(html)
    inside = 0  # an <abbr> of another word is not marked again
    for at, part in enumerate(parts):
        if at % 2:
            inside += part.startswith("<abbr") - (part == "</abbr>")
        elif not inside and word.search(part):
            parts[at] = word.sub(lambda _: marked, part, count=1)
            break
    return "".join(parts)
