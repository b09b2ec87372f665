"""Products by kind, programmes, services and courses: what each needs, and what readers get."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.blocks.stream_block import StreamBlockValidationError

from cms.content.blocks.details import DETAILS
from cms.content.models import (
    CoursePage,
    ExerciseProgramme,
    ProductInteraction,
    ProductPage,
    ProgrammeEquipment,
    Reference,
    ServicePage,
)
from cms.content.renderers import render_page
from cms.content.renderers.image import image as render_image
from cms.content.vocabulary import ProductCategory
from cms.published.numbering import columns_of
from recommender.items import parse_item
from tests.content import builders
from tests.content.builders import Tree, fresh, key

PHASES: Any = ExerciseProgramme._meta.get_field("phases").stream_block  # type: ignore[union-attr]
STREAM: Any = ProductPage._meta.get_field("details").stream_block  # type: ignore[union-attr]


def refused(page: Any) -> list[str]:
    try:
        builders.publish(page)
    except ValidationError as error:
        return sorted(error.message_dict)
    return []


def body(page: Any) -> Any:
    found = render_page(fresh(page))
    assert found is not None
    return found.body


# --- details of a product -----------------------------------------------------------------


def test_every_category_but_the_supplements_has_details_of_its_own() -> None:
    assert {name for name, _ in DETAILS} == {*ProductCategory.values} - {"supplements"}


FULL: dict[str, dict[str, Any]] = {
    "ergonomics": {"contexts": ["work"], "adjustable": True, "space": "Past overal."},
    "training": {"level": "light", "space": "Een mat.", "skills": None},
    "sleep": {
        "firmness": "firm",
        "sleeping_positions": ["back", "side"],
        "trial_nights": 30,
        "body_weight": "Vanaf 90 kilo.",
    },
    "foot": {"shoe": "Met uitneembare zool.", "professional": "Bij diabetes."},
    "gadgets": {
        "measures": "Stappen.",
        "accuracy": "Ongeveer.",
        "privacy": "Alles gaat naar de maker.",
        "medical_device": False,
    },
    "aids": {
        "contexts": ["work"],
        "longest_minutes_a_day": 120,
        "temporary": True,
        "dont": "Niet de hele dag.",
    },
    "heat": {"longest_minutes": 20, "temperature": None},
}


@pytest.mark.parametrize("category", FULL)
def test_readers_get_every_detail_under_the_name_of_its_category(tree: Tree, category: str) -> None:
    work = builders.term("work", "context")
    value = dict(FULL[category])
    expected = {"kind": category} | value
    if "contexts" in value:
        value["contexts"] = [work.pk]
        expected["contexts"] = [{"$link": "term:work"}]
    page = builders.draft(tree.rug, ProductPage, "Iets", category=category)
    page.details = json.dumps([{"type": category, "value": value}])
    page = builders.publish(page)
    assert body(page)["details"] == expected
    assert "Past overal." in (render_page(page).text or {})["body"] or category != "ergonomics"  # type: ignore[union-attr]


def test_a_supplement_has_no_details(tree: Tree) -> None:
    page = builders.live(
        tree.rug,
        ProductPage,
        "Magnesium",
        category="supplements",
        substance="magnesium",
        dose_per_day=Decimal(200),
        maximum_per_day=Decimal(250),
        claim="magnesium-muscle",
    )
    assert body(page)["details"] is None
    assert body(page)["supplement"]["maximum_per_day"] == {"amount": 250.0, "unit": "mg"}


BAD = [
    ("ergonomics", {"contexts": []}, ["contexts"]),
    ("ergonomics", {"space": ""}, ["space"]),
    ("training", {"level": "extreme"}, ["level"]),
    ("sleep", {"sleeping_positions": []}, ["sleeping_positions"]),
    ("sleep", {"firmness": "", "trial_nights": 0}, ["firmness", "trial_nights"]),
    ("foot", {"professional": ""}, ["professional"]),
    ("gadgets", {"privacy": "", "accuracy": ""}, ["accuracy", "privacy"]),
    ("aids", {"dont": "", "longest_minutes_a_day": 1441}, ["dont", "longest_minutes_a_day"]),
    ("heat", {"longest_minutes": None}, ["longest_minutes"]),
]


def stream(category: str, value: dict[str, Any]) -> Any:
    return STREAM.to_python([{"type": category, "value": value}])


@pytest.mark.parametrize(("category", "wrong", "fields"), BAD)
def test_a_detail_is_refused_at_its_own_field(
    tree: Tree, category: str, wrong: dict[str, Any], fields: list[str]
) -> None:
    value = FULL[category] | wrong
    if value.get("contexts"):
        value["contexts"] = [builders.term("work", "context").pk]
    with pytest.raises(StreamBlockValidationError) as raised:
        STREAM.clean(stream(category, value))
    assert sorted(raised.value.block_errors[0].block_errors) == fields


def test_a_place_is_a_context_and_no_other_term(tree: Tree) -> None:
    value = FULL["ergonomics"] | {"contexts": [builders.term("stress", "factor").pk]}
    with pytest.raises(StreamBlockValidationError) as raised:
        STREAM.clean(stream("ergonomics", value))
    assert list(raised.value.block_errors[0].block_errors) == ["contexts"]


@pytest.mark.parametrize("category", FULL)
def test_details_of_a_draft_may_be_half_written(category: str) -> None:
    STREAM.clean_deferred(stream(category, {}))


# --- interactions and guidelines ----------------------------------------------------------

SMPC = {"title": "SmPC", "kind": "website", "url": "https://voorbeeld.nl/smpc"}


@pytest.fixture
def smpc(db: None) -> Reference:
    return Reference.objects.create(key="smpc-antibiotic", **SMPC)


def with_interaction(tree: Tree, smpc: Reference, **said: Any) -> Any:
    page = builders.draft(tree.rug, ProductPage, "Iets", paid=False)
    row = {"effect": "ask_first", "reason": "binds", "explanation": "Vraag je apotheker."} | said
    medicine = builders.term("quinolones", "medicine")
    page.interactions = [ProductInteraction(term=medicine, reference=smpc, **row)]
    return builders.publish(page)


def test_a_medicine_that_does_not_go_with_it_is_a_constraint_and_a_caution(
    tree: Tree, smpc: Reference
) -> None:
    found = render_page(with_interaction(tree, smpc, hours_apart=4))
    assert found is not None
    assert (found.item or {})["constraints"] == [
        {"constraint": "quinolones", "effect": "ask_first", "reason": "binds"}
    ]
    caution = {
        "constraint": "quinolones",
        "label": {"$link": "term:quinolones"},
        "effect": "ask_first",
        "reason": "binds",
        "text": "Vraag je apotheker.",
        "hours_apart": 4,
        "reference": {"$link": "reference:smpc-antibiotic"},
    }
    assert (found.card or {})["cautions"] == [caution]
    assert (found.body or {})["about"]["cautions"] == [caution]
    parse_item("page:1", found.item or {})


def test_what_a_source_of_an_interaction_says_is_for_the_source(
    tree: Tree, smpc: Reference
) -> None:
    page = with_interaction(tree, smpc)
    before = columns_of(render_page(page))  # type: ignore[arg-type]
    Reference.objects.update(title="Anders", year=2001)
    assert columns_of(render_page(fresh(page))) == before  # type: ignore[arg-type]


def test_an_interaction_says_at_most_three_days_apart(tree: Tree) -> None:
    row = ProductInteraction(
        term=builders.term("iron", "medicine"),
        effect="ask_first",
        reason="binds",
        explanation="Wacht.",
        hours_apart=73,
    )
    with pytest.raises(ValidationError) as raised:
        row.full_clean(exclude=["page"])
    assert list(raised.value.message_dict) == ["hours_apart"]


def test_a_guideline_can_be_a_reference_beside_its_citation(tree: Tree, smpc: Reference) -> None:
    said = {"guideline_stance": "supports", "guideline_citation": "Hoofdstuk 2"}
    page = builders.live(tree.rug, CoursePage, "Leefstijl", guideline_reference=smpc, **said)
    assert body(page)["about"]["guideline"] == {
        "stance": "supports",
        "citation": "Hoofdstuk 2",
        "reference": {"$link": "reference:smpc-antibiotic"},
        "evidence": None,
    }


def test_a_guideline_that_says_nothing_has_no_reference(tree: Tree, smpc: Reference) -> None:
    page = builders.draft(tree.rug, CoursePage, "Leefstijl", guideline_reference=smpc)
    assert refused(page) == ["guideline_reference"]


def test_a_supplement_leads_to_no_guideline(tree: Tree, smpc: Reference) -> None:
    page = builders.draft(
        tree.rug,
        ProductPage,
        "Magnesium",
        category="supplements",
        substance="magnesium",
        dose_per_day=Decimal(200),
        claim="magnesium-muscle",
        guideline_stance="insufficient",
        guideline_citation="Hoofdstuk 2",
        guideline_reference=smpc,
    )
    assert refused(page) == ["guideline_reference"]


# --- programmes ---------------------------------------------------------------------------


def exercise(**said: Any) -> Any:
    value = {"name": "Lopen", "instructions": "<p>Loop.</p>", "days_a_week": 7} | said
    raw = json.loads(json.dumps(builders.PHASE))
    raw["value"]["exercises"][0]["value"] = value
    return raw


VIDEO = "https://video.voorbeeld.nl/lopen"


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"video": VIDEO}, ["video_text"]),
        ({"video": VIDEO, "video_text": "  "}, ["video_text"]),
        ({"video_text": "Iemand loopt."}, ["video_text"]),
        ({"video": "http://video.voorbeeld.nl", "video_text": "Iemand loopt."}, ["video"]),
        ({"video": "javascript:alert(1)", "video_text": "Iemand loopt."}, ["video"]),
    ],
)
def test_a_video_is_refused_without_its_text_and_the_other_way_round(
    said: dict[str, Any], fields: list[str]
) -> None:
    with pytest.raises(StreamBlockValidationError) as raised:
        PHASES.clean(PHASES.to_python([exercise(**said)]))
    at = raised.value.block_errors[0].block_errors["exercises"].block_errors[0]
    assert list(at.block_errors) == fields


def test_the_text_of_a_video_may_come_later_in_a_draft() -> None:
    PHASES.clean_deferred(PHASES.to_python([exercise(video=VIDEO)]))


def test_a_programme_says_how_hard_it_is_what_one_needs_and_how_to_go_on(tree: Tree) -> None:
    mat = builders.live(tree.rug, ProductPage, "Oefenmat")
    page = builders.draft(
        tree.rug,
        ExerciseProgramme,
        "Oefenen",
        level="intense",
        progression="Doe er twee bij.",
    )
    page.phases = json.dumps([exercise(video=VIDEO, video_text="Iemand loopt.", easier="Zit.")])
    page.equipment = [ProgrammeEquipment(product=mat)]
    page = builders.publish(page)
    said = body(page)
    assert (said["level"], said["progression"]) == ("intense", "Doe er twee bij.")
    assert said["equipment"] == [{"$card": key(mat)}]
    shown = said["phases"][0]["exercises"][0]
    assert shown["video"] == {"url": VIDEO, "text": "Iemand loopt."}
    assert (shown["easier"], shown["harder"]) == ("Zit.", None)
    disclosure = said["must_show"][-1]
    assert (disclosure["kind"], disclosure["products"]) == ("disclosure", [{"$link": key(mat)}])
    assert (render_page(page).card or {})["level"] == "intense"  # type: ignore[union-attr]


def test_a_programme_without_a_level_is_not_published(tree: Tree) -> None:
    assert refused(builders.draft(tree.rug, ExerciseProgramme, "Oefenen", level="")) == ["level"]


# --- services and courses -----------------------------------------------------------------


def test_a_service_says_how_it_is_had_and_whose_help_it_is(tree: Tree) -> None:
    page = builders.live(
        tree.rug, ServicePage, "Online", kind="online", specialism=builders.specialism()
    )
    found = render_page(page)
    assert found is not None
    for view in (found.body or {}, found.card or {}):
        assert (view["kind"], view["specialism"]) == ("online", {"$link": "term:physiotherapist"})


def test_the_specialism_of_a_service_is_a_specialism(tree: Tree) -> None:
    stress = builders.term("stress", "factor")
    assert refused(builders.draft(tree.rug, ServicePage, "Hulp", specialism=stress)) == [
        "specialism"
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, []),
        ({"free": True}, []),
        ({"free": True, "paid": True}, ["paid"]),
        ({"url": "http://cursus.voorbeeld.nl"}, ["url"]),
        ({"url": "javascript:alert(1)"}, ["url"]),
        ({"format": "video"}, ["format"]),
        ({"provider_name": "", "duration": ""}, ["duration", "provider_name"]),
        ({"body": "<p>Kost 20 euro.</p>"}, ["body"]),
        ({"duration": "Zes weken voor € 30"}, ["duration"]),
        ({"safety_kind": "demo"}, ["safety_by", "safety_on", "safety_until"]),
    ],
)
def test_a_course_is_refused_at_the_fields_that_are_wrong(
    tree: Tree, said: dict[str, Any], expected: list[str]
) -> None:
    page = builders.draft(tree.rug, CoursePage, "Leefstijl")
    for name, value in said.items():
        setattr(page, name, value)
    assert refused(page) == expected


def test_a_course_is_an_item_of_its_own_slot_and_says_how_to_take_part(tree: Tree) -> None:
    found = render_page(builders.live(tree.rug, CoursePage, "Leefstijl", free=True))
    assert found is not None
    item = parse_item("page:1", found.item or {})
    assert (found.kind, item.type, item.slot) == ("course", "course", "courses")
    said = {
        "provider_name": "Leefstijlschool",
        "duration": "Zes weken",
        "free": True,
        "format": "online",
    }
    assert said.items() <= (found.card or {}).items()
    assert said.items() <= (found.body or {}).items()
    assert (found.body or {})["address"] == "https://cursus.voorbeeld.nl"
    assert [each["kind"] for each in (found.body or {})["must_show"]] == ["example_not_reviewed"]


# --- images whose licence ends ------------------------------------------------------------


def test_the_publication_of_an_image_ends_with_its_licence(tree: Tree) -> None:
    found = render_image(builders.image(licence_until=date(2027, 3, 1)))
    assert found is not None
    # the last day is its own: it ends at midnight in the Netherlands
    assert found.valid_until == datetime(2027, 3, 2, tzinfo=ZoneInfo("Europe/Amsterdam"))


def test_a_licence_without_an_end_has_a_publication_without_an_end(tree: Tree) -> None:
    found = render_image(builders.image())
    assert found is not None
    assert found.valid_until is None


@pytest.mark.parametrize(("days", "expected"), [(-1, ["image"]), (0, []), (1, [])])
def test_a_page_is_not_published_with_an_image_whose_licence_has_ended(
    tree: Tree, days: int, expected: list[str]
) -> None:
    until = timezone.localdate() + timedelta(days=days)
    page = builders.draft(
        tree.rug, CoursePage, "Leefstijl", image=builders.image(licence_until=until)
    )
    assert refused(page) == expected


def test_an_image_inside_a_block_is_refused_at_the_block_and_not_in_a_draft(tree: Tree) -> None:
    ended = builders.image(licence_until=timezone.localdate() - timedelta(days=1))
    value = PHASES.to_python([exercise(image=ended.pk)])
    with pytest.raises(StreamBlockValidationError) as raised:
        PHASES.clean(value)
    at = raised.value.block_errors[0].block_errors["exercises"].block_errors[0]
    assert list(at.block_errors) == ["image"]
    PHASES.clean_deferred(value)
