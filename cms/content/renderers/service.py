from cms.content.models import ServicePage
from cms.content.models.service import TEXTS
from cms.content.renderers import parts, richtext
from cms.content.renderers.item import Advised
from cms.published.references import Node
from cms.published.registry import Rendering


def service(page: ServicePage) -> Rendering:
    """What it is, for whom and how to get it; who offers it is not said anywhere."""
    advised = Advised(page)
    extra: Node = {
        "kind": page.kind,
        "specialism": parts.term(page.specialism),
        "access": page.access,
        "online": page.online,
    }
    return Rendering(
        kind="service",
        link=parts.link(page),
        card=advised.card() | extra,
        body=parts.top(page)
        | extra
        | {name: richtext.rich(getattr(page, name)) for name in TEXTS}
        | {
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
            "body": "\n".join(
                [page.lead, *(richtext.words(getattr(page, name)) for name in TEXTS)]
            ).strip(),
        },
    )
