"""Somebody who only reads the screen builds pages from nothing, mends a mistake and publishes."""

import json
from typing import Any
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visiting
from tests.browser.editor import Editor
from tests.example_site import ExampleSite
from tests.stack import eventually, http

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture
def editor(visit: Visiting, example: ExampleSite) -> Editor:
    """At a desk, with the browser in English."""
    made = Editor(visit(width=1280, locale="en-GB").page, example)
    made.sign_in()
    return made


def published(example: ExampleSite, path: str) -> Any:
    """The page as GET /content answers it, as soon as it does."""
    found: list[Any] = []

    def answers() -> bool:
        try:
            with http.open(f"{example.api}/api/v1/content/nl/{path}", timeout=5) as reply:
                found.append(json.load(reply))
        except HTTPError as error:
            if error.code != 404:
                raise
        return bool(found)

    eventually(answers, f"{path} is published", 30)
    return found[0]


def test_an_article(editor: Editor, example: ExampleSite) -> None:
    editor.begin("Article", below="Rug")
    editor.fill("Title", "Fietsen met rugpijn")
    editor.fill("Lead", "Fietsen kan vaak gewoon. Begin met een kort rondje.")
    editor.write("Text", "Zet je stuur wat hoger. Stap af als je benen gaan tintelen.")
    editor.page.get_by_role("tab", name="Review and sources").click()
    editor.fill("Author", "Redactie")
    editor.publish()
    editor.is_told("published")
    body = published(example, "rug/fietsen-met-rugpijn")
    assert (body["type"], body["title"]) == ("article", "Fietsen met rugpijn")
    assert body["body"]["text"] == "Zet je stuur wat hoger. Stap af als je benen gaan tintelen."
    assert body["review"]["author"] == "Redactie"


def test_a_supplement_that_promised_too_much(editor: Editor, example: ExampleSite) -> None:
    editor.begin("Product", below="Producten")
    editor.fill("Title", "Magnesium in poeder")
    editor.choose("Category", "Food supplement")
    editor.fill("Lead", "Dit poeder helpt tegen rugpijn.")
    editor.write("Text", "Magnesium zit ook in noten en volkorenbrood.")
    editor.choose("Substance", "Magnesium")
    editor.number("Amount a day", 200)
    editor.number("Never more a day than", 250)
    editor.choose("Authorised claim", "Magnesium contributes to normal muscle function")
    editor.publish()
    expect(editor.section("Lead")).to_contain_text("helpt tegen rugpijn")
    expect(editor.field("Lead")).to_be_in_viewport()
    expect(editor.section("Text")).not_to_contain_text("promise")

    editor.fill("Lead", "Een poeder dat je door water roert.")
    editor.publish()
    editor.is_told("published")
    body = published(example, "producten/magnesium-in-poeder")
    assert (body["type"], body["category"]) == ("product", "supplements")
    assert body["lead"] == "Een poeder dat je door water roert."


def test_a_condition_with_days_that_belonged_to_no_profile(
    editor: Editor, example: ExampleSite
) -> None:
    editor.begin("Condition", below="Rug")
    editor.fill("Title", "Pijn tussen je schouderbladen")
    editor.fill("Key", "pijn-schouderbladen")
    editor.fill("Lead", "Pijn hoog in je rug gaat meestal vanzelf over.")
    for words, text in {
        "What it is": "Pijn tussen je schouderbladen.",
        "Where it comes from": "Vaak van lang in dezelfde houding zitten.",
        "What you notice": "Stijfheid en pijn als je draait.",
        "Diagnosis": "Een foto is meestal niet nodig.",
        "What you can do": "Blijf bewegen.",
    }.items():
        editor.fill(words, text)
    editor.fill("Safety net", "Bel 112 bij pijn op je borst.")
    sections = editor.section("Sections")
    editor.insert("Course of recovery", sections)
    block = editor.section("Course of recovery")
    editor.fill("Heading", "Hoe lang duurt het?", block)
    editor.choose("About", "Prognosis", block)
    first = editor.section("Recovery profile").nth(0)
    profile(editor, first, number=1, title="Gewoon herstel", days=(0, 42))
    editor.add(below=first)
    second = editor.section("Recovery profile").nth(1)
    profile(editor, second, number=2, title="Het duurt langer", days=(49, None))
    editor.publish()
    expect(second).to_contain_text("belong to neither")
    expect(editor.field("Title", first)).to_be_visible()
    expect(second.get_by_role("spinbutton", name="From day")).to_be_visible()

    editor.number("From day", 42, second)
    editor.publish()
    editor.is_told("published")
    body = published(example, "rug/pijn-tussen-je-schouderbladen")
    assert (body["type"], body["key"].startswith("page:")) == ("condition", True)
    [recovery] = body["sections"]
    assert [each["title"] for each in recovery["content"]["profiles"]] == [
        "Gewoon herstel",
        "Het duurt langer",
    ]


def profile(
    editor: Editor, within: Locator, *, number: int, title: str, days: tuple[int, int | None]
) -> None:
    first, until = days
    editor.number("Number", number, within)
    editor.fill("Title", title, within)
    editor.number("From day", first, within)
    if until is not None:
        editor.number("Until day", until, within)
    editor.fill("Duration in words", "Tot zes weken" if until else "Langer", within)
    editor.write("Characteristics", "De pijn wordt langzaam minder.", within)
    editor.write("Advice", "Blijf bewegen.", within)
