"""The linter at the fields of a supplement's page: what stops it from being published."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cms.content.models import ProductPage
from tests.content import builders
from tests.content.builders import Tree

SUPPLEMENT = {
    "category": "supplements",
    "substance": "magnesium",
    "dose_per_day": Decimal("200"),
    "claim": "magnesium-muscle",
    "details": [],
}


def problems(tree: Tree, said: dict[str, Any]) -> dict[str, list[str]]:
    page = builders.draft(tree.rug, ProductPage, "Iets")
    for name, value in (SUPPLEMENT | said).items():
        setattr(page, name, value)
    try:
        builders.publish(page)
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, []),
        ({"title": "Magnesium tegen rugpijn"}, ["title"]),
        ({"slug": "verlicht-rugpijn"}, ["slug"]),
        ({"lead": "Verlicht je klachten."}, ["lead"]),
        ({"body": "<p>Helpt bij rug<b>pijn</b>.</p>"}, ["body"]),
        ({"use": "<p>Neem het bij hoofdpijn.</p>"}, ["use"]),
        ({"seo_title": "Soepele gewrichten"}, ["seo_title"]),
        ({"search_description": "Tegen spierpijn"}, ["search_description"]),
        ({"body": "<p>Heb je een nierziekte? Neem dit niet.</p>"}, []),
        # the claim of the page, word for word, and no other
        ({"body": "<p>Magnesium draagt bij tot een normale spierwerking.</p>"}, []),
        (
            {"body": "<p>Magnesium draagt bij tot een normale spierwerking van je rug.</p>"},
            ["body"],
        ),
        ({"body": "<p>Magnesium draagt bij tot de elektrolytenbalans.</p>"}, ["body"]),
    ],
)
def test_each_text_of_a_supplement_is_read(
    tree: Tree, said: dict[str, Any], expected: list[str]
) -> None:
    assert sorted(problems(tree, said)) == expected


def test_the_alternative_text_of_its_image_is_read(tree: Tree) -> None:
    image = builders.image()
    image.alt = "Vrouw zonder rugpijn na het slikken van tabletten"
    image.save()
    assert sorted(problems(tree, {"image": image})) == ["image"]


def test_the_message_quotes_the_sentence_and_says_why_and_what_would_be_right(tree: Tree) -> None:
    with translation.override("en"):
        (message,) = problems(tree, {"lead": "Dit is een mineraal. Het verlicht je rugpijn."})[
            "lead"
        ]
    assert "“Het verlicht je rugpijn.”" in message
    assert "2002/46/EC" in message
    assert "Dit is een mineraal" not in message
    with translation.override("nl"):
        (message,) = problems(tree, {"lead": "Het verlicht je rugpijn."})["lead"]
    assert "voedingssupplement" in message.lower()


def test_another_product_may_speak_of_a_complaint(tree: Tree) -> None:
    other = {"category": "", "substance": "", "dose_per_day": None, "claim": ""}
    assert "lead" not in problems(tree, other | {"lead": "Verlicht je rugpijn."})
