"""Hints stand under the field they are about and never keep a page from being published."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.content import headings
from cms.content.hints import Hint, hints
from cms.content.hints.prose import hard_sentences, lix, sentences
from cms.content.models import ArticlePage, ExerciseProgramme
from tests.content import builders
from tests.content.builders import Tree

LONG = (
    "Als je rug pijn doet en je toch elke dag naar je werk wilt gaan omdat het daar druk is, dan "
    "is het goed om het rustig aan te doen."
)
EASY = "Blijf bewegen. Doe elke dag iets meer."
CROWDED = (
    "Multidisciplinaire revalidatieprogramma's combineren lichamelijke belastbaarheidstraining, "
    "gedragsverandering, arbeidsbegeleiding, pijneducatie, ontspanningsoefeningen."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een. Twee! Drie?", ["Een.", "Twee!", "Drie?"]),
        ("Kop zonder punt\nEen zin.", ["Kop zonder punt", "Een zin."]),
        ("Na 3.5 dagen is het over.", ["Na 3.5 dagen is het over."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_lix_is_words_a_sentence_plus_the_percentage_of_long_words() -> None:
    """By hand: four words of which one has more than six letters: 4 + 25."""
    assert lix(["je", "doet", "oefeningen", "thuis"]) == 29


@pytest.mark.parametrize(
    ("text", "hard"),
    [(EASY, []), (LONG, [LONG]), (f"{EASY} {LONG}", [LONG]), (CROWDED, [CROWDED]), ("", [])],
)
def test_hard_sentences(text: str, hard: list[str]) -> None:
    assert hard_sentences(text) == hard


@pytest.mark.parametrize(
    ("html", "skipping"),
    [
        ("<h3>Een</h3><p>x</p><h4>Twee</h4>", []),
        ("<h4>Te <b>klein</b></h4>", ["Te klein"]),
        ("<h3>Een</h3><h4>Twee</h4><h3>Drie</h3>", []),
        ("<p>geen kop</p>", []),
    ],
)
def test_a_heading_may_not_skip_a_level(html: str, skipping: list[str]) -> None:
    assert headings.skipping(html) == skipping


def test_a_page_with_a_skipped_heading_is_refused_at_its_field(tree: Tree) -> None:
    page = builders.draft(tree.rug, ArticlePage, "Kop", body="<p>x</p>")
    page.body = "<h4>Klein</h4>"

    assert [field for field, _message in page.problems()] == ["body"]


def fields(found: list[Hint]) -> list[str]:
    return [hint.field for hint in found]


def test_a_good_page_has_no_hints(tree: Tree) -> None:
    assert hints(builders.live(tree.rug, ArticlePage, "Goed", body=f"<p>{EASY}</p>")) == []


def test_a_hard_sentence_is_quoted_at_its_field(tree: Tree) -> None:
    page = builders.live(tree.rug, ArticlePage, "Lang", lead=LONG, body=f"<p>{EASY}</p>")

    (found,) = hints(page)
    assert found.field == "lead"
    assert LONG in found.message


def test_deep_in_a_page_the_hint_names_the_place(tree: Tree) -> None:
    page = builders.draft(tree.rug, ExerciseProgramme, "Programma")
    page.phases.raw_data[0]["value"]["goal"] = LONG

    (found,) = hints(page)
    assert found.field == "phases"
    assert found.message.startswith("Begin: ")


def test_at_most_three_sentences_are_quoted_and_the_rest_counted(tree: Tree) -> None:
    page = builders.live(tree.rug, ArticlePage, "Veel", body=f"<p>{' '.join([LONG] * 5)}</p>")

    said = [hint.message for hint in hints(page)]
    assert len(said) == 4
    assert said[-1].startswith("2 more")


def test_a_link_to_what_is_not_live(tree: Tree) -> None:
    hidden = builders.draft(tree.rug, ArticlePage, "Verborgen")
    body = (
        f'<p><a linktype="page" id="{hidden.pk}">a</a> <a linktype="page" id="{tree.nek.pk}">b</a>'
        ' <a linktype="page" id="999999">c</a></p>'
    )
    page = builders.live(tree.rug, ArticlePage, "Met links", body=body)

    said = [hint.message for hint in hints(page)]
    assert ["Verborgen" in said[0], "#999999" in said[1], len(said)] == [True, True, 2]


@pytest.mark.parametrize(("days", "overdue"), [(-1, True), (0, True), (1, False)])
@pytest.mark.parametrize("field", ["next_review_due", "safety_until"])
def test_what_is_overdue(tree: Tree, field: str, days: int, overdue: bool) -> None:
    page = builders.live(tree.rug, ArticlePage, "Oud")
    setattr(page, field, timezone.localdate() + timedelta(days=days))

    assert fields(hints(page)) == ([field] if overdue else [])


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


def edit(editor: Client, page: Any) -> str:
    return editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_the_editor_sees_the_hint_under_the_field(tree: Tree, editor: Client) -> None:
    page = builders.live(tree.rug, ArticlePage, "Lang", lead=LONG)

    form = edit(editor, page)
    assert '<ul class="hints"><li>Hard to read' in form
    assert form.count('class="hints"') == 1


def test_a_hint_is_shown_as_text_whatever_the_page_says(tree: Tree, editor: Client) -> None:
    page = builders.live(tree.rug, ArticlePage, "Raar", lead=LONG.replace("druk", "<i>druk</i>"))

    assert "&lt;i&gt;druk" in edit(editor, page).split('class="hints"')[1].split("</ul>")[0]
