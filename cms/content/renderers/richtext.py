"""From what Draftail stores to what readers get: links as references, everything else sanitised."""

import re
from typing import Any

from wagtail.rich_text.rewriters import EmbedRewriter, LinkRewriter, MultiRuleRewriter

from cms.published import references
from cms.published.references import Node

# What Draftail stores of a link. No `data-key`: a reference is made here and nowhere else.
_STORED = {"a": {"href", "linktype", "id"}}
_PK = re.compile(r"[0-9]{1,18}")


def _page_link(attributes: dict[str, str]) -> str:
    pk = attributes.get("id", "")
    return f'<a data-key="page:{int(pk)}">' if _PK.fullmatch(pk) else "<a>"


_rewrite = MultiRuleRewriter([LinkRewriter({"page": _page_link}), EmbedRewriter()])


def html_of(stored: str) -> str:
    """Rich text with internal links as `<a data-key="page:12">` and embeds taken out."""
    return str(_rewrite(references.sanitise(stored, _STORED)))


def rich(value: Any) -> Node | None:
    """`{"html": …, "text": …, "images": […]}` for a RichText value or a stored string.

    Editors have no button for a picture inside a text; one that came in by import is a card
    beside the text. None when there is nothing to read.
    """
    stored = getattr(value, "source", value) or ""
    html = html_of(stored)
    words = references.plain(html)
    images = images_in(stored)
    if not words and not images:
        return None
    node: Node = {"html": references.rich(html), "text": words}
    return node | {"images": [references.card(f"image:{pk}") for pk in images]} if images else node


def words(value: Any) -> str:
    return references.plain(html_of(getattr(value, "source", value) or ""))


def images_in(stored: str) -> list[int]:
    embeds = EmbedRewriter().extract_tags(stored).get("image", [])
    pks = (embed.attrs.get("id", "") for embed in embeds)
    return [int(pk) for pk in pks if _PK.fullmatch(pk)]
