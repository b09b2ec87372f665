"""The typed sections of a condition page, each with a stable id, an anchor and an aspect."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.text import slugify

from cms.content.renderers import parts, richtext
from cms.published import references
from cms.published.references import Node


def sections(stream: Any) -> list[Node]:
    """Sections in the editor's order."""
    blocks = list(stream)
    unique = anchors(block.value["heading"] for block in blocks)
    return [
        {
            "type": block.block_type,
            "id": str(block.id),
            "anchor": anchor,
            "heading": block.value["heading"],
            "aspect": block.value["aspect"],
            "content": {"body": richtext.rich(block.value["body"])}
            | CONTENT[block.block_type](block.value),
        }
        for block, anchor in zip(blocks, unique, strict=True)
    ]


def anchors(headings: Iterable[str]) -> Iterator[str]:
    """A readable anchor for each heading; the second of the same name gets "-2"."""
    seen: dict[str, int] = {}
    for heading in headings:
        name = slugify(heading) or "sectie"
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def contents(made: list[Node]) -> list[Node]:
    """The table of contents of these sections."""
    return [{name: section[name] for name in ("id", "anchor", "heading")} for section in made]


def description(value: Any) -> Node:
    picture = value["image"]
    return {"points": points(value), "image": parts.image(picture.pk if picture else None)}


def recovery(value: Any) -> Node:
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
        ]
    }


def treatment(value: Any) -> Node:
    return {
        "points": points(value),
        "cards": [
            references.needs(
                "cards",
                {
                    "id": str(child.id),
                    "heading": child.value["heading"],
                    "cards": [references.card(f"page:{pk}") for pk in chosen(child.value)],
                },
            )
            for child in value["cards"].bound_blocks
        ],
    }


def points(value: Any) -> list[Node]:
    return [
        {
            "id": str(child.id),
            "label": child.value["label"],
            "text": richtext.rich(child.value["text"]),
            "term": references.link(f"term:{child.value['term'].key}")
            if child.value["term"]
            else None,
        }
        for child in value["points"].bound_blocks
    ]


CONTENT: dict[str, Callable[[Any], Node]] = {
    "description": description,
    "recovery": recovery,
    "treatment": treatment,
}


def chosen(cards: Any) -> list[int]:
    return [page.pk for page in cards["chosen"] if page is not None]


def cards_shown(stream: Any) -> list[int]:
    """The ids of all pages that a card of these sections shows, each once, in order."""
    treatments = [block.value for block in stream if block.block_type == "treatment"]
    shown = [pk for value in treatments for cards in value["cards"] for pk in chosen(cards)]
    return list(dict.fromkeys(shown))


def words(stream: Any) -> list[str]:
    """The sections' own words, for search."""
    said = []
    for block in stream:
        said += [block.value["heading"], richtext.words(block.value["body"])]
        for point in block.value.get("points", []):
            said += [point["label"], richtext.words(point["text"])]
        for profile in block.value.get("profiles", []):
            said += [profile["title"], richtext.words(profile["characteristics"])]
            said.append(richtext.words(profile["advice"]))
    return [each for each in said if each]
