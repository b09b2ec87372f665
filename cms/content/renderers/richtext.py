"""From what Draftail stores to what readers get: links as references, everything else sanitised."""

from typing import Any

from wagtail.rich_text.rewriters import EmbedRewriter, LinkRewriter, MultiRuleRewriter

from cms.published import references
from cms.published.references import Node


def _page_link(attributes: dict[str, str]) -> str:
    return f'<a data-key="page:{int(attributes["id"])}">'


_rewrite = MultiRuleRewriter([LinkRewriter({"page": _page_link}), EmbedRewriter()])


def html_of(stored: str) -> str:
    """Rich text with internal links as `<a data-key="page:12">` and embeds taken out."""
    return str(_rewrite(stored))


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
    return [int(embed.attrs["id"]) for embed in embeds if embed.attrs.get("id", "").isdecimal()]
