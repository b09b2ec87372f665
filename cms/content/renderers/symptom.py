from cms.content.models import SymptomCondition, SymptomPage
from cms.content.renderers import parts, richtext
from cms.published import references
from cms.published.references import Node
from cms.published.registry import Rendering


def symptom(page: SymptomPage) -> Rendering:
    return Rendering(
        kind="symptom",
        link=parts.link(page),
        card=parts.card(page),
        body=body(page),
        text={
            "title": page.title,
            "names": [row.name for row in page.names.all()],
            "body": "\n".join(
                each
                for each in [page.lead, richtext.words(page.body), page.when_to_see_a_doctor]
                if each
            ),
        },
    )


def body(page: SymptomPage) -> Node:
    return parts.top(page) | {
        "names": parts.names(page),
        "body": richtext.rich(page.body),
        "when_to_see_a_doctor": page.when_to_see_a_doctor,
        "possible": [possible(row) for row in page.possible.all()],
        "glossary": parts.glossary(page),
        "review": parts.review(page),
        "sources": parts.sources(page),
        "must_show": [
            *parts.example(page, reviewed=bool(page.reviewed_by)),
            {"kind": "safety_net", "text": page.when_to_see_a_doctor},
        ],
    }


def possible(row: SymptomCondition) -> Node:
    """Gone while the condition is not live: what is left would be about nothing."""
    return references.needs(
        "condition",
        {
            "condition": references.link(f"page:{row.condition_id}"),
            "typicality": row.typicality,
            "qualifier": row.qualifier or None,
            "distinguishing": row.distinguishing or None,
        },
    )
