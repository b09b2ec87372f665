from cms.content.models import LegalText
from cms.content.renderers import parts, richtext
from cms.published.registry import Rendering


def legal(found: LegalText) -> Rendering | None:
    """One version. It is shown whole on cards, so that a page can carry it."""
    if not found.live:
        return None
    link = {
        "title": found.title,
        "legal": found.key,
        "version": found.version,
        "effective_from": parts.day(found.effective_from),
    }
    card = link | {"body": richtext.rich(found.body)}
    body = card | {
        "changes": found.changes or None,
        "published": parts.instant(found.first_published_at),
    }
    return Rendering(kind="legal", locale=found.locale, link=link, card=card, body=body)
