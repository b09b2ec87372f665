"""A page that says something wrong or too little cannot be published; the error names the field."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.content.models import (
    ArticleConstraint,
    ArticlePage,
    ArticleTerm,
    ConditionPage,
    ExerciseProgramme,
    ProductInteraction,
    ProductPage,
    ProviderSpecialism,
    ServicePage,
)
from tests.content import builders
from tests.content.builders import Tree, fresh

REVIEW = {
    "safety_kind": "clinical",
    "safety_by": "A. Jansen, fysiotherapeut",
    "safety_on": date(2026, 11, 1),
    "safety_until": date(2027, 11, 1),
}
SUPPLEMENT = {
    "category": "supplements",
    "details": [],
    "substance": "magnesium",
    "dose_per_day": Decimal("200"),
    "claim": "magnesium-muscle",
}
TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, []),
        (REVIEW, []),
        ({"safety_kind": "demo"}, ["safety_by", "safety_on", "safety_until"]),
        ({"safety_by": "Iemand"}, ["safety_kind"]),
        (REVIEW | {"safety_until": date(2026, 11, 1)}, ["safety_until"]),
        ({"guideline_stance": "supports"}, ["guideline_citation"]),
        ({"guideline_citation": "NHG 2017"}, ["guideline_citation"]),
        ({"editor_weight": 11}, ["editor_weight"]),
        ({"profiles": [1, 4]}, ["profiles"]),
        ({"lead": ""}, ["lead"]),
        ({"reviewed_by": "A. Jansen"}, ["next_review_due", "reviewed_on"]),
        (
            {"reviewed_by": "A", "reviewed_on": TOMORROW, "next_review_due": TOMORROW},
            ["next_review_due", "reviewed_on"],
        ),
    ],
)
def test_an_article_is_refused_at_the_fields_that_are_wrong(
    tree: Tree, said: dict[str, Any], expected: list[str]
) -> None:
    page = builders.draft(tree.rug, ArticlePage, "Tekst")
    for name, value in said.items():
        setattr(page, name, value)
    assert builders.fields_refused(page) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (SUPPLEMENT, []),
        (
            {"category": "supplements", "details": []},
            ["claim", "dose_per_day", "substance"],
        ),
        (SUPPLEMENT | {"claim": "helpt-tegen-rugpijn"}, ["claim"]),
        (SUPPLEMENT | {"claim": "vitamin-d-bones"}, ["claim", "dose_per_day"]),
        # a source of magnesium is 15 % of the reference intake; EFSA's limit is 250 mg
        (SUPPLEMENT | {"dose_per_day": Decimal("56.24")}, ["dose_per_day"]),
        (SUPPLEMENT | {"dose_per_day": Decimal("56.25")}, []),
        (SUPPLEMENT | {"dose_per_day": Decimal("250.01")}, ["dose_per_day"]),
        (SUPPLEMENT | {"lead": "Verlicht je rugpijn."}, ["lead"]),
        (SUPPLEMENT | {"body": "<p>Goed voor je <b>klachten</b>.</p>"}, ["body"]),
        (SUPPLEMENT | {"search_description": "Tegen spierpijn"}, ["search_description"]),
        ({"category": "sleep", "substance": "magnesium"}, ["substance"]),
        ({"category": "gadget", "details": []}, ["category"]),
        ({"details": []}, ["details"]),
        ({"category": "heat"}, ["details"]),
        (SUPPLEMENT | {"details": [builders.SLEEP]}, ["details"]),
        ({"details": [builders.SLEEP, builders.SLEEP]}, ["details"]),
        ({"maximum_per_day": Decimal(200)}, ["maximum_per_day"]),
        (SUPPLEMENT | {"maximum_per_day": Decimal(200)}, []),
        (SUPPLEMENT | {"maximum_per_day": Decimal("199.99")}, ["maximum_per_day"]),
        # EFSA's limit is 250 mg from supplements
        (SUPPLEMENT | {"maximum_per_day": Decimal("250.01")}, ["maximum_per_day"]),
        ({"lead": "Vanaf € 29,95.", "use": "<p>Kost 20 euro.</p>"}, ["lead", "use"]),
    ],
)
def test_a_product_is_refused_at_the_fields_that_are_wrong(
    tree: Tree, said: dict[str, Any], expected: list[str]
) -> None:
    page = builders.draft(tree.rug, ProductPage, "Iets")
    for name, value in said.items():
        setattr(page, name, value)
    assert builders.fields_refused(page) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, []),
        (REVIEW, []),
        ({"costs": "<p>Kijk in je polis.</p>"}, []),
        ({"body": "", "for_whom": "", "route": ""}, ["body", "for_whom", "route"]),
        ({"access": ""}, ["access"]),
        ({"kind": ""}, ["kind"]),
        ({"kind": "by_post"}, ["kind"]),
        ({"access": "perhaps"}, ["access"]),
        ({"costs": "<p>Een behandeling kost €&nbsp;45.</p>"}, ["costs"]),
        ({"title": "Fysiotherapie voor 30 euro", "lead": "Nu EUR 20!"}, ["lead", "title"]),
        ({"safety_kind": "clinical"}, ["safety_by", "safety_on", "safety_until"]),
        ({"guideline_stance": "against"}, ["guideline_citation"]),
    ],
)
def test_a_service_is_refused_at_the_fields_that_are_wrong(
    tree: Tree, said: dict[str, Any], expected: list[str]
) -> None:
    page = builders.draft(tree.rug, ServicePage, "Fysiotherapie")
    for name, value in said.items():
        setattr(page, name, value)
    assert builders.fields_refused(page) == expected


def test_a_condition_needs_a_section_and_a_safety_net(tree: Tree) -> None:
    page = builders.draft(tree.rug, ConditionPage, "Rugpijn", sections=[], safety_net="")
    assert builders.fields_refused(page) == ["safety_net", "sections"]


def test_a_programme_needs_a_phase(tree: Tree) -> None:
    page = builders.draft(tree.rug, ExerciseProgramme, "Oefenen", phases=[])
    assert builders.fields_refused(page) == ["phases"]


def test_two_conditions_cannot_have_the_same_key(tree: Tree) -> None:
    builders.live(tree.rug, ConditionPage, "Rugpijn")
    assert builders.fields_refused(builders.draft(tree.nek, ConditionPage, "Ook rugpijn")) == [
        "key"
    ]


def test_the_key_of_a_condition_stays_once_it_was_published(tree: Tree) -> None:
    page = builders.draft(tree.rug, ConditionPage, "Rugpijn", key="rug")
    page.key = "rugpijn"
    page = builders.publish(page)
    page.key = "nekpijn"
    assert builders.fields_refused(page) == ["key"]


def test_key_and_kind_of_a_term_stay(tree: Tree) -> None:
    stress = builders.term("stress", "factor")
    stress.key, stress.kind = "strain", "phase"
    with pytest.raises(ValidationError) as raised:
        stress.full_clean()
    assert sorted(raised.value.message_dict) == ["key", "kind"]


@pytest.mark.parametrize("bad", ["Stress", "1stress", "zwaar-werk", "a b", "x\n", ""])
def test_the_key_of_a_term_is_a_plain_word(tree: Tree, bad: str) -> None:
    with pytest.raises(ValidationError) as raised:
        builders.Term(key=bad, kind="factor", label_nl="A", label_en="A").full_clean()
    assert list(raised.value.message_dict) == ["key"]


@pytest.mark.parametrize(
    ("row", "kind", "allowed"),
    [
        (ArticleTerm, "factor", True),
        (ArticleTerm, "phase", True),
        (ArticleTerm, "constraint", False),
        (ArticleTerm, "audience", True),
        (ArticleTerm, "context", True),
        (ArticleTerm, "activity", True),
        (ArticleTerm, "medicine", False),
        (ArticleTerm, "specialism", False),
        (ArticleConstraint, "constraint", True),
        (ArticleConstraint, "factor", False),
        (ArticleConstraint, "medicine", False),
        (ProductInteraction, "medicine", True),
        (ProductInteraction, "constraint", False),
        (ProviderSpecialism, "specialism", True),
        (ProviderSpecialism, "factor", False),
    ],
)
def test_a_row_takes_only_terms_of_its_kind(tree: Tree, row: Any, kind: str, allowed: bool) -> None:
    chosen = row(term=builders.term("iets", kind))
    if allowed:
        chosen.clean()
    else:
        with pytest.raises(ValidationError) as raised:
            chosen.clean()
        assert list(raised.value.message_dict) == ["term"]


def test_a_retired_term_stays_where_it_is_and_cannot_be_chosen_anew(tree: Tree) -> None:
    stress = builders.term("stress", "factor")
    page = fresh(tree.article)
    page.item_terms.add(ArticleTerm(term=stress))
    page = builders.publish(page)
    stress.retired = True
    stress.save()
    page.item_terms.get().clean()
    with pytest.raises(ValidationError):
        ArticleTerm(term=stress).clean()
