from cms.content.models import CoursePage
from cms.content.renderers import parts, richtext
from cms.content.renderers.item import Advised
from cms.published.references import Node
from cms.published.registry import Rendering


def course(page: CoursePage) -> Rendering:
    """`free` says whether the visitor pays, `paid` (of every item) whether we may earn on it."""
    advised = Advised(page)
    extra: Node = {
        "provider_name": page.provider_name,
        "duration": page.duration,
        "free": page.free,
        "format": page.format,
    }
    return Rendering(
        kind="course",
        link=parts.link(page),
        card=advised.card() | extra,
        body=parts.top(page)
        | extra
        | {
            "address": page.url,
            "body": richtext.rich(page.body),
            "about": advised.about(),
            "must_show": [
                *parts.example(page, reviewed=parts.is_safety_reviewed(page)),
                *parts.paid(page),
            ],
        },
        item=advised.item(),
        text={
            "title": page.title,
            "names": [],
            "body": "\n".join([page.lead, page.provider_name, richtext.words(page.body)]),
        },
    )
