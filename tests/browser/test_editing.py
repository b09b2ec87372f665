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


def test_an_article_with_half_a_review(editor: Editor, example: ExampleSite) -> None:
    editor.begin("Article", below="Rug")
    editor.fill("Title", "Fietsen met rugpijn")
    editor.fill("Lead", "Fietsen kan vaak gewoon. Begin met een kort rondje.")
    editor.write("Text", "Zet je stuur wat hoger. Stap af als je benen gaan tintelen.")
    editor.open_tab("Review and sources")
    editor.fill("Author", "Redactie")
    editor.fill("Reviewed by", "A. Jansen, fysiotherapeut")
    editor.publish()
    editor.is_refused()
    expect(editor.tab("Review and sources")).to_contain_text("2 errors")
    expect(editor.tab("Content")).not_to_contain_text("error")
    editor.go_to_the_first_error()
    for words in ("Reviewed on", "Next review due"):
        editor.sees_error(editor.field(words), "A review has a reviewer, a date and a next date.")
    expect(editor.field("Reviewed on")).to_be_in_viewport()
    editor.sees_no_error(editor.field("Reviewed by"))

    editor.fill("Reviewed by", "")
    editor.publish()
    editor.is_told("published")
    body = published(example, "rug/fietsen-met-rugpijn")
    assert (body["type"], body["title"]) == ("article", "Fietsen met rugpijn")
    assert body["body"]["text"] == "Zet je stuur wat hoger. Stap af als je benen gaan tintelen."
    assert (body["review"]["author"], body["review"]["reviewed_on"]) == ("Redactie", None)


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
    editor.is_refused()
    editor.go_to_the_first_error()
    editor.sees_error(editor.field("Lead"), "“Dit poeder helpt tegen rugpijn.” Not here: ")
    expect(editor.field("Lead")).to_be_in_viewport()
    expect(editor.section("Text")).not_to_contain_text("Not here: ")

    editor.fill("Lead", "Een poeder dat je door water roert.")
    editor.publish()
    editor.is_told("published")
    body = published(example, "producten/magnesium-in-poeder")
    assert (body["type"], body["category"]) == ("product", "supplements")
    assert body["lead"] == "Een poeder dat je door water roert."


SUMMARY = {
    "What it is": "Pijn tussen je schouderbladen.",
    "Where it comes from": "Vaak van lang in dezelfde houding zitten.",
    "What you notice": "Stijfheid en pijn als je draait.",
    "Diagnosis": "Een foto is meestal niet nodig.",
    "What you can do": "Blijf bewegen.",
}


def test_a_condition_with_days_that_belonged_to_no_profile(
    editor: Editor, example: ExampleSite
) -> None:
    editor.begin("Condition", below="Rug")
    editor.fill("Title", "Pijn tussen je schouderbladen")
    editor.fill("Key", "pijn-schouderbladen")
    editor.fill("Lead", "Pijn hoog in je rug gaat meestal vanzelf over.")
    for words, text in SUMMARY.items():
        editor.fill(words, text)
    editor.fill("Safety net", "Bel 112 bij pijn op je borst.")
    begin_section(editor, "Description", heading="Wat is het?", about="Overview")
    recovery = begin_section(
        editor, "Course of recovery", heading="Hoe lang duurt het?", about="Prognosis"
    )
    first, second = (editor.section("Recovery profile").nth(number) for number in (0, 1))
    profile(editor, first, number=1, title="Gewoon herstel", days=(0, 42))
    editor.add(below=first)
    profile(editor, second, number=2, title="Het duurt langer", days=(49, None))
    editor.publish()
    editor.is_refused()
    expect(editor.field("Heading", editor.section("Description"))).to_be_hidden()
    expect(editor.field("Heading", recovery)).to_be_visible()
    editor.go_to_the_first_error()
    day = editor.field("From day", second, role="spinbutton")
    editor.sees_error(day, "There are days between the profile above and this one")
    expect(day).to_be_in_viewport()
    expect(first).not_to_contain_text("There are days")

    day.fill("42")
    editor.publish()
    editor.is_told("published")
    body = published(example, "rug/pijn-tussen-je-schouderbladen")
    assert (body["type"], body["key"].startswith("page:")) == ("condition", True)
    assert [section["heading"] for section in body["sections"]] == [
        "Wat is het?",
        "Hoe lang duurt het?",
    ]
    assert [each["title"] for each in body["sections"][1]["content"]["profiles"]] == [
        "Gewoon herstel",
        "Het duurt langer",
    ]


def begin_section(editor: Editor, kind: str, *, heading: str, about: str) -> Locator:
    editor.insert(kind, editor.section("Sections"))
    section = editor.section(kind)
    editor.fill("Heading", heading, section)
    editor.choose("About", about, section)
    return section


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
