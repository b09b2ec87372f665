from cms.content import claims, texts
from cms.content.models import ProductPage
from cms.content.renderers import details, parts, richtext
from cms.content.renderers.item import Advised
from cms.content.vocabulary import ProductCategory
from cms.published import references
from cms.published.references import Node
from cms.published.registry import Rendering


def product(page: ProductPage) -> Rendering:
    """What it is and how to use it. A price and a partner are for their own links to say."""
    advised = Advised(page)
    extra: Node = {"category": page.category, "supplement": supplement(page)}
    return Rendering(
        kind="product",
        link=parts.link(page),
        card=advised.card() | extra,
        body=parts.top(page)
        | extra
        | {
            "details": details.details(page.details),
            "body": richtext.rich(page.body),
            "use": richtext.rich(page.use),
            "about": about(advised),
            "offers": offers(page),
            "must_show": must_show(page),
        },
        item=advised.item(),
        text={
            "title": page.title,
            "names": [],
            "body": "\n".join(
                [
                    page.lead,
                    richtext.words(page.body),
                    richtext.words(page.use),
                    *details.words(page.details),
                ]
            ).strip(),
        },
    )


def supplement(page: ProductPage) -> Node | None:
    """The authorised claim word for word, its condition of use, and what the law has said."""
    claim = claims.register().get(page.claim)
    if page.category != ProductCategory.SUPPLEMENTS or claim is None:
        return None
    locale = parts.locale_of(page)
    return {
        "substance": page.substance,
        "dose_per_day": {"amount": float(page.dose_per_day or 0), "unit": claim.unit},
        "maximum_per_day": {"amount": float(page.maximum_per_day), "unit": claim.unit}
        if page.maximum_per_day is not None
        else None,
        "claim": {
            "id": claim.key,
            "text": texts.say(claim.text, locale),
            "condition_of_use": texts.say(claim.condition, locale),
            "regulation": claim.regulation,
        },
        "statements": claims.statements(locale),
    }


def about(advised: Advised) -> Node:
    """A supplement's page leads to no condition: that would promise something about it.

    Nor does it name who reviewed it: a claim may not refer to a health professional's
    recommendation (Regulation (EC) 1924/2006, art. 12(c)).
    """
    said = advised.about()
    if advised.page.category == ProductCategory.SUPPLEMENTS:
        del said["conditions"]
        if said["safety_review"]:
            said["safety_review"]["by"] = None
    return said


def offers(page: ProductPage) -> Node | list[Node]:
    """Only beside the disclosure of a page that says that we may earn on it."""
    return references.offers(str(page.translation_key), "product") if page.paid else []


def must_show(page: ProductPage) -> list[Node]:
    return [
        *parts.example(page, reviewed=parts.is_safety_reviewed(page)),
        *parts.paid(page),
    ]
