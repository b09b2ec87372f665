"""Example texts are written readably and stored as the editor of the admin stores them."""

import pytest

from cms.content.demo.prose import to_html


def find_page(path: str) -> int:
    return {"rug/spit": 7}[path]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een\nregel.\n\nTwee.", "<p>Een regel.</p><p>Twee.</p>"),
        ("### Kop\n\nTekst", "<h3>Kop</h3><p>Tekst</p>"),
        ("- een\n- twee\n  verder", "<ul><li>een</li><li>twee verder</li></ul>"),
        ("1. eerst\n2. dan", "<ol><li>eerst</li><li>dan</li></ol>"),
        ("**vet** en *schuin*", "<p><b>vet</b> en <i>schuin</i></p>"),
        ("[spit](page:rug/spit)", '<p><a linktype="page" id="7">spit</a></p>'),
        ("[x](https://a.nl/?b=1&c)", '<p><a href="https://a.nl/?b=1&amp;c">x</a></p>'),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("", ""),
    ],
)
def test_readable_text_becomes_rich_text(text: str, expected: str) -> None:
    assert to_html(text, find_page) == expected


def test_a_link_to_a_page_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        to_html("[x](page:weg)", find_page)
