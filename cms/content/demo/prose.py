"""Readable text to what Draftail stores.

Blank lines part paragraphs; "- " and "1. " begin the lines of a list, "### " a heading;
**bold**, *italic*, [text](https://…) and [text](page:rug/lage-rugpijn).
"""

import re
from collections.abc import Callable
from html import escape

_LIST_LINE = re.compile(r"(?:- |\d+\. )")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"\*(.+?)\*")

FindPage = Callable[[str], int]


def to_html(text: str, find_page: FindPage) -> str:
    """`find_page` gives the id of the page at a path; it raises when there is none."""
    pieces = (piece.strip() for piece in re.split(r"\n\s*\n", text))
    return "".join(_piece(piece, find_page) for piece in pieces if piece)


def _piece(piece: str, find_page: FindPage) -> str:
    if piece.startswith("### "):
        return f"<h3>{_inline(piece[4:], find_page)}</h3>"
    if _LIST_LINE.match(piece):
        tag = "ul" if piece.startswith("- ") else "ol"
        lines = re.split(r"\n(?=- |\d+\. )", piece)
        inner = "".join(
            f"<li>{_inline(_LIST_LINE.sub('', each, 1), find_page)}</li>" for each in lines
        )
        return f"<{tag}>{inner}</{tag}>"
    return f"<p>{_inline(piece, find_page)}</p>"


def _inline(text: str, find_page: FindPage) -> str:
    html = escape(" ".join(text.split()), quote=False)
    html = _LINK.sub(lambda found: _link(found[1], found[2], find_page), html)
    return _ITALIC.sub(r"<i>\1</i>", _BOLD.sub(r"<b>\1</b>", html))


def _link(inner: str, address: str, find_page: FindPage) -> str:
    if address.startswith("page:"):
        return f'<a linktype="page" id="{find_page(address.removeprefix("page:"))}">{inner}</a>'
    return f'<a href="{address.replace(chr(34), "%22")}">{inner}</a>'
