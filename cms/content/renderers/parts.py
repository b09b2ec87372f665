"""What the views of several page types have in common. Nothing that another object says."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from cms.content import places, texts
from cms.content.vocabulary import LegalKind, ReviewKind
from cms.published import references
from cms.published.references import Node


def day(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None


def instant(moment: datetime | None) -> str | None:
    """UTC, whatever time zone the database session speaks."""
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None


def image(pk: int | None) -> Node | None:
    return references.card(f"image:{pk}") if pk else None


def locale_of(page: Any) -> str:
    return str(page.locale.language_code)


def link(page: Any) -> Node:
    return {"title": page.title}


def card(page: Any) -> Node:
    """The card of any page. A card may hold links and media but no cards: the image is one link."""
    picture = references.link(f"image:{page.image_id}") if page.image_id else None
    return {"title": page.title, "lead": page.lead, "image": picture}


def top(page: Any) -> Node:
    """How every body begins."""
    return {
        "title": page.title,
        "lead": page.lead,
        "image": image(page.image_id),
        "seo": {
            "title": page.seo_title or page.title,
            "description": page.search_description or page.lead,
        },
        "breadcrumbs": [references.link(f"page:{pk}") for pk in places.breadcrumbs_of(page)],
        "translations": references.translations(str(page.translation_key)),
        "published": instant(page.first_published_at),
        "modified": instant(page.last_published_at),
    }


def review(page: Any) -> Node:
    return {
        "author": page.author or None,
        "reviewed_by": page.reviewed_by or None,
        "reviewed_on": day(page.reviewed_on),
        "next_review_due": day(page.next_review_due),
    }


def sources(page: Any) -> list[Node]:
    rows = page.sources.select_related("reference")
    return [references.link(f"reference:{row.reference.key}") for row in rows if row.reference_id]


def glossary(page: Any) -> list[Node]:
    rows = page.glossary.select_related("entry")
    return [references.link(f"glossary:{row.entry.key}") for row in rows if row.entry_id]


def names(page: Any) -> list[Node]:
    return [
        {
            "name": row.name,
            "language": row.language,
            "register": row.register,
            "relation": row.relation,
        }
        for row in page.names.all()
    ]


def term(found: Any | None) -> Node | None:
    return references.link(f"term:{found.key}") if found else None


def reference(found: Any | None) -> Node | None:
    """Keys of references never change, so they may stand here."""
    return references.link(f"reference:{found.key}") if found else None


def example(page: Any, *, reviewed: bool) -> list[Node]:
    """What a page must show when no clinician checked it."""
    if reviewed:
        return []
    return [{"kind": "example_not_reviewed", "text": texts.say(texts.EXAMPLE, locale_of(page))}]


def disclaimer(page: Any, *, shown: bool) -> list[Node]:
    """Said once, of a page that shows the disclaimer, with the whole of it."""
    if not shown:
        return []
    locale = locale_of(page)
    said = {
        "kind": "disclaimer",
        "text": texts.say(texts.DISCLAIMER, locale),
        "legal": references.card(f"legal:{LegalKind.DISCLAIMER}:{locale}"),
    }
    return [references.needs("legal", said)]


def is_safety_reviewed(page: Any) -> bool:
    return page.safety_kind in {ReviewKind.CLINICAL, ReviewKind.EDITORIAL}


def paid(page: Any) -> list[Node]:
    """Said on the page of anything that we may earn on."""
    if not page.paid:
        return []
    return [{"kind": "disclosure", "text": texts.say(texts.PAID, locale_of(page))}]


def disclosure(page: Any, product_keys: Iterable[str]) -> list[Node]:
    """Said for as long as a product that the page shows is live.

    Whether that product is paid is for its own card to say; this sentence is true of both.
    """
    products = [references.link(key) for key in product_keys]
    if not products:
        return []
    text = texts.say(texts.DISCLOSURE, locale_of(page))
    return [
        references.needs("products", {"kind": "disclosure", "text": text, "products": products})
    ]
