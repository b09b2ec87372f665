"""Legal texts, one version at a time."""

from api.shapes import base as a
from api.shapes.common import LegalCard


class LegalText(LegalCard):
    """A published version never changes and stays readable by its number."""

    changes = a.maybe_text("compared with the version before")
    published = a.moment()


EXAMPLE = {
    "key": "legal:disclaimer:nl",
    "type": "legal",
    "locale": "nl",
    "title": "Belangrijk om te weten",
    "legal": "disclaimer",
    "version": 1,
    "effective_from": "2026-11-24",
    "body": {
        "html": "<p>Deze informatie vervangt geen gesprek met een zorgverlener.</p>",
        "text": "Deze informatie vervangt geen gesprek met een zorgverlener.",
    },
    "changes": None,
    "published": "2026-11-24T09:00:00+00:00",
}
