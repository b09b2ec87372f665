from cms.content.models import GlossaryTerm
from cms.content.texts import DEFAULT
from cms.published.references import Node
from cms.published.registry import Rendering


def glossary(found: GlossaryTerm) -> Rendering:
    """A word in every language, without an address."""
    words = _said(found, "word")
    return Rendering(
        kind="glossary",
        link={
            "title": words[DEFAULT],
            "words": words,
            "abbreviation": found.abbreviation or None,
            "stands_for": _said(found, "stands_for") if found.abbreviation else None,
            "explanations": _said(found, "explanation"),
        },
    )


def _said(found: GlossaryTerm, name: str) -> Node:
    return {locale: getattr(found, f"{name}_{locale}") for locale in ("nl", "en")}
