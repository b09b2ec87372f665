from cms.content.models import ConditionPage, ProductPage
from cms.content.models.condition import SUMMARY
from cms.content.renderers import parts, sections
from cms.content.vocabulary import LegalKind
from cms.published.references import Node
from cms.published.registry import Rendering


def condition(page: ConditionPage) -> Rendering:
    return Rendering(
        kind="condition",
        link=parts.link(page) | {"condition": page.key},
        card=parts.card(page) | {"condition": page.key},
        body=body(page),
        text={
            "title": page.title,
            "names": [row.name for row in page.names.all()],
            "body": "\n".join([page.lead, *summary_texts(page), *sections.words(page.sections)]),
        },
    )


def body(page: ConditionPage) -> Node:
    made = sections.sections(page.sections, parts.locale_of(page))
    return parts.top(page) | {
        "condition": page.key,
        "screening": page.screening or None,
        "names": parts.names(page),
        "codes": [{"system": row.system, "code": row.code} for row in page.codes.all()],
        "summary": [
            {"aspect": str(aspect), "text": getattr(page, name)} for name, aspect in SUMMARY.items()
        ],
        "contents": sections.contents(made),
        "sections": made,
        "glossary": parts.glossary(page),
        "review": parts.review(page),
        "sources": parts.sources(page),
        "must_show": must_show(page),
    }


def must_show(page: ConditionPage) -> list[Node]:
    """What a front end may not leave out, whatever else it shows of this page."""
    shown = sections.cards_shown(page.sections)
    # What type a page is never changes, so this page may know it.
    products = set(ProductPage.objects.filter(pk__in=shown).values_list("pk", flat=True))
    return [
        *parts.example(page, reviewed=bool(page.reviewed_by)),
        {"kind": "safety_net", "text": page.safety_net},
        *parts.disclaimer(page, shown=LegalKind.DISCLAIMER in sections.legal_texts(page.sections)),
        *parts.disclosure(page, [f"page:{pk}" for pk in shown if pk in products]),
    ]


def summary_texts(page: ConditionPage) -> list[str]:
    return [getattr(page, name) for name in SUMMARY]
