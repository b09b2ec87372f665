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
    equipment = [f"page:{row.product_id}" for row in page.equipment.all()]
    return Rendering(
        kind="exercise_programme",
        link=parts.link(page),
        card=advised.card()
        | {"level": page.level, "weeks": sum(block.value["weeks"] for block in page.phases)},
        body=parts.top(page)
        | {
            "level": page.level,
            "phases": [phase(block) for block in page.phases],
            "progression": page.progression or None,
            "equipment": [references.card(key) for key in equipment],
            "about": advised.about(),
            "must_show": [
                *parts.example(page, reviewed=parts.is_safety_reviewed(page)),
                *parts.paid(page),
                *parts.disclosure(page, equipment),
            ],
        },
        item=advised.item(),
        text={
            "title": page.title,
            "names": [],
            "body": "\n".join([page.lead, *words(page), page.progression]).strip(),
        },
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
        "easier": value["easier"] or None,
        "harder": value["harder"] or None,
        "image": parts.image(value["image"].pk if value["image"] else None),
        "video": {"url": value["video"], "text": value["video_text"]} if value["video"] else None,
    }


def words(page: ExerciseProgramme) -> list[str]:
    said = []
    for block in page.phases:
        said += [block.value["title"], block.value["goal"]]
        for each in block.value["exercises"]:
            said += [each["name"], richtext.words(each["instructions"])]
            said += [each[name] for name in ("easier", "harder") if each[name]]
    return said
