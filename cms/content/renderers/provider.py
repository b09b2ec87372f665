from cms.content import texts
from cms.content.models import ProviderPage
from cms.content.renderers import parts
from cms.published import references
from cms.published.references import Node
from cms.published.registry import Rendering


def provider(page: ProviderPage) -> Rendering:
    """Who helps where. Its card is all that the finder of providers knows of it."""
    specialisms = [row.term for row in page.specialisms.select_related("term")]
    extra: Node = {
        "practice": page.practice,
        "specialisms": [references.link(f"term:{term.key}") for term in specialisms],
        "city": page.city or None,
        "online": page.online,
        "waiting_days": page.waiting_days,
        "location": location(page),
    }
    return Rendering(
        kind="provider",
        link=parts.link(page),
        card=parts.card(page) | extra,
        body=parts.top(page)
        | extra
        | {
            "street": page.street or None,
            "postcode": page.postcode or None,
            "languages": page.languages,
            "phone": page.phone or None,
            "website": page.website or None,
            "registers": [
                {"register": row.register, "number": row.number} for row in page.registers.all()
            ],
            "insurers": page.insurers or None,
            "must_show": must_show(page),
        },
        text={
            "title": page.title,
            "names": [page.practice],
            "body": "\n".join(part for part in (page.lead, page.city) if part),
        },
    )


def location(page: ProviderPage) -> Node | None:
    """Degrees of WGS 84."""
    if page.latitude is None or page.longitude is None:
        return None
    return {"lat": float(page.latitude), "lon": float(page.longitude)}


def must_show(page: ProviderPage) -> list[Node]:
    if not page.example:
        return []
    text = texts.say(texts.EXAMPLE_PROVIDER, parts.locale_of(page))
    return [{"kind": "example_not_reviewed", "text": text}]
