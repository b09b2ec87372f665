"""References: how a view mentions what another object says. compose.py resolves them.

A link view holds no references, a card only links, a body cards and links: depth two, no cycles.
"""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

import nh3

Node = dict[str, Any]

# What editors' rich text may contain. `data-key` marks an internal link until it is composed.
ALLOWED_TAGS = {"p", "br", "b", "strong", "i", "em", "a", "ul", "ol", "li", "h2", "h3", "h4", "hr"}
ALLOWED_ATTRIBUTES = {"a": {"href", "data-key"}}
ALLOWED_SCHEMES = {"https", "http", "mailto", "tel"}

_INTERNAL_LINK = re.compile(r'<a data-key="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
_BLOCK_END = re.compile(r"<br ?/?>|</(?:p|li|h2|h3|h4)>")
_TAG = re.compile(r"<[^>]+>")


def link(key: str) -> Node:
    """The link view of a key; null, or dropped from a list, while it is not live."""
    return {"$link": key}


def card(key: str) -> Node:
    """The card of a key; null, or dropped from a list, while it is not live."""
    return {"$card": key}


def needs(field: str, node: Node) -> Node:
    """A node that goes when its `field` is empty after composing: no heading without a list."""
    return {"$needs": field, **node}


def media(path: str) -> Node:
    """The address of a media file; its base is added when serving."""
    return {"$media": path}


def said(texts: dict[str, str]) -> Node:
    """A text of its own, by language: composed to the one in the language of the page that shows
    it, or else to the first. What was not written in a language ("") is not said in it."""
    return {"$said": {language: text for language, text in texts.items() if text}}


def translations(translation_key: str) -> Node:
    """Links of the live siblings of a page in other locales."""
    return {"$translations": translation_key}


def offers(translation_key: str, placement: str) -> Node:
    """The offers of the live links to partners of a product, for one placement: a list."""
    return {"$offers": [translation_key, placement]}


def sanitise(html: str, attributes: Mapping[str, set[str]] = ALLOWED_ATTRIBUTES) -> str:
    """HTML with nothing but the allowed tags; internal links are `<a data-key="page:12">`.

    `attributes`: other ones by tag, for HTML in which links are not yet written so.
    """
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=dict(attributes),
        url_schemes=ALLOWED_SCHEMES,
        link_rel=None,
    )


def rich(html: str) -> Node:
    """Sanitised HTML in pieces: strings, and internal links as {"$link": key, "inner": html}."""
    pieces: list[str | Node] = []
    rest = 0
    clean = sanitise(html)
    for found in _INTERNAL_LINK.finditer(clean):
        pieces.append(clean[rest : found.start()])
        pieces.append({"$link": unescape(found[1]), "inner": found[2]})
        rest = found.end()
    pieces.append(clean[rest:])
    return {"$rich": [piece for piece in pieces if piece]}


def plain(html: str) -> str:
    """The words of rich text, a line for each block."""
    text = _TAG.sub("", _BLOCK_END.sub("\n", sanitise(html)))
    return "\n".join(line.strip() for line in unescape(text).splitlines() if line.strip())
