"""Answers of the API for pages that its document has no example of: small, whole, and made of the
names in api/shapes."""

from typing import Any

Node = dict[str, Any]

SITE = "https://www.example.nl"
PICTURE = {
    "key": "image:3",
    "type": "image",
    "title": "Rug",
    "alt": "Iemand houdt zijn rug vast",
    "credit": "",
    "licence": "",
    "width": 800,
    "height": 600,
    "focal_point": None,
    "renditions": [
        {"src": "/media/rug.webp", "width": 400, "height": 300, "type": "image/webp"},
        {"src": "/media/rug.png", "width": 400, "height": 300, "type": "image/png"},
    ],
}


def text(words: str) -> Node:
    return {"html": f"<p>{words}</p>", "text": words}


def at(kind: str, path: str, title: str, locale: str = "nl") -> Node:
    """Who and where a page is."""
    return {
        "key": f"page:{path}",
        "type": kind,
        "locale": locale,
        "path": path,
        "url": f"{SITE}/{locale}/{path}",
        "title": title,
    }


def term(key: str, label: str, kind: str = "factor") -> Node:
    labels = {"nl": label, "en": f"{label} (en)"}
    return {
        "key": f"term:{key}",
        "type": "term",
        "title": label,
        "labels": labels,
        "term": key,
        "term_kind": kind,
        "retired": False,
    }


def reference(key: str, **more: Any) -> Node:
    return {
        "key": f"reference:{key}",
        "type": "reference",
        "title": f"Titel van {key}",
        "authors": None,
        "publisher": "KNGF",
        "year": 2021,
        "kind": "guideline",
        "doi": None,
        "pmid": None,
        "url": f"https://richtlijn.example/{key}",
        "evidence": None,
        "accessed": None,
    } | more


def word(key: str, called: str, explained: str, short: str = "", long: str = "") -> Node:
    return {
        "key": f"glossary:{key}",
        "type": "glossary",
        "title": called,
        "words": {"nl": called, "en": called},
        "abbreviation": short or None,
        "stands_for": {"nl": long, "en": long} if long else None,
        "explanations": {"nl": explained, "en": explained},
    }


def card(kind: str, path: str, title: str, /, **more: Any) -> Node:
    return at(kind, path, title) | {"lead": f"Over {title}", "image": None} | more


def caution(label: Node, effect: str, says: str, **more: Any) -> Node:
    return {
        "constraint": label["term"],
        "label": label,
        "effect": effect,
        "reason": "a_reason",
        "text": says,
        "hours_apart": None,
        "reference": None,
    } | more


def about(**more: Any) -> Node:
    return {
        "conditions": [],
        "suits": [],
        "profiles": [],
        "paid": False,
        "cautions": [],
        "guideline": {"stance": "none", "citation": None, "reference": None, "evidence": None},
        "safety_review": None,
    } | more


def page(kind: str, path: str, title: str, /, **more: Any) -> Node:
    return (
        at(kind, path, title)
        | {
            "lead": f"Over {title}",
            "image": None,
            "seo": {"title": title, "description": ""},
            "breadcrumbs": [],
            "translations": [],
            "published": "2026-11-24T09:00:00+00:00",
            "modified": "2026-11-24T09:00:00+00:00",
            "must_show": [],
        }
        | more
    )


REVIEW = {"author": "Redactie", "reviewed_by": None, "reviewed_on": None, "next_review_due": None}
REVIEWED = {"glossary": [], "review": REVIEW, "sources": []}


def section(kind: str, **content: Any) -> Node:
    return {
        "id": f"id-{kind}",
        "anchor": f"anker-{kind}",
        "heading": f"Kop van {kind}",
        "type": kind,
        "aspect": "overview",
        "content": {"body": None} | content,
    }


def condition(*sections: Node, **more: Any) -> Node:
    headings = [{name: each[name] for name in ("id", "anchor", "heading")} for each in sections]
    return (
        page("condition", "rug/pijn", "Rugpijn")
        | REVIEWED
        | {
            "condition": "rugpijn",
            "screening": None,
            "names": [],
            "codes": [],
            "summary": [],
            "contents": headings,
            "sections": list(sections),
        }
        | more
    )


def legal(key: str, title: str, words: str, **more: Any) -> Node:
    return {
        "key": f"legal:{key}:nl",
        "type": "legal",
        "locale": "nl",
        "title": title,
        "legal": key,
        "version": 1,
        "effective_from": "2026-11-24",
        "body": text(words),
    } | more


def provider(path: str, city: str, lat: float, lon: float, *specialisms: Node) -> Node:
    place = {"lat": lat, "lon": lon}
    more = {
        "practice": path,
        "specialisms": list(specialisms),
        "city": city,
        "online": False,
        "waiting_days": 7,
        "location": place,
    }
    return {"card": card("provider", path, f"Praktijk {path}", **more), "distance_km": None}
