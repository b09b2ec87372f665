"""Every sentence in every language, and the language of an answer."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from examples.website import glossary, show, texts
from tests.website import content as c
from tests.website.stub import Answer, Stub

TERMS = c.legal("terms", "Voorwaarden", "Wij verkopen niets")
ENGLISH = TERMS | {"key": "legal:terms:en", "locale": "en", "title": "Terms", "version": 2}


def keys(said: dict[str, Any], inside: str = "") -> Iterator[str]:
    for key, value in said.items():
        if isinstance(value, dict):
            yield from keys(value, f"{inside}{key}.")
        else:
            yield f"{inside}{key}"


@pytest.mark.parametrize("locale", sorted(texts.load_all()))
def test_every_language_has_the_same_sentences(locale: str) -> None:
    assert sorted(keys(texts.load(locale))) == sorted(keys(texts.load("nl")))


def test_an_english_page_has_english_words_around_it_and_a_way_to_the_dutch_one(
    stub: Stub, visitor: FlaskClient
) -> None:
    dutch = c.at("article", "rug/lopen", "Lopen")
    page = c.page("article", "back/walking", "Walking", translations=[dutch], about=c.about())
    page |= c.REVIEWED | {"locale": "en", "url": f"{c.SITE}/en/back/walking", "body": None}
    stub.say("GET", "content/en/back/walking", Answer(page))
    html = visitor.get("/en/back/walking").text
    for words in (
        '<html lang="en">',
        "Skip to the content",
        "Not yet reviewed by anybody",
        '<a href="/nl/rug/lopen" lang="nl" hreflang="nl">Nederlands</a>',
        'name="locale" value="en"',
        'href="/juridisch/terms?locale=en"',
        'href="/behandelaars?locale=en"',
    ):
        assert words in html


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/zoeken?locale=en&q=", "Type one or more words"),
        ("/zoeken?locale=xx&q=", "Typ een of meer woorden"),
        ("/en/nothing/here", "This page is not here"),
    ],
)
def test_an_address_of_the_website_itself_names_its_language(
    stub: Stub, visitor: FlaskClient, address: str, words: str
) -> None:
    stub.say("GET", "content/en/nothing/here", Answer({"type": "not-found"}, 404))
    assert words in visitor.get(address).text


def test_a_screening_is_asked_in_the_language_of_its_address(
    stub: Stub, visitor: FlaskClient
) -> None:
    html = visitor.get("/vragen/lage-rugpijn?locale=en").text
    assert 'action="/vragen/lage-rugpijn?locale=en"' in html
    evaluated = [asked.body for asked in stub.asked if asked.method == "POST"]
    assert [body["locale"] for body in evaluated] == ["en"]


def test_a_legal_text_says_its_version_and_leads_to_the_one_before(
    stub: Stub, visitor: FlaskClient
) -> None:
    changed = {"changes": "We sell less", "published": "2026-11-24T09:00:00+00:00"}
    stub.say("GET", "legal/terms", Answer(ENGLISH | changed))
    html = visitor.get("/juridisch/terms?locale=en").text
    for words in ("Version 2", "24 November 2026", "Wij verkopen niets", "We sell less"):
        assert words in html
    assert 'href="/juridisch/terms/1?locale=en"' in html
    assert stub.asked[-1].address == "/api/v1/legal/terms?locale=en"


def test_a_version_of_a_legal_text_stays_readable(stub: Stub, visitor: FlaskClient) -> None:
    first = TERMS | {"changes": None, "published": "2026-11-24T09:00:00+00:00"}
    stub.say("GET", "legal/terms/versions/1", Answer(first))
    html = visitor.get("/juridisch/terms/1").text
    assert "Versie 1" in html
    assert "/juridisch/terms/0" not in html


def test_every_page_says_that_no_cookie_is_set_and_leads_to_the_legal_texts(
    visitor: FlaskClient,
) -> None:
    html = visitor.get("/zoeken").text
    assert "We gebruiken geen cookies" in html
    for key in ("disclaimer", "affiliate_disclosure", "terms", "privacy", "cookies"):
        assert f'href="/juridisch/{key}"' in html


@pytest.mark.parametrize(
    ("low", "high", "unit", "nl", "en"),
    [
        (73, None, "percent", "73%", "73%"),
        (80, 90, "percent", "80–90%", "80–90%"),
        (4, 6, "weeks", "4–6 weken", "4–6 weeks"),
        (1, None, "weeks", "1 week", "1 week"),
        (0.5, 1, "years", "0,5–1 jaren", "0.5–1 years"),
        (2.5, None, "times", "2,5 keer", "2.5 times"),
        (None, None, None, "", ""),
        (3, None, None, "3", "3"),
    ],
)
def test_a_statistic_is_written_as_its_language_does(
    low: float | None, high: float | None, unit: str | None, nl: str, en: str
) -> None:
    statistic = {"low": low, "high": high, "unit": unit}
    assert show.figure(statistic, texts.load("nl")) == nl
    assert show.figure(statistic, texts.load("en")) == en


HNP = c.word("hnp", "hernia", "Een schijf puilt uit", "HNP", "hernia nuclei pulposi")
MARKED = '<abbr title="hernia nuclei pulposi">HNP</abbr>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Een HNP. Nog een HNP.</p>", f"<p>Een {MARKED}. Nog een HNP.</p>"),
        ('<a href="/HNP">de HNP</a>', f'<a href="/HNP">de {MARKED}</a>'),
        ("<p>HNPs en XHNP</p>", "<p>HNPs en XHNP</p>"),
        ('<p><abbr title="x">HNP</abbr></p>', '<p><abbr title="x">HNP</abbr></p>'),
        ("", ""),
    ],
)
def test_the_first_of_an_abbreviation_says_what_it_is_short_for(html: str, expected: str) -> None:
    assert glossary.explained(html, [HNP], "nl") == expected


def test_an_abbreviation_that_is_short_for_nothing_stays_as_it_is() -> None:
    assert glossary.explained("<p>MRI</p>", [c.word("mri", "MRI", "Beelden", "MRI")], "nl") == (
        "<p>MRI</p>"
    )
