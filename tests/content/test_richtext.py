"""Rich text leaves with references in it and nothing else that a browser would run."""

from typing import Any

import pytest
from wagtail.rich_text import RichText

from cms.content.renderers import richtext


def pieces(stored: Any) -> list[Any]:
    node = richtext.rich(stored)
    assert node is not None
    found: list[Any] = node["html"]["$rich"]
    return found


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("<p>Beweeg</p>", ["<p>Beweeg</p>"]),
        (
            '<p>Zie <a linktype="page" id="12">de <b>pagina</b></a>.</p>',
            ["<p>Zie ", {"$link": "page:12", "inner": "de <b>pagina</b>"}, ".</p>"],
        ),
        (
            '<p><a href="https://www.thuisarts.nl/">Thuisarts</a></p>',
            ['<p><a href="https://www.thuisarts.nl/">Thuisarts</a></p>'],
        ),
        ('<p data-block-key="x1">A</p>', ["<p>A</p>"]),
        ('<p>A<script>alert(1)</script><a href="javascript:x()">b</a></p>', ["<p>A<a>b</a></p>"]),
        ('<p onclick="x()" style="color:red">A</p>', ["<p>A</p>"]),
        ('<p>A</p><embed embedtype="media" url="https://x.example/"/>', ["<p>A</p>"]),
        ('<p><a linktype="document" id="3">stuk</a></p>', ["<p><a>stuk</a></p>"]),
    ],
)
def test_html_is_sanitised_and_links_are_references(stored: str, expected: list[Any]) -> None:
    assert pieces(stored) == expected


def test_the_plain_text_says_the_same_words() -> None:
    stored = '<h3>Kop</h3><p>Een &amp; <a linktype="page" id="2">twee</a></p><ul><li>drie</li></ul>'
    node = richtext.rich(stored)
    assert node is not None
    assert node["text"] == "Kop\nEen & twee\ndrie"


def test_a_picture_in_a_text_is_a_card_beside_it() -> None:
    node = richtext.rich('<p>A</p><embed embedtype="image" id="5" alt="x" format="left"/>')
    assert node is not None
    assert node["images"] == [{"$card": "image:5"}]
    assert node["html"] == {"$rich": ["<p>A</p>"]}


@pytest.mark.parametrize("empty", ["", "<p></p>", None, RichText(""), '<p data-block-key="a"></p>'])
def test_nothing_to_read_is_nothing(empty: Any) -> None:
    assert richtext.rich(empty) is None
