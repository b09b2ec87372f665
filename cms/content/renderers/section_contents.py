"""What each type of section holds beside its heading and its text. One function for each type.

A draft may be half written when it is shown to a front end: what was not chosen is null.
"""

from collections.abc import Callable, Iterator
from typing import Any

from cms.content.renderers import parts, richtext
from cms.published import references
from cms.published.references import Node


def start(value: Any, locale: str) -> Node:
    return {
        "actions": [
            {
                "id": str(child.id),
                "kind": child.value["kind"],
                "label": child.value["label"],
                "page": page_link(child.value["page"]),
            }
            for child in value["actions"].bound_blocks
        ]
    }


def description(value: Any, locale: str) -> Node:
    picture = value["image"]
    return {
        "points": [point(child) for child in value["points"].bound_blocks],
        "image": parts.image(picture.pk if picture else None),
        "statistics": statistics(value),
    }


def recovery(value: Any, locale: str) -> Node:
    return {
        "profiles": [
            {
                "id": str(child.id),
                "number": child.value["number"],
                "title": child.value["title"],
                "days": {
                    "from": child.value["from_days"],
                    "from_included": child.value["from_included"],
                    "until": child.value["until_days"],
                    "until_included": child.value["until_included"],
                },
                "duration": child.value["duration"],
                "characteristics": richtext.rich(child.value["characteristics"]),
                "advice": richtext.rich(child.value["advice"]),
            }
            for child in value["profiles"].bound_blocks
        ],
        "statistics": statistics(value),
    }


def causes(value: Any, locale: str) -> Node:
    return {
        "factors": [
            point(child)
            | {
                "modifiable": child.value["modifiable"] or None,
                "qualifier": child.value["qualifier"] or None,
                "evidence": child.value["evidence"] or None,
                "cards": [references.card(f"page:{pk}") for pk in chosen(child.value["cards"])],
            }
            for child in value["factors"].bound_blocks
        ]
    }


def symptoms(value: Any, locale: str) -> Node:
    return {
        "signs": [
            labelled(child)
            | {
                "symptom": page_link(child.value["symptom"]),
                "typicality": child.value["typicality"] or None,
                "qualifier": child.value["qualifier"] or None,
                "distinguishing": child.value["distinguishing"] or None,
            }
            for child in value["signs"].bound_blocks
        ]
    }


def differential(value: Any, locale: str) -> Node:
    return {
        "diagnoses": [
            labelled(child)
            | {
                "condition": page_link(child.value["condition"]),
                "qualifier": child.value["qualifier"] or None,
                "distinguishing_sign": child.value["distinguishing_sign"] or None,
            }
            for child in value["diagnoses"].bound_blocks
        ]
    }


def diagnosis(value: Any, locale: str) -> Node:
    test = value["self_test"]
    return {
        "steps": [
            labelled(child)
            | {
                "when": child.value["when"] or None,
                "when_not": child.value["when_not"] or None,
                "glossary": snippet_link("glossary", child.value["glossary"]),
            }
            for child in value["steps"].bound_blocks
        ],
        "self_test": {"screening": test["screening"], "label": test["label"] or None}
        if test["screening"]
        else None,
    }


def treatment(value: Any, locale: str) -> Node:
    return {
        "points": [
            point(child)
            | {
                "advice": child.value["advice"] or None,
                "phase": snippet_link("term", child.value["phase"]),
            }
            for child in value["points"].bound_blocks
        ],
        "cards": [
            references.needs(
                "cards",
                {
                    "id": str(child.id),
                    "heading": child.value["heading"],
                    "cards": [
                        references.card(f"page:{pk}") for pk in chosen(child.value["chosen"])
                    ],
                },
            )
            for child in value["cards"].bound_blocks
        ],
    }


def products(value: Any, locale: str) -> Node:
    return {"groups": [product_group(child) for child in value["groups"].bound_blocks]}


def product_group(child: Any) -> Node:
    """One without a text goes with its last card."""
    value = child.value
    text = richtext.rich(value["text"])
    node = {
        "id": str(child.id),
        "heading": value["heading"],
        "category": value["category"],
        "contexts": [references.link(f"term:{term.key}") for term in value["contexts"] if term],
        "text": text,
        "cards": [references.card(f"page:{pk}") for pk in chosen(value["chosen"])],
    }
    return node if text else references.needs("cards", node)


def information(value: Any, locale: str) -> Node:
    """The newest of each legal text, whole, in the language of the page."""
    kinds = dict.fromkeys(kind for kind in value["texts"] if kind)
    return {"texts": [references.card(f"legal:{kind}:{locale}") for kind in kinds]}


CONTENT: dict[str, Callable[[Any, str], Node]] = {
    "start": start,
    "description": description,
    "recovery": recovery,
    "causes": causes,
    "symptoms": symptoms,
    "differential": differential,
    "diagnosis": diagnosis,
    "treatment": treatment,
    "products": products,
    "information": information,
}


# --- parts of them ------------------------------------------------------------------------


def labelled(child: Any) -> Node:
    return {
        "id": str(child.id),
        "label": child.value["label"],
        "text": richtext.rich(child.value["text"]),
    }


def point(child: Any) -> Node:
    return labelled(child) | {"term": snippet_link("term", child.value["term"])}


def statistics(value: Any) -> list[Node]:
    return [
        {
            "id": str(child.id),
            "measure": snippet_link("term", child.value["measure"]),
            "low": number(child.value["low"]),
            "high": number(child.value["high"]),
            "unit": child.value["unit"] or None,
            "population": child.value["population"] or None,
            "source": snippet_link("reference", child.value["reference"]),
        }
        for child in value["statistics"].bound_blocks
    ]


def number(said: Any) -> int | float | None:
    """80 and not 80.0: what is whole is said as a whole number."""
    if said is None:
        return None
    return int(said) if said == int(said) else float(said)


def page_link(page: Any) -> Node | None:
    return references.link(f"page:{page.pk}") if page else None


def snippet_link(prefix: str, snippet: Any) -> Node | None:
    return references.link(f"{prefix}:{snippet.key}") if snippet else None


def chosen(pages: Any) -> list[int]:
    return [page.pk for page in pages if page is not None]


def item_lists(block: Any) -> Iterator[list[int]]:
    """The ids of the pages that each list of cards in a section shows."""
    for name, field in CARDS.get(block.block_type, {}).items():
        for each in block.value[name]:
            yield chosen(each[field])


# Where sections show cards: the list, and the field of its children.
CARDS = {
    "causes": {"factors": "cards"},
    "treatment": {"cards": "chosen"},
    "products": {"groups": "chosen"},
}
