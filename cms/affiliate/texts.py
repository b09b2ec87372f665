"""What a visitor is told beside a link."""

DISCLOSURE = {
    "nl": "Betaalde link: koop je hierdoor iets bij {name}, dan krijgen wij een vergoeding.",
    "en": "Paid link: if you buy something at {name} through it, we get a commission.",
}


def disclosure(name: str) -> dict[str, str]:
    """By language; cms.published.offers takes the one of the page."""
    return {locale: text.format(name=name) for locale, text in DISCLOSURE.items()}
