from rest_framework import serializers

from api.shapes import base as a


class Change(a.Shape):
    key = a.text("names it for ever, whatever its address")
    seq = a.number("the number of its last change")
    state = a.one_of("live", "hidden", "gone")
    type = a.text()
    locale = a.maybe_text()
    path = a.maybe_text()
    former_paths = a.texts()
    valid_from = a.moment()
    valid_until = a.moment()
    content = a.maybe_text("the address of its content, when it is a page")


class Changes(a.Shape):
    next = a.text("the `since` of the next question")
    more = serializers.BooleanField(help_text="ask again at once")
    reset = serializers.BooleanField(help_text="forget everything before taking these rows")
    rows = Change(many=True)


class ManifestPage(a.Shape):
    key = a.text()
    seq = a.number()
    type = a.text()
    locale = a.text()
    path = a.text()
    url = a.text("where the front end shows it")
    content = a.text("the address of its content")


class Manifest(a.Shape):
    next = a.text("the `since` from which to follow the changes")
    pages = ManifestPage(many=True)


CHANGES_EXAMPLE = {
    "next": "1:58",
    "more": False,
    "reset": False,
    "rows": [
        {
            "key": "page:12",
            "seq": 57,
            "state": "live",
            "type": "condition",
            "locale": "nl",
            "path": "rug/lage-rugpijn",
            "former_paths": ["lage-rugpijn"],
            "valid_from": None,
            "valid_until": None,
            "content": "/api/v1/content/nl/rug/lage-rugpijn",
        },
        {
            "key": "page:9",
            "seq": 58,
            "state": "gone",
            "type": "article",
            "locale": "nl",
            "path": "oud",
            "former_paths": [],
            "valid_from": None,
            "valid_until": None,
            "content": None,
        },
    ],
}
MANIFEST_EXAMPLE = {
    "next": "1:58",
    "pages": [
        {
            "key": "page:12",
            "seq": 57,
            "type": "condition",
            "locale": "nl",
            "path": "rug/lage-rugpijn",
            "url": "https://www.example.nl/nl/rug/lage-rugpijn",
            "content": "/api/v1/content/nl/rug/lage-rugpijn",
        }
    ],
}
