"""The ten types of sections: what readers get of them, and what is refused at which field."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html

from cms.content.models import ConditionPage
from cms.content.renderers import render_draft, render_page
from tests.content import builders, every_section
from tests.content.builders import Tree, fresh, key
from tests.content.every_section import Mentioned, section, sections, statistic
from tests.content.posting import posted

BLOCK = ConditionPage._meta.get_field("sections").stream_block
Raw = list[dict[str, Any]]


@pytest.fixture
def found(tree: Tree) -> Mentioned:
    return every_section.mentioned(tree)


@pytest.fixture
def page(tree: Tree, found: Mentioned) -> Any:
    """Back pain with one section of each type, live."""
    draft = builders.draft(
        tree.nek, ConditionPage, "Rugpijn", key="rugpijn", screening="lage-rugpijn"
    )
    draft.sections = json.dumps(sections(found))
    return builders.publish(draft)


def body(page: Any) -> dict[str, Any]:
    rendered = render_page(fresh(page))
    assert rendered is not None
    return rendered.body or {}


def content(page: Any, kind: str) -> dict[str, Any]:
    [made] = [each for each in body(page)["sections"] if each["type"] == kind]
    inner: dict[str, Any] = made["content"]
    return inner


def without_ids(rows: Any) -> Any:
    return [{name: said for name, said in row.items() if name != "id"} for row in rows]


def text(words: str) -> dict[str, Any]:
    return {"html": {"$rich": [f"<p>{words}</p>"]}, "text": words}


# --- what readers get ---------------------------------------------------------------------


def test_a_page_has_all_ten_types_in_the_editors_order(page: Any) -> None:
    assert [each["type"] for each in body(page)["sections"]] == [
        "start",
        "description",
        "recovery",
        "causes",
        "symptoms",
        "differential",
        "diagnosis",
        "treatment",
        "products",
        "information",
    ]


def test_the_start_says_where_its_buttons_lead(page: Any, found: Mentioned) -> None:
    assert without_ids(content(page, "start")["actions"]) == [
        {"kind": "screening", "label": "Doe de screening", "page": None},
        {"kind": "page", "label": "Lees", "page": {"$link": key(found.article)}},
    ]


def test_a_statistic_is_data_with_its_source(page: Any) -> None:
    assert without_ids(content(page, "description")["statistics"]) == [
        {
            "measure": {"$link": "term:recovered"},
            "low": 80,
            "high": 90,
            "unit": "percent",
            "population": "mensen met lage rugpijn",
            "source": {"$link": "reference:kngf-2021"},
        }
    ]


def test_a_factor_is_an_edge_with_a_qualifier_and_what_helps(page: Any, found: Mentioned) -> None:
    assert without_ids(content(page, "causes")["factors"]) == [
        {
            "label": "Spanning",
            "text": text("Je spieren staan strak."),
            "term": {"$link": "term:stress"},
            "modifiable": "partly",
            "qualifier": "vaak",
            "evidence": "moderate",
            "cards": [{"$card": key(found.article)}],
        }
    ]


def test_a_symptom_says_how_typical_it_is_and_what_tells_it_apart(
    page: Any, found: Mentioned
) -> None:
    assert without_ids(content(page, "symptoms")["signs"]) == [
        {
            "label": "Stijfheid",
            "text": text("Vooral in de ochtend."),
            "symptom": {"$link": key(found.symptom)},
            "typicality": "often",
            "qualifier": None,
            "distinguishing": "Duurt het een uur, dan kan het reuma zijn.",
        }
    ]


def test_another_condition_has_the_sign_that_tells_it_apart(page: Any, found: Mentioned) -> None:
    assert without_ids(content(page, "differential")["diagnoses"]) == [
        {
            "label": "Hernia",
            "condition": {"$link": key(found.hernia)},
            "text": text("Een schijf puilt uit."),
            "qualifier": "alleen met uitstraling",
            "distinguishing_sign": "De pijn in je been is erger dan in je rug.",
        }
    ]


def test_a_diagnostic_step_says_when_it_is_done_and_when_not(page: Any) -> None:
    said = content(page, "diagnosis")
    assert without_ids(said["steps"]) == [
        {
            "label": "Scan",
            "text": text("Een foto van je rug."),
            "when": "Bij een vermoeden van een breuk.",
            "when_not": "Niet bij gewone rugpijn.",
            "glossary": {"$link": "glossary:mri"},
        }
    ]
    assert said["self_test"] == {"screening": "hernia", "label": "Doe de zelftest"}


def test_advice_is_to_do_or_not_to_do_in_a_phase(page: Any) -> None:
    assert without_ids(content(page, "treatment")["points"]) == [
        {
            "label": "Beweeg",
            "text": text("Elke dag."),
            "term": None,
            "advice": "do",
            "phase": {"$link": "term:acute"},
        }
    ]


def test_a_group_of_products_without_a_text_goes_with_its_last_card(
    page: Any, found: Mentioned
) -> None:
    with_text, without = without_ids(content(page, "products")["groups"])
    assert with_text == {
        "heading": "Zitten",
        "category": "ergonomics",
        "contexts": [{"$link": "term:work"}],
        "text": text("Kies een stoel die je kunt verstellen."),
        "cards": [{"$card": key(found.product)}],
    }
    assert (without["$needs"], without["text"], without["contexts"]) == ("cards", None, [])


def test_legal_texts_are_shown_whole_each_once_in_the_language_of_the_page(page: Any) -> None:
    assert content(page, "information")["texts"] == [
        {"$card": "legal:disclaimer:nl"},
        {"$card": "legal:privacy:nl"},
    ]


def test_the_disclaimer_must_be_shown_once_where_the_page_has_it(page: Any) -> None:
    said = [each for each in body(page)["must_show"] if each["kind"] == "disclaimer"]
    assert [each["legal"] for each in said] == [{"$card": "legal:disclaimer:nl"}]
    page.sections = json.dumps(page.sections.get_prep_value()[:-1])
    builders.publish(page)
    assert "disclaimer" not in {each["kind"] for each in body(page)["must_show"]}


def test_products_anywhere_in_the_sections_are_disclosed(page: Any, found: Mentioned) -> None:
    [disclosure] = [each for each in body(page)["must_show"] if each["kind"] == "disclosure"]
    assert disclosure["products"] == [{"$link": key(found.product)}]


@pytest.mark.parametrize(
    "words",
    [
        "Doe de screening",
        "Je spieren staan strak.",
        "vaak",
        "Vooral in de ochtend.",
        "Duurt het een uur, dan kan het reuma zijn.",
        "De pijn in je been is erger dan in je rug.",
        "Niet bij gewone rugpijn.",
        "Elke dag.",
        "Kies een stoel die je kunt verstellen.",
        "mensen met lage rugpijn",
    ],
)
def test_search_gets_what_editors_wrote_in_every_type(page: Any, words: str) -> None:
    rendered = render_page(fresh(page))
    assert rendered is not None
    assert words in (rendered.text or {})["body"].splitlines()


def test_search_gets_no_keys(page: Any) -> None:
    rendered = render_page(fresh(page))
    assert rendered is not None
    lines = (rendered.text or {})["body"].splitlines()
    assert not {"hernia", "screening", "overview", "partly", "disclaimer"} & set(lines)


def test_ids_of_rows_survive_an_edit(page: Any) -> None:
    before = [row["id"] for row in content(page, "causes")["factors"]]
    again = fresh(page)
    again.sections[3].value["factors"][0]["label"] = "Anders"
    builders.publish(again)
    assert [row["id"] for row in content(page, "causes")["factors"]] == before


@pytest.mark.parametrize("number", range(10))
def test_a_half_written_section_can_be_shown_as_a_draft(
    page: Any, found: Mentioned, number: int
) -> None:
    whole = sections(found)[number]
    page.sections = BLOCK.to_python([emptied(whole)])
    assert [made["type"] for made in (render_draft(page).body or {})["sections"]] == [whole["type"]]


def emptied(node: Any) -> Any:
    """With every choice and number taken out again."""
    if isinstance(node, list):
        return [emptied(each) for each in node]
    if isinstance(node, dict):
        return {
            name: said if name in {"type", "aspect", "heading"} else emptied(said)
            for name, said in node.items()
        }
    return "" if isinstance(node, str) else None


# --- what is refused, at which field ------------------------------------------------------

Spoil = Callable[[Raw], None]


def spoiled(number: int, *steps: Any, to: Any) -> Spoil:
    def spoil(raw: Raw) -> None:
        node = raw[number]["value"]
        for step in steps[:-1]:
            node = node[step]
        node[steps[-1]] = to() if callable(to) else to

    return spoil


def places(error: Any, *steps: Any) -> list[tuple[Any, ...]]:
    """Where the errors in a stream are, from the number of its block on."""
    below = getattr(error, "block_errors", None)
    if not below:
        return [steps]
    pairs = below.items() if isinstance(below, dict) else enumerate(below)
    return [place for step, each in pairs if each for place in places(each, *steps, step)]


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (spoiled(0, "actions", 1, "page", to=None), (0, "actions", 1, "page")),
        (spoiled(0, "actions", 0, "kind", to="post"), (0, "actions", 0, "kind")),
        (
            spoiled(0, "actions", 1, "kind", to="recommendations"),
            (0, "actions", 1, "page"),
        ),
        (
            spoiled(1, "statistics", 0, "reference", to=None),
            (1, "statistics", 0, "reference"),
        ),
        (spoiled(1, "statistics", 0, "high", to=79), (1, "statistics", 0, "high")),
        (spoiled(1, "statistics", 0, "low", to=-1), (1, "statistics", 0, "low")),
        (spoiled(1, "statistics", 0, "unit", to="euro"), (1, "statistics", 0, "unit")),
        (
            spoiled(1, "statistics", 0, "measure", to=lambda: every_section.term("stress")),
            (1, "statistics", 0, "measure"),
        ),
        (
            spoiled(3, "factors", 0, "term", to=lambda: every_section.term("work")),
            (3, "factors", 0, "term"),
        ),
        (spoiled(3, "factors", 0, "modifiable", to=""), (3, "factors", 0, "modifiable")),
        (spoiled(4, "signs", 0, "typicality", to=""), (4, "signs", 0, "typicality")),
        (
            spoiled(5, "diagnoses", 0, "distinguishing_sign", to=""),
            (5, "diagnoses", 0, "distinguishing_sign"),
        ),
        (spoiled(6, "steps", 0, "when", to=""), (6, "steps", 0, "when")),
        (spoiled(6, "self_test", "screening", to=""), (6, "self_test", "screening")),
        (spoiled(6, "self_test", "screening", to="De test"), (6, "self_test", "screening")),
        (spoiled(7, "points", 0, "advice", to=""), (7, "points", 0, "advice")),
        (
            spoiled(7, "points", 0, "phase", to=lambda: every_section.term("stress")),
            (7, "points", 0, "phase"),
        ),
        (spoiled(8, "groups", 0, "category", to=""), (8, "groups", 0, "category")),
        (
            spoiled(8, "groups", 0, "contexts", 0, to=lambda: every_section.term("stress")),
            (8, "groups", 0, "contexts", 0),
        ),
        (spoiled(9, "texts", 1, to="recipe"), (9, "texts", 1)),
    ],
)
def test_a_mistake_in_a_block_is_told_at_its_field(
    found: Mentioned, spoil: Spoil, expected: tuple[Any, ...]
) -> None:
    raw = sections(found)
    BLOCK.clean(BLOCK.to_python(raw))
    spoil(raw)
    with pytest.raises(StreamBlockValidationError) as raised:
        BLOCK.clean(BLOCK.to_python(raw))
    assert places(raised.value) == [expected]


def test_a_draft_may_lack_what_is_not_written_yet(found: Mentioned) -> None:
    raw = sections(found)
    for spoil in (
        spoiled(0, "actions", 1, "page", to=None),
        spoiled(1, "statistics", 0, "reference", to=None),
        spoiled(5, "diagnoses", 0, "distinguishing_sign", to=""),
        spoiled(7, "points", 0, "advice", to=""),
    ):
        spoil(raw)
    BLOCK.clean_deferred(BLOCK.to_python(raw))


def refused(page: Any) -> list[tuple[Any, ...]]:
    """Where the page as a whole finds something wrong with its sections."""
    try:
        page.full_clean()
    except ValidationError as error:
        [at] = error.error_dict["sections"]
        return places(at)
    return []


def test_a_button_to_the_screening_needs_one(page: Any) -> None:
    assert refused(page) == []
    page.screening = ""
    assert refused(page) == [(0, "actions", 0, "kind")]
    page.half_written = True
    assert refused(page) == []


@pytest.mark.parametrize(
    ("second", "wrong"),
    [
        ({}, False),
        ({"low": "80.00", "population": "Mensen met lage rugpijn "}, False),
        ({"low": 85}, True),
        ({"high": None}, True),
        ({"unit": "weeks"}, True),
        ({"low": 30, "high": 40, "population": "mensen met een hernia"}, False),
    ],
)
def test_the_same_measure_of_the_same_people_says_the_same(
    page: Any, second: dict[str, Any], wrong: bool
) -> None:
    again = section("description", points=[], image=None, statistics=[statistic(**second)])
    page.sections = json.dumps([*page.sections.get_prep_value(), again])
    assert refused(page) == ([(10, "statistics", 0, "low")] if wrong else [])
    page.half_written = True  # what contradicts itself is refused in a draft too
    assert refused(page) == ([(10, "statistics", 0, "low")] if wrong else [])


@pytest.fixture
def english(page: Any) -> Any:
    """The page's translation, with the same numbers."""
    locale, _ = Locale.objects.get_or_create(language_code="en")
    return page.copy_for_translation(locale, copy_parents=True)


def set_low(page: Any, low: int) -> None:
    page.sections[1].value["statistics"][0]["low"] = low


def test_a_translation_says_the_same_numbers_in_its_latest_draft(page: Any, english: Any) -> None:
    set_low(page, 70)
    assert refused(page) == [(1, "statistics", 0, "low")]
    set_low(english, 70)
    english.half_written = True
    english.save_revision()
    assert refused(page) == []


def test_a_draft_may_go_ahead_of_its_translation(page: Any, english: Any) -> None:
    set_low(page, 70)
    page.half_written = True
    assert refused(page) == []


# --- in the admin -------------------------------------------------------------------------


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


def post(editor: Client, page: Any, raw: Raw, **said: str) -> Any:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = editor.get(address).content.decode()
    form = querydict_from_html(html, form_id="page-edit-form")
    sent = {name: form.getlist(name) for name in form}
    streams = nested_form_data({"sections": posted(BLOCK, raw)})
    sent |= {name: value for name, value in streams.items() if value is not None}
    return editor.post(address, sent | said)


PUBLISH = {"action-publish": "action-publish"}


def test_all_ten_types_can_be_published_in_the_admin(
    page: Any, found: Mentioned, editor: Client
) -> None:
    answer = post(editor, page, sections(found), **PUBLISH)
    assert answer.status_code == 302, answer.context["form"].errors
    assert [block.block_type for block in fresh(page).sections] == [
        each["type"] for each in sections(found)
    ]


def test_what_the_whole_page_finds_is_told_at_the_block_in_the_admin(
    page: Any, found: Mentioned, editor: Client
) -> None:
    answer = post(editor, page, sections(found), screening="", **PUBLISH)
    assert answer.status_code == 200
    [told] = answer.context["form"].errors.as_data()["sections"]
    assert places(told) == [(0, "actions", 0, "kind")]
    assert "This page has no screening" in answer.content.decode()


def test_a_half_written_page_of_ten_types_is_kept_as_a_draft(
    page: Any, found: Mentioned, editor: Client
) -> None:
    raw = sections(found)
    spoiled(1, "statistics", 0, "reference", to=None)(raw)
    spoiled(3, "factors", 0, "label", to="")(raw)
    assert post(editor, page, raw).status_code == 302
    assert post(editor, page, raw, **PUBLISH).status_code == 200
