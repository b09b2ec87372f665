"""The admin: every type can be made and edited, drafts may be half written, errors stand where
they belong, and what an editor does arrives in the list of publications."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    querydict_from_html,
    rich_text,
    streamfield,
)

from cms.content.models import (
    ArticlePage,
    ConditionPage,
    CoursePage,
    ExerciseProgramme,
    IndexPage,
    ProductPage,
    ProviderPage,
    ServicePage,
    SymptomPage,
    Term,
)
from cms.published import work
from cms.published.models import Publication, Touch
from tests.content import builders
from tests.content.builders import Tree, fresh, key, touched

TYPES = [
    IndexPage,
    ConditionPage,
    ArticlePage,
    ProductPage,
    ServicePage,
    ExerciseProgramme,
    CoursePage,
    ProviderPage,
    SymptomPage,
]
NO_ROWS = inline_formset([])


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


def add_address(parent: Any, model: Any) -> str:
    return reverse("wagtailadmin_pages:add", args=["content", model._meta.model_name, parent.pk])


def edit_address(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def article_form(**said: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "title": "Bewegen",
        "slug": "bewegen",
        "lead": "Lees verder.",
        "body": rich_text("<p>Tekst.</p>"),
        "guideline_stance": "none",
        "editor_weight": "5",
        "item_conditions": NO_ROWS,
        "item_terms": NO_ROWS,
        "item_constraints": NO_ROWS,
        "sources": NO_ROWS,
        "glossary": NO_ROWS,
        "comments": NO_ROWS,
    }
    return nested_form_data(fields | said)


PUBLISH = {"action-publish": "action-publish"}


DESCRIPTION = {
    "heading": "Wat is het?",
    "aspect": "overview",
    "body": rich_text("<p>Uitleg.</p>"),
    "points": streamfield([]),
    "image": "",
    "statistics": streamfield([]),
}
EXERCISE = {"name": "Lopen", "instructions": rich_text("<p>Loop.</p>"), "days_a_week": "7"}
EXERCISE |= dict.fromkeys(["sets", "repetitions", "seconds", "rest_seconds", "image"], "")
EXERCISE |= dict.fromkeys(["easier", "harder", "video", "video_text"], "")
PHASE = {
    "title": "Begin",
    "phase": "",
    "weeks": "2",
    "goal": "Bewegen.",
    "go_on_when": "Het lukt.",
    "exercises": streamfield([("item", EXERCISE)]),
}
STREAMS: dict[type, dict[str, Any]] = {
    ConditionPage: {"sections": [("description", DESCRIPTION)]},
    ExerciseProgramme: {"phases": [("phase", PHASE)]},
    ProductPage: {
        "details": [
            (
                "sleep",
                {
                    "firmness": "medium",
                    "sleeping_positions": "side",
                    "trial_nights": "",
                    "body_weight": "",
                },
            )
        ]
    },
}


def form_of(editor: Client, page: Any, **streams: Any) -> dict[str, Any]:
    """What a browser would send of a page's form; its StreamFields are made by JavaScript."""
    html = editor.get(edit_address(page)).content.decode()
    form = querydict_from_html(html, form_id="page-edit-form")
    said = {name: form.getlist(name) for name in form}
    for name, blocks in (STREAMS.get(type(page), {}) | streams).items():
        said |= nested_form_data({name: streamfield(blocks)})
    return said


def errors(answer: Any) -> dict[str, Any]:
    form = answer.context["form"]
    rows = {
        name: [row.errors for row in formset.forms if row.errors]
        for name, formset in form.formsets.items()
    }
    return dict(form.errors) | {name: found for name, found in rows.items() if found}


@pytest.mark.parametrize("model", TYPES)
def test_every_type_can_be_added_and_edited(tree: Tree, editor: Client, model: Any) -> None:
    assert editor.get(add_address(tree.rug, model)).status_code == 200
    page = builders.live(tree.nek, model, "Iets")
    assert editor.get(edit_address(page)).status_code == 200


@pytest.mark.parametrize("model", TYPES)
def test_the_address_of_a_new_page_follows_its_title(
    tree: Tree, editor: Client, model: Any
) -> None:
    form = editor.get(add_address(tree.rug, model)).content.decode()
    assert 'data-w-sync-target-value="#id_slug"' in form


@pytest.mark.parametrize("model", TYPES)
def test_a_page_saved_as_it_is_can_be_published(tree: Tree, editor: Client, model: Any) -> None:
    page = builders.live(tree.nek, model, "Iets")
    Touch.objects.all().delete()
    answer = editor.post(edit_address(page), form_of(editor, page) | PUBLISH)
    assert answer.status_code == 302, errors(answer)
    assert touched() == {key(page): False}


def test_publishing_in_the_admin_arrives_in_the_list(tree: Tree, editor: Client) -> None:
    answer = editor.post(edit_address(tree.article), article_form(title="Fietsen") | PUBLISH)
    assert answer.status_code == 302, errors(answer)
    work.number_all()
    row = Publication.objects.get(key=key(tree.article))
    assert b'"title":"Fietsen"' in bytes(row.link)


def test_a_half_written_draft_is_kept_and_touches_nothing(tree: Tree, editor: Client) -> None:
    form = article_form(title="Nieuw", slug="nieuw", lead="", safety_kind="demo")
    answer = editor.post(add_address(tree.rug, ArticlePage), form)
    page = ArticlePage.objects.get(title="Nieuw")
    assert answer.status_code == 302
    answer = editor.post(edit_address(page), form, HTTP_ACCEPT="application/json")
    assert answer.json()["success"] is True
    assert touched() == {}


def test_what_is_missing_is_asked_for_when_publishing(tree: Tree, editor: Client) -> None:
    form = article_form(lead="", safety_kind="demo", guideline_stance="supports")
    answer = editor.post(edit_address(tree.article), form | PUBLISH)
    assert sorted(errors(answer)) == [
        "guideline_citation",
        "lead",
        "safety_by",
        "safety_on",
        "safety_until",
    ]


def test_what_contradicts_itself_is_refused_in_a_draft_too(tree: Tree, editor: Client) -> None:
    form = article_form(safety_on="2026-11-01", safety_until="2026-10-01", safety_kind="demo")
    answer = editor.post(edit_address(tree.article), form)
    assert list(errors(answer)) == ["safety_until"]


def test_a_wrong_row_has_its_error_at_the_row(tree: Tree, editor: Client) -> None:
    stress = builders.term("stress", "factor")
    rows = [{"term": stress.pk, "effect": "avoid", "reason": "a reason", "explanation": "Uitleg."}]
    form = article_form(item_constraints=inline_formset(rows))
    answer = editor.post(edit_address(tree.article), form | PUBLISH)
    assert [sorted(row) for row in errors(answer)["item_constraints"]] == [["reason", "term"]]


def test_the_second_of_two_equal_rows_is_refused(tree: Tree, editor: Client) -> None:
    stress = builders.term("stress", "factor")
    form = article_form(item_terms=inline_formset([{"term": stress.pk}, {"term": stress.pk}]))
    answer = editor.post(edit_address(tree.article), form | PUBLISH)
    assert errors(answer)["item_terms"] == [{"term": ["This is in the list already."]}]


def test_ticked_profiles_are_kept_as_numbers(tree: Tree, editor: Client) -> None:
    form = article_form() | {"profiles": ["3", "2"]}
    answer = editor.post(edit_address(tree.article), form | PUBLISH)
    assert answer.status_code == 302, errors(answer)
    assert fresh(tree.article).profiles == [2, 3]


def test_profiles_with_a_gap_are_refused_at_the_profile(tree: Tree, editor: Client) -> None:
    page = builders.live(tree.nek, ConditionPage, "Nekpijn")
    form = form_of(editor, page, sections=[("recovery", recovery(until=40))])
    answer = editor.post(edit_address(page), form | PUBLISH)
    assert list(errors(answer)) == ["sections"]
    assert "days between the profile above and this one" in answer.content.decode()


def recovery(until: int) -> dict[str, Any]:
    common = {
        "duration": "Kort",
        "characteristics": rich_text("<p>A</p>"),
        "advice": rich_text("<p>B</p>"),
        "from_included": "on",
    }
    profiles = [
        {"number": "1", "title": "Een", "from_days": "0", "until_days": str(until)} | common,
        {"number": "2", "title": "Twee", "from_days": "42", "until_days": ""} | common,
    ]
    return {
        "heading": "Herstel",
        "aspect": "prognosis",
        "body": rich_text(""),
        "profiles": streamfield([("item", each) for each in profiles]),
        "statistics": streamfield([]),
    }


@pytest.mark.parametrize("name", ["unpublish", "move", "private", "delete"])
def test_what_an_editor_takes_offline_is_hidden(tree: Tree, editor: Client, name: str) -> None:
    page, fenced = tree.article, tree.nek
    PageViewRestriction.objects.create(page=fenced, restriction_type="login")
    address, said = {
        "unpublish": (reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {}),
        "move": (reverse("wagtailadmin_pages:move_confirm", args=[page.pk, fenced.pk]), {}),
        "private": (
            reverse("wagtailadmin_pages:set_privacy", args=[page.pk]),
            {"restriction_type": "login"},
        ),
        "delete": (reverse("wagtailadmin_pages:delete", args=[page.pk]), {}),
    }[name]
    editor.post(address, said)
    assert touched()[key(page)] is True
    work.number_all()
    row = Publication.objects.get(key=key(page))
    assert row.state == ("gone" if name == "delete" else "hidden")


@pytest.mark.django_db(transaction=True)
def test_privacy_and_sites_are_saved_in_one_transaction_with_their_touches(client: Client) -> None:
    tree = builders.tree()
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    address = reverse("wagtailadmin_pages:set_privacy", args=[tree.rug.pk])
    client.post(address, {"restriction_type": "login"})
    assert PageViewRestriction.objects.filter(page=tree.rug).exists()
    site = reverse("wagtailsites:edit", args=[tree.site.pk])
    answer = client.post(
        site,
        {
            "hostname": "voorbeeld.nl",
            "port": "80",
            "root_page": tree.rug.pk,
            "is_default_site": "on",
        },
    )
    assert answer.status_code == 302
    assert touched()[key(tree.home)] is True


def test_terms_can_be_filtered_by_kind_and_searched(tree: Tree, editor: Client) -> None:
    builders.term("stress", "factor", label_nl="Spanning")
    builders.term("pregnancy", "constraint", label_nl="Zwanger")
    work.number_all()
    address = reverse(Term.snippet_viewset.get_url_name("list"))
    shown = editor.get(address, {"kind": "factor"}).content.decode()
    assert "Spanning" in shown
    assert "Zwanger" not in shown
    assert "Zwanger" in editor.get(address, {"q": "zwanger"}).content.decode()


def test_the_chooser_offers_no_retired_terms(tree: Tree, editor: Client) -> None:
    builders.term("stress", "factor", label_en="Tension")
    builders.term("strain", "factor", label_en="Load", retired=True)
    chooser = Term.snippet_viewset.chooser_viewset
    shown = editor.get(reverse(chooser.get_url_name("choose"))).json()["html"]
    assert "Tension (factor)" in shown
    assert "Load (factor)" not in shown


@pytest.mark.parametrize(
    "name",
    [
        "conditionpage",
        "articlepage",
        "exerciseprogramme",
        "productpage",
        "servicepage",
        "coursepage",
        "providerpage",
        "symptompage",
    ],
)
def test_pages_are_listed_by_type(tree: Tree, editor: Client, name: str) -> None:
    answer = editor.get(reverse(f"{name}:index"))
    assert answer.status_code == 200


def test_the_explorer_links_to_where_the_front_end_shows_a_page(tree: Tree, editor: Client) -> None:
    assert fresh(tree.article).full_url == "http://localhost:8000/nl/rug/bewegen"
    assert fresh(tree.home).full_url == "http://localhost:8000/nl"
    explorer = editor.get(reverse("wagtailadmin_explore", args=[tree.rug.pk])).content.decode()
    assert "/nl/rug/bewegen" in explorer
