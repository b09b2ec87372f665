"""References and the glossary: described once, chosen by pages, kept while they are used."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from cms.content.models import (
    ArticleExplained,
    ArticleSource,
    ConditionCode,
    ConditionPage,
    GlossaryTerm,
    Reference,
    SymptomCondition,
    SymptomName,
    SymptomPage,
)
from cms.content.renderers import render_page
from cms.content.renderers.glossary import glossary
from cms.content.renderers.reference import reference
from cms.content.usage import uses_from_outside
from cms.published import registry, work
from cms.published.models import Publication
from tests.content import builders
from tests.content.builders import Tree, fresh, key, touched

REFERENCE: dict[str, Any] = {"key": "kngf-2021", "title": "Richtlijn", "kind": "guideline"}
LANCET = "10.1016/S0140-6736(16)30970-9"
ENTRY = {
    "key": "hnp",
    "word_nl": "hernia",
    "word_en": "slipped disc",
    "explanation_nl": "Een schijf puilt uit.",
    "explanation_en": "A disc bulges.",
}
ABBREVIATED = ENTRY | {
    "abbreviation": "HNP",
    "stands_for_nl": "hernia nuclei pulposi",
    "stands_for_en": "herniated nucleus pulposus",
}


def wrong_fields(found: Any) -> list[str]:
    try:
        found.full_clean()
    except ValidationError as error:
        return sorted(error.message_dict)
    return []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"url": "https://richtlijn.nl"}, []),
        ({"doi": LANCET}, []),
        ({"pmid": "27745712"}, []),
        ({}, ["url"]),
        ({"doi": f"https://doi.org/{LANCET}"}, ["doi"]),
        ({"doi": "10.12/x"}, ["doi"]),
        ({"doi": "10.1016/a b"}, ["doi"]),
        ({"pmid": "PMID27745712"}, ["pmid"]),
        ({"pmid": "0"}, ["pmid"]),
        ({"url": "richtlijn.nl"}, ["url"]),
        ({"doi": LANCET, "kind": "blog"}, ["kind"]),
        ({"doi": LANCET, "kind": ""}, ["kind"]),
        ({"doi": LANCET, "year": 20217}, ["year"]),
        ({"doi": LANCET, "key": "KNGF 2021"}, ["key"]),
        ({"doi": LANCET, "evidence": "strong"}, ["evidence"]),
    ],
)
def test_a_reference_is_refused_at_the_fields_that_are_wrong(
    db: None, said: dict[str, Any], expected: list[str]
) -> None:
    assert wrong_fields(Reference(**REFERENCE | said)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (ENTRY, []),
        (ABBREVIATED, []),
        (ENTRY | {"abbreviation": "HNP"}, ["stands_for_en", "stands_for_nl"]),
        (ENTRY | {"stands_for_nl": "hernia nuclei pulposi"}, ["abbreviation"]),
        (ENTRY | {"explanation_en": ""}, ["explanation_en"]),
        (ENTRY | {"key": "h n p"}, ["key"]),
    ],
)
def test_an_entry_is_refused_at_the_fields_that_are_wrong(
    db: None, said: dict[str, str], expected: list[str]
) -> None:
    assert wrong_fields(GlossaryTerm(**said)) == expected


@pytest.mark.parametrize("make", [builders.reference, builders.entry])
def test_a_key_stays(db: None, make: Any) -> None:
    found = make()
    found.key = "anders"
    assert wrong_fields(found) == ["key"]


def test_a_reference_says_where_it_can_be_read(db: None) -> None:
    found = Reference(
        **REFERENCE
        | {
            "authors": "Vos T, e.a.",
            "publisher": "The Lancet",
            "year": 2016,
            "doi": LANCET,
            "pmid": "27733282",
            "evidence": "high",
            "accessed": date(2026, 11, 24),
        }
    )
    assert reference(found).link == {
        "title": "Richtlijn",
        "authors": "Vos T, e.a.",
        "publisher": "The Lancet",
        "year": 2016,
        "kind": "guideline",
        "doi": LANCET,
        "pmid": "27733282",
        "url": f"https://doi.org/{LANCET}",
        "evidence": "high",
        "accessed": "2026-11-24",
    }
    found.url = "https://www.thelancet.com/gbd"
    assert (reference(found).link or {})["url"] == "https://www.thelancet.com/gbd"


def test_an_entry_explains_a_word_in_every_language(db: None) -> None:
    assert glossary(GlossaryTerm(**ABBREVIATED)).link == {
        "title": "hernia",
        "words": {"nl": "hernia", "en": "slipped disc"},
        "abbreviation": "HNP",
        "stands_for": {"nl": "hernia nuclei pulposi", "en": "herniated nucleus pulposus"},
        "explanations": {"nl": "Een schijf puilt uit.", "en": "A disc bulges."},
    }
    assert (glossary(GlossaryTerm(**ENTRY)).link or {})["stands_for"] is None


def chosen(tree: Tree) -> Any:
    """The article, resting on a reference and explaining a word."""
    page = fresh(tree.article)
    page.sources = [ArticleSource(reference=builders.reference())]
    page.glossary = [ArticleExplained(entry=builders.entry())]
    return builders.publish(page)


def test_a_page_mentions_its_sources_and_words(tree: Tree) -> None:
    rendered = render_page(chosen(tree))
    assert rendered is not None
    assert (rendered.body or {})["sources"] == [{"$link": "reference:kngf-2021"}]
    assert (rendered.body or {})["glossary"] == [{"$link": "glossary:hnp"}]


def test_they_are_published_and_followed(tree: Tree) -> None:
    found, entry = builders.reference(), builders.entry()
    assert touched() == {"reference:kngf-2021": False, "glossary:hnp": False}
    work.number_all()
    assert {"reference:kngf-2021", "glossary:hnp"} <= set(registry.every_key())
    found.delete()
    entry.delete()
    assert touched() == {"reference:kngf-2021": True, "glossary:hnp": True}
    work.number_all()
    states = Publication.objects.filter(key__in=["reference:kngf-2021", "glossary:hnp"])
    assert {row.state for row in states} == {"gone"}


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


@pytest.mark.parametrize("model", [Reference, GlossaryTerm])
def test_what_a_page_uses_is_not_deleted(tree: Tree, editor: Client, model: Any) -> None:
    chosen(tree)
    found = model.objects.get()
    name = found.snippet_viewset.get_url_name("delete")
    answer = editor.post(reverse(name, args=[found.pk]), follow=True)
    assert "Take it out there first." in answer.content.decode()
    assert model.objects.exists()
    with pytest.raises(ProtectedError):
        found.delete()


@pytest.mark.parametrize(
    ("model", "said"), [(Reference, REFERENCE | {"doi": LANCET}), (GlossaryTerm, ABBREVIATED)]
)
def test_they_can_be_added_listed_and_changed(
    tree: Tree, editor: Client, model: Any, said: dict[str, Any]
) -> None:
    viewset = model.snippet_viewset
    form = {field.name: "" for field in model._meta.fields if field.name != "id"} | said
    added = editor.post(reverse(viewset.get_url_name("add")), form)
    assert added.status_code == 302, added.context["form"].errors
    found = model.objects.get()
    assert said["key"] in editor.get(reverse(viewset.get_url_name("list"))).content.decode()
    edit = reverse(viewset.get_url_name("edit"), args=[found.pk])
    assert editor.get(edit).status_code == 200
    answer = editor.post(edit, form | {"key": "anders"})
    assert list(answer.context["form"].errors) == ["key"]


# --- symptoms and codes -------------------------------------------------------------------


def test_a_symptom_says_what_it_can_belong_to_and_when_to_see_a_doctor(tree: Tree) -> None:
    condition = builders.live(tree.rug, ConditionPage, "Hernia", key="hernia")
    page = builders.draft(tree.rug, SymptomPage, "Uitstralende pijn")
    page.names = [
        SymptomName(name="ischias", language="nl", register="medical", relation="narrower")
    ]
    page.possible = [SymptomCondition(condition=condition, typicality="often")]
    rendered = render_page(builders.publish(page))
    assert rendered is not None
    body = rendered.body or {}
    assert rendered.kind == "symptom"
    assert body["names"] == [
        {"name": "ischias", "language": "nl", "register": "medical", "relation": "narrower"}
    ]
    assert body["possible"] == [
        {
            "$needs": "condition",
            "condition": {"$link": key(condition)},
            "typicality": "often",
            "qualifier": None,
            "distinguishing": None,
        }
    ]
    assert body["must_show"][-1] == {"kind": "safety_net", "text": "Bel je huisarts."}
    assert (rendered.text or {})["names"] == ["ischias"]
    assert (rendered.text or {})["body"] == "Lees verder.\nTekst.\nBel je huisarts."


@pytest.mark.parametrize(
    ("system", "code", "right"),
    [
        ("icpc1", "L03", True),
        ("icpc1", "L86.01", True),
        ("icpc1", "M54", True),  # its shape is all that can be seen of a code
        ("icpc1", "03L", False),
        ("icd10", "M54.5", True),
        ("icd10", "M54.55", True),
        ("icd10", "M54.555", False),
        ("icd10", "m54.5", False),
        ("snomed", "279039007", True),
        ("snomed", "27903", False),
        ("snomed", "SCT 279039007", False),
        ("nhg", "M54", False),
    ],
)
def test_a_code_looks_like_one_of_its_system(
    tree: Tree, system: str, code: str, right: bool
) -> None:
    page = builders.live(tree.rug, ConditionPage, "Rugpijn")
    row = ConditionCode(page=page, system=system, code=code)
    assert (wrong_fields(row) == []) is right


def test_readers_get_the_codes_of_a_condition(tree: Tree) -> None:
    page = builders.live(tree.rug, ConditionPage, "Rugpijn")
    page.codes = [ConditionCode(system="icpc1", code="L03")]
    rendered = render_page(builders.publish(page))
    assert rendered is not None
    assert (rendered.body or {})["codes"] == [{"system": "icpc1", "code": "L03"}]


def test_a_condition_that_a_symptom_can_belong_to_is_in_use(tree: Tree) -> None:
    condition = builders.live(tree.rug, ConditionPage, "Hernia", key="hernia")
    page = builders.draft(tree.nek, SymptomPage, "Pijn")
    page.possible = [SymptomCondition(condition=condition, typicality="often")]
    builders.publish(page)
    assert [used.pk for used, _source in uses_from_outside([condition])] == [condition.pk]
