from typing import Any

from cms.content.models import ArticlePage
from cms.content.renderers import parts, richtext
from cms.content.renderers.item import Advised
from cms.published.registry import Rendering


def article(page: ArticlePage) -> Rendering:
    advised = Advised(page)
    body: dict[str, Any] = parts.top(page) | {
        "body": richtext.rich(page.body),
        "about": advised.about(),
        "glossary": parts.glossary(page),
        "review": parts.review(page),
        "sources": parts.sources(page),
        "must_show": [
            *parts.example(page, reviewed=bool(page.reviewed_by)),
            *parts.paid(page),
        ],
    }
    return Rendering(
        kind="article",
        link=parts.link(page),
        card=advised.card(),
        body=body,
        item=advised.item(),
        text={
            "title": page.title,
            "names": [],
            "body": "\n".join([page.lead, richtext.words(page.body)]),
        },
    )
