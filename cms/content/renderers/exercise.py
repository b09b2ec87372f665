from typing import Any

from cms.content.models import ExerciseProgramme
from cms.content.renderers import parts, richtext
from cms.content.renderers.item import Advised
from cms.published import references
from cms.published.references import Node
from cms.published.registry import Rendering

DOSAGE = ("sets", "repetitions", "seconds", "rest_seconds", "days_a_week")


def exercise_programme(page: ExerciseProgramme) -> Rendering:
    advised = Advised(page)
    return Rendering(
        kind="exercise_programme",
        link=parts.link(page),
        card=advised.card() | {"weeks": sum(block.value["weeks"] for block in page.phases)},
        body=parts.top(page)
        | {
            "phases": [phase(block) for block in page.phases],
            "about": advised.about(),
            "must_show": [
                *parts.example(page, reviewed=parts.is_safety_reviewed(page)),
                *parts.paid(page),
            ],
        },
        item=advised.item(),
        text={"title": page.title, "names": [], "body": "\n".join([page.lead, *words(page)])},
    )


def phase(block: Any) -> Node:
    value = block.value
    return {
        "id": str(block.id),
        "title": value["title"],
        "phase": references.link(f"term:{value['phase'].key}") if value["phase"] else None,
        "weeks": value["weeks"],
        "goal": value["goal"],
        "go_on_when": value["go_on_when"],
        "exercises": [exercise(child) for child in value["exercises"].bound_blocks],
    }


def exercise(child: Any) -> Node:
    """`dosage` leaves out what is not prescribed."""
    value = child.value
    return {
        "id": str(child.id),
        "name": value["name"],
        "instructions": richtext.rich(value["instructions"]),
        "dosage": {name: value[name] for name in DOSAGE if value[name] is not None},
        "image": parts.image(value["image"].pk if value["image"] else None),
    }


def words(page: ExerciseProgramme) -> list[str]:
    said = []
    for block in page.phases:
        said += [block.value["title"], block.value["goal"]]
        for each in block.value["exercises"]:
            said += [each["name"], richtext.words(each["instructions"])]
    return said
