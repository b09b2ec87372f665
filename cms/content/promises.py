"""What the texts of a food supplement promise and may not: the linter, at the fields of a page.

Every text that a visitor reads is judged. What warns, the explanation of a constraint or an
interaction, may name a disease; it may promise no more than any other text.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.content import claims
from cms.content.linter import Finding, Language, explain, lint
from cms.content.linter.reasons import rules

TEXTS = (
    "title",
    "slug",
    "lead",
    "body",
    "use",
    "seo_title",
    "search_description",
    "guideline_citation",
)
WARNINGS = ("item_constraints", "interactions")
SHOWN = 3  # findings named at one field; the rest follow when these are mended


def problems_in(page: Any) -> Iterable[tuple[str, Any]]:
    """(field, message) for what a supplement's page may not say."""
    language = language_of(page)
    own = claims.register().get(page.claim)
    authorised = [own.text[language]] if own else []
    for name in TEXTS:
        said = str(getattr(page, name) or "")
        yield from ((name, message) for message in messages(lint(said, language, authorised)))
    if page.image:
        alt = page.image.alt_in(language)
        yield from (("image", message) for message in messages(lint(alt, language)))
    if page.rows_known:
        for relation in WARNINGS:
            for row in getattr(page, relation).all():
                found = warned(row.explanation, language)
                yield from ((NON_FIELD_ERRORS, message) for message in found)


def warned(text: str, language: Language) -> list[Any]:
    """What a text that warns says wrong."""
    return messages(lint(text, language, warns=True))


def language_of(page: Any) -> Language:
    """Texts in a language that the linter does not know are read as Dutch."""
    return "en" if page.locale_id and page.locale.language_code == "en" else "nl"


def messages(found: Iterable[Finding]) -> list[Any]:
    """One message for each sentence, in the language of the editor: what, why and what else."""
    sentences: dict[str, list[Finding]] = {}
    for finding in found:
        sentences.setdefault(finding.sentence, []).append(finding)
    return [_message(sentence, here) for sentence, here in list(sentences.items())[:SHOWN]]


def _message(sentence: str, found: list[Finding]) -> Any:
    gravest = min((finding.rule for finding in found), key=rules().index)
    reason = explain(gravest, get_language() or "en")
    return _("“%(sentence)s” Not here: %(words)s. %(why)s %(instead)s (%(law)s)") % {
        "sentence": " ".join(sentence.split()),
        "words": ", ".join(dict.fromkeys(finding.words for finding in found)),
        "why": reason.why,
        "instead": reason.instead,
        "law": reason.law,
    }
