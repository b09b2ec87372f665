from cms.content.models import Term
from cms.content.texts import DEFAULT
from cms.published.registry import Rendering


def term(found: Term) -> Rendering:
    """A term has labels in every language and no address. A retired one keeps its labels."""
    labels = {"nl": found.label_nl, "en": found.label_en}
    return Rendering(
        kind="term",
        link={
            "title": labels[DEFAULT],
            "labels": labels,
            "term": found.key,
            "term_kind": found.kind,
            "retired": found.retired,
        },
    )
