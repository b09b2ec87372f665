"""What readers may know of each kind of object, and that nobody speaks for another."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.content import publishing
from cms.content.models import (
    ArticleCondition,
    ArticleConstraint,
    ArticlePage,
    ArticleTerm,
    ConditionName,
    ConditionPage,
    ExerciseProgramme,
    ProductPage,
    ServicePage,
)
from cms.content.models.base import ContentPage
from cms.content.renderers import PAGES, render_page
from cms.published import registry
from cms.published.numbering import columns_of
from cms.published.registry import Rendering
from recommender.items import parse_item
from tests.content import builders
from tests.content.builders import SECTION, Tree, fresh, key

CONSTRAINT = {
    "effect": "avoid",
    "reason": "burns_unfelt",
    "explanation": "Je kunt je verbranden.",
}


def rendered(page: Any) -> Rendering:
    found = render_page(fresh(page))
    assert found is not None
    return found


def body(page: Any) -> dict[str, Any]:
    found = rendered(page).body
    assert found is not None
    return found


@pytest.fixture
def condition(tree: Tree) -> Any:
    """A condition that mentions the article on a card, in a text and in a point."""
    stress = builders.term("stress", "factor")
    link = f'<p>Zie <a linktype="page" id="{tree.article.pk}">hier</a>.</p>'
    treatment = {
        "type": "treatment",
        "id": "0d4f0d3e-3f3c-4d5a-8f4e-2f3f1f0c0009",
        "value": {
            "heading": "Wat is het?",
            "aspect": "self_care",
            "body": link,
            "points": [{"label": "Stress", "text": "<p>Rust.</p>", "term": stress.pk}],
            "cards": [{"heading": "Lees", "chosen": [tree.article.pk]}],
        },
    }
    page = builders.draft(tree.nek, ConditionPage, "Nekpijn", key="nekpijn")
    page.sections = json.dumps([SECTION, treatment])
    page.names = [ConditionName(name="stijve nek", language="nl")]
    page.image = builders.image()
    return builders.publish(page)


@pytest.fixture
def advised(tree: Tree, condition: Any) -> Any:
    """The article with everything that decides whom it is advised to."""
    page = fresh(tree.article)
    page.item_conditions = [ArticleCondition(condition=condition)]
    page.item_terms = [
        ArticleTerm(term=builders.Term.objects.get(key="stress")),
        ArticleTerm(term=builders.term("acute", "phase")),
    ]
    page.item_constraints = [
        ArticleConstraint(term=builders.term("pregnancy", "constraint"), **CONSTRAINT)
    ]
    page.profiles, page.editor_weight, page.paid = [3, 2], 7, True
    page.safety_kind, page.safety_by = "clinical", "A. Jansen"
    page.safety_on, page.safety_until = date(2026, 11, 1), date(2027, 11, 1)
    return builders.publish(page)


# --- live or not, and where ---------------------------------------------------------------


def test_a_live_page_has_its_language_path_and_translation_key(tree: Tree) -> None:
    found = rendered(tree.article)
    assert (found.kind, found.locale, found.path) == ("article", "nl", "rug/bewegen")
    assert found.translation_key == str(tree.article.translation_key)


def unpublished(tree: Tree) -> None:
    fresh(tree.article).unpublish()


def private(tree: Tree) -> None:
    PageViewRestriction.objects.create(page=tree.rug, restriction_type="login")


def outside(tree: Tree) -> None:
    fresh(tree.rug).move(Page.objects.get(depth=1), pos="last-child")


@pytest.mark.parametrize("change", [unpublished, private, outside])
def test_what_nobody_may_see_has_no_rendering(tree: Tree, change: Callable[[Tree], None]) -> None:
    change(tree)
    assert render_page(fresh(tree.article)) is None


def test_a_type_without_a_renderer_is_not_live(tree: Tree) -> None:
    page = tree.rug.add_child(instance=Page(title="Kaal", slug="kaal", locale=tree.rug.locale))
    assert render_page(fresh(page)) is None


def test_a_type_does_not_borrow_the_renderer_of_the_type_it_is_derived_from(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PAGES, ContentPage, PAGES[ArticlePage])
    monkeypatch.delitem(PAGES, ArticlePage)
    assert isinstance(fresh(tree.article), ContentPage)
    assert render_page(fresh(tree.article)) is None


def test_expiry_is_told_and_does_not_depend_on_when_it_is_rendered(tree: Tree) -> None:
    past = datetime(2020, 1, 1, tzinfo=UTC)
    Page.objects.filter(pk=tree.article.pk).update(expire_at=past)
    assert rendered(tree.article).valid_until == past


def test_rule_12_an_alias_has_no_item_and_no_text_and_names_its_source(tree: Tree) -> None:
    alias = fresh(tree.article).create_alias(parent=fresh(tree.nek), update_slug="ook")
    found = rendered(alias)
    assert (found.item, found.text, found.path) == (None, None, "nek/ook")
    assert (found.body or {})["canonical"] == {"$link": key(tree.article)}
    assert "canonical" not in body(tree.article)


# --- conditions ---------------------------------------------------------------------------


def test_a_condition_has_typed_sections_with_ids_anchors_and_aspects(condition: Any) -> None:
    sections = body(condition)["sections"]
    assert [
        tuple(section[name] for name in ("type", "id", "anchor", "heading", "aspect"))
        for section in sections
    ] == [
        ("description", SECTION["id"], "wat-is-het", "Wat is het?", "overview"),
        ("treatment", sections[1]["id"], "wat-is-het-2", "Wat is het?", "self_care"),
    ]
    assert body(condition)["contents"] == [
        {name: section[name] for name in ("id", "anchor", "heading")} for section in sections
    ]


def test_ids_of_sections_survive_an_edit(condition: Any) -> None:
    before = [section["id"] for section in body(condition)["sections"]]
    page = fresh(condition)
    page.sections[0].value["heading"] = "Anders"
    builders.publish(page)
    assert [section["id"] for section in body(condition)["sections"]] == before


def test_a_condition_mentions_others_by_reference(tree: Tree, condition: Any) -> None:
    found = body(condition)
    treatment = found["sections"][1]["content"]
    assert treatment["cards"][0]["$needs"] == "cards"
    assert treatment["cards"][0]["cards"] == [{"$card": key(tree.article)}]
    assert treatment["points"][0]["term"] == {"$link": "term:stress"}
    assert treatment["body"]["html"]["$rich"][1] == {"$link": key(tree.article), "inner": "hier"}
    assert found["breadcrumbs"] == [{"$link": key(tree.home)}, {"$link": key(tree.nek)}]
    assert found["translations"] == {"$translations": str(condition.translation_key)}
    assert found["image"] == {"$card": f"image:{condition.image_id}"}


def test_a_condition_has_five_bullets(condition: Any) -> None:
    assert [bullet["aspect"] for bullet in body(condition)["summary"]] == [
        "overview",
        "causes",
        "symptoms",
        "diagnosis",
        "self_care",
    ]


def test_search_gets_the_names_and_own_words_of_a_condition(condition: Any) -> None:
    text = rendered(condition).text or {}
    assert (text["title"], text["names"]) == ("Nekpijn", ["stijve nek"])
    for word in ("Lees verder.", "Wat het is.", "Uitleg.", "Stress", "Rust.", "Zie hier."):
        assert word in text["body"]


def must_show(page: Any) -> list[str]:
    return [each["kind"] for each in body(page)["must_show"]]


def test_a_condition_must_show_that_nobody_reviewed_it_and_its_safety_net(condition: Any) -> None:
    assert must_show(condition) == ["example_not_reviewed", "safety_net"]


def test_a_reviewed_condition_is_no_example(condition: Any) -> None:
    page = fresh(condition)
    page.reviewed_by = "A. Jansen, fysiotherapeut"
    page.reviewed_on, page.next_review_due = date(2026, 11, 1), date(2029, 11, 1)
    builders.publish(page)
    assert must_show(condition) == ["safety_net"]
    assert body(condition)["review"]["reviewed_on"] == "2026-11-01"


def test_a_condition_that_shows_products_must_disclose_for_as_long_as_they_are_live(
    tree: Tree, condition: Any
) -> None:
    mattress = builders.live(tree.rug, ProductPage, "Matras")
    page = fresh(condition)
    page.sections[1].value["cards"][0]["chosen"].append(Page.objects.get(pk=mattress.pk))
    builders.publish(page)
    disclosure = body(condition)["must_show"][-1]
    assert (disclosure["kind"], disclosure["$needs"]) == ("disclosure", "products")
    assert disclosure["products"] == [{"$link": key(mattress)}]


# --- items --------------------------------------------------------------------------------


def test_an_item_is_keys_flags_dates_and_small_numbers(advised: Any) -> None:
    assert rendered(advised).item == {
        "type": "article",
        "slot": "articles",
        "locale": "nl",
        "translation_key": str(advised.translation_key),
        "paid": True,
        "conditions": ["nekpijn"],
        "factors": ["stress"],
        "phases": ["acute"],
        "profiles": [2, 3],
        "constraints": [{"constraint": "pregnancy", "effect": "avoid", "reason": "burns_unfelt"}],
        "guideline_stance": "none",
        "safety_review": {"kind": "clinical", "on": "2026-11-01", "until": "2027-11-01"},
        "editor_weight": 7,
        "evidence": None,
    }


def test_the_recommender_understands_every_item(tree: Tree, advised: Any) -> None:
    pages = [
        advised,
        builders.live(tree.rug, ProductPage, "Matras", category="sleep"),
        builders.live(tree.rug, ExerciseProgramme, "Oefenen"),
        builders.live(tree.rug, ServicePage, "Fysiotherapie"),
    ]
    slots = [parse_item(key(page), rendered(page).item or {}).slot for page in pages]
    assert slots == ["articles", "sleep", "exercises", "services"]


def test_a_card_says_what_to_know_before_choosing(advised: Any) -> None:
    card = rendered(advised).card or {}
    assert card["cautions"] == [
        {
            "constraint": "pregnancy",
            "label": {"$link": "term:pregnancy"},
            "effect": "avoid",
            "reason": "burns_unfelt",
            "text": "Je kunt je verbranden.",
            "hours_apart": None,
            "reference": None,
        }
    ]
    assert card["paid"] is True
    assert card["disclosure"].startswith("Betaalde link")


def test_a_safety_review_says_who_made_it_to_visitors_and_not_to_the_recommender(
    advised: Any,
) -> None:
    assert body(advised)["about"]["safety_review"] == {
        "kind": "clinical",
        "by": "A. Jansen",
        "on": "2026-11-01",
        "until": "2027-11-01",
    }
    assert "A. Jansen" not in json.dumps(rendered(advised).item)


@pytest.mark.parametrize("model", [ArticlePage, ProductPage, ExerciseProgramme, ServicePage])
def test_whatever_we_may_earn_on_says_so_on_its_page_and_card(tree: Tree, model: Any) -> None:
    free, paid = (builders.live(tree.rug, model, str(paid), paid=paid) for paid in (False, True))
    assert "disclosure" not in must_show(free)
    assert "disclosure" in must_show(paid)
    assert (rendered(free).card or {})["disclosure"] is None
    assert (rendered(paid).card or {})["disclosure"].startswith("Betaalde link")


def test_a_service_says_what_for_whom_how_and_what_about_costs(tree: Tree) -> None:
    page = builders.live(
        tree.rug, ServicePage, "Fysiotherapie", costs="<p>Kijk in je polis.</p>", online=True
    )
    found = rendered(page)
    said = found.body or {}
    assert found.kind == "service"
    assert [said[name]["text"] for name in ("body", "for_whom", "route", "costs")] == [
        "Tekst.",
        "Wie.",
        "Bel zelf.",
        "Kijk in je polis.",
    ]
    for view in (said, found.card or {}):
        assert (view["access"], view["online"]) == ("direct", True)
    assert must_show(page) == ["example_not_reviewed"]
    assert "Kijk in je polis." in (found.text or {})["body"]


def test_a_service_need_not_speak_of_costs(tree: Tree) -> None:
    assert body(builders.live(tree.rug, ServicePage, "Fysiotherapie"))["costs"] is None


def test_a_programme_leaves_out_what_is_not_prescribed(tree: Tree) -> None:
    page = builders.live(tree.rug, ExerciseProgramme, "Oefenen")
    assert body(page)["phases"][0]["exercises"][0]["dosage"] == {"days_a_week": 7}


def test_a_supplement_carries_its_claim_word_for_word_and_leads_to_no_condition(
    tree: Tree, condition: Any
) -> None:
    page = builders.draft(
        tree.rug,
        ProductPage,
        "Magnesium",
        category="supplements",
        substance="magnesium",
        dose_per_day=Decimal(200),
        claim="magnesium-muscle",
        safety_kind="clinical",
        safety_by="A. Jansen, arts",
        safety_on=date(2026, 11, 1),
        safety_until=date(2027, 11, 1),
    )
    found = body(builders.publish(page))
    assert found["supplement"]["claim"]["text"] == (
        "Magnesium draagt bij tot een normale spierwerking"
    )
    assert len(found["supplement"]["statements"]) == 4
    assert "conditions" not in found["about"]
    # a claim may not refer to a health professional (Regulation (EC) 1924/2006, art. 12(c))
    assert found["about"]["safety_review"]["by"] is None
    assert "Jansen" not in json.dumps(found)


@pytest.mark.parametrize("word", ["price", "prijs", "partner", "commission", "euro"])
def test_a_product_says_nothing_about_prices_or_partners(tree: Tree, word: str) -> None:
    found = rendered(builders.live(tree.rug, ProductPage, "Matras"))
    names = json.dumps([found.body, found.card, found.link, found.item], default=str)
    assert f'"{word}' not in names


# --- rule 1: a view says only what its own object says ------------------------------------


def retitle_article(tree: Tree) -> None:
    page = fresh(tree.article)
    page.title, page.lead, page.slug, page.paid = "Anders", "Anders.", "anders", True
    builders.publish(page)


def unpublish_article(tree: Tree) -> None:
    fresh(tree.article).unpublish()


def rename_branch(tree: Tree) -> None:
    page = fresh(tree.nek)
    page.title = "Hals"
    builders.publish(page)


def relabel_term(tree: Tree) -> None:
    builders.Term.objects.filter(key="stress").update(label_nl="Spanning", retired=True)


def change_image(tree: Tree) -> None:
    builders.CustomImage.objects.update(alt="Anders", credit="Anders")


@pytest.mark.parametrize(
    "change", [retitle_article, unpublish_article, rename_branch, relabel_term, change_image]
)
def test_a_page_is_rendered_the_same_whatever_happens_to_what_it_mentions(
    tree: Tree, condition: Any, change: Callable[[Tree], None]
) -> None:
    before = columns_of(rendered(condition))
    change(tree)
    assert columns_of(rendered(condition)) == before


def references_in(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(references_in, node))
    if not isinstance(node, dict):
        return set()
    return {name for name in node if name.startswith("$")}.union(*map(references_in, node.values()))


def test_links_hold_no_keys_and_cards_only_links(advised: Any, condition: Any) -> None:
    for key_ in registry.every_key():
        kind, id_ = registry.kind_of(key_)
        found = kind.render(kind.load(id_))
        if found is not None:
            assert references_in(found.link or {}) <= {"$media", "$said"}
            assert references_in(found.card or {}) <= {"$media", "$said", "$link"}


# --- terms and the registry ---------------------------------------------------------------


def test_a_term_has_labels_in_every_language_and_no_address(tree: Tree) -> None:
    builders.term("stress", "factor", label_nl="Stress", label_en="Strain")
    kind, id_ = registry.kind_of("term:stress")
    found = kind.render(kind.load(id_))
    assert found is not None
    assert found.path is None
    assert (found.link or {})["labels"] == {"nl": "Stress", "en": "Strain"}


def test_what_is_deleted_is_not_found(tree: Tree) -> None:
    assert publishing.load_page("999999") is None
    assert publishing.load_image("999999") is None
    assert publishing.load_by_key(builders.Term, "nothing") is None


def test_the_root_of_the_tree_is_nobodys_page(tree: Tree) -> None:
    root = Page.objects.get(depth=1)
    assert str(root.pk) not in set(publishing.page_ids())
    assert publishing.load_page(str(root.pk)) is None


def test_times_are_said_in_utc(tree: Tree) -> None:
    moment = datetime(2026, 11, 24, 12, 0, 0, tzinfo=timezone.get_fixed_timezone(60))
    Page.objects.filter(pk=tree.article.pk).update(last_published_at=moment)
    assert body(tree.article)["modified"] == "2026-11-24T11:00:00+00:00"
