"""Sentences that advice says to visitors, by language."""

from collections.abc import Mapping

from cms.content.texts import DEFAULT

UNKNOWN_CAUTION = {
    "nl": "We weten niet of dit voor jou geldt. Vraag het eerst aan een zorgverlener.",
    "en": "We do not know whether this holds for you. Ask a professional first.",
}
PRESENT_CAUTION = {
    "nl": "Dit geldt voor jou. Vraag eerst een zorgverlener of het kan.",
    "en": "This holds for you. Ask a professional first whether you can use it.",
}
SAFETY_NET = {
    "nl": (
        "Wordt het erger, krijg je nieuwe klachten of vertrouw je het niet? Bel dan je huisarts "
        "of de huisartsenpost."
    ),
    "en": (
        "Does it get worse, do you get new complaints or are you not sure? Then call your general "
        "practitioner or the out-of-hours service."
    ),
}


def in_language(texts: Mapping[str, str], locale: str) -> str:
    """The text in this language, or else in one that is there.

    For what must be shown, another language is better than nothing.
    """
    return texts.get(locale) or texts.get(DEFAULT) or next(iter(texts.values()), "")
