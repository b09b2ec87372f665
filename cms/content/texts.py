"""Sentences that the software itself says to visitors, by language."""

DEFAULT = "nl"

EXAMPLE = {
    "nl": "Dit is een voorbeeld. Geen zorgverlener heeft deze tekst nagekeken.",
    "en": "This is an example. No clinician has reviewed this text.",
}
EXAMPLE_PROVIDER = {
    "nl": "Dit is een voorbeeld. Deze praktijk bestaat niet.",
    "en": "This is an example. This practice does not exist.",
}
DISCLAIMER = {
    "nl": "Deze informatie is algemeen en vervangt geen gesprek met een zorgverlener.",
    "en": "This information is general and does not replace a talk with a clinician.",
}
DISCLOSURE = {
    "nl": (
        "Op deze pagina staan producten. Bij een product kan een betaalde link staan: koop je via "
        "die link, dan krijgen wij een vergoeding. Jij betaalt niet meer. De vergoeding bepaalt "
        "niet wat we tonen."
    ),
    "en": (
        "This page shows products. A product may have a paid link: if you buy through it, we get "
        "a commission. You pay nothing extra. The commission does not decide what we show."
    ),
}
PAID = {
    "nl": "Betaalde link: koop je via deze link, dan krijgen wij een vergoeding.",
    "en": "Paid link: if you buy through it, we get a commission.",
}


def say(sentence: dict[str, str], locale: str) -> str:
    """The sentence in this language, or in Dutch when it has not been translated."""
    return sentence.get(locale, sentence[DEFAULT])
