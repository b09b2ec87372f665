"""A condition page with one section of each of the ten types, and what they mention."""

from dataclasses import dataclass
from typing import Any

from cms.content.models import ConditionPage, ProductPage, SymptomPage
from tests.content import builders
from tests.content.builders import Tree


@dataclass
class Mentioned:
    article: Any
    product: Any
    symptom: Any
    hernia: Any


def mentioned(tree: Tree) -> Mentioned:
    """Everything that `sections` chooses, with readable keys."""
    for key, kind in (
        ("stress", "factor"),
        ("tiling", "activity"),
        ("acute", "phase"),
        ("work", "context"),
        ("recovered", "measure"),
    ):
        builders.term(key, kind)
    builders.reference("kngf-2021")
    builders.entry("mri")
    return Mentioned(
        article=tree.article,
        product=builders.live(tree.rug, ProductPage, "Stoel"),
        symptom=builders.live(tree.rug, SymptomPage, "Stijve rug"),
        hernia=builders.live(tree.rug, ConditionPage, "Hernia", key="hernia"),
    )


def term(key: str) -> int:
    return int(builders.Term.objects.get(key=key).pk)


def statistic(**said: Any) -> dict[str, Any]:
    return {
        "measure": term("recovered"),
        "low": 80,
        "high": 90,
        "unit": "percent",
        "population": "mensen met lage rugpijn",
        "reference": builders.Reference.objects.get(key="kngf-2021").pk,
    } | said


def section(kind: str, **said: Any) -> dict[str, Any]:
    value = {"heading": kind.capitalize(), "aspect": "overview", "body": ""} | said
    return {"type": kind, "value": value}


def profile() -> dict[str, Any]:
    return {
        "number": 1,
        "title": "Normaal herstel",
        "from_days": 0,
        "from_included": True,
        "until_days": None,
        "until_included": False,
        "duration": "Kort",
        "characteristics": "<p>Licht.</p>",
        "advice": "<p>Beweeg.</p>",
    }


def sections(found: Mentioned) -> list[dict[str, Any]]:
    """The raw sections, as a StreamField takes them."""
    return [
        section(
            "start",
            actions=[
                {"kind": "screening", "label": "Doe de screening", "page": None},
                {"kind": "page", "label": "Lees", "page": found.article.pk},
            ],
        ),
        section("description", points=[], image=None, statistics=[statistic()]),
        section("recovery", profiles=[profile()], statistics=[]),
        section(
            "causes",
            factors=[
                {
                    "label": "Spanning",
                    "text": "<p>Je spieren staan strak.</p>",
                    "term": term("stress"),
                    "modifiable": "partly",
                    "qualifier": "vaak",
                    "evidence": "moderate",
                    "cards": [found.article.pk],
                }
            ],
        ),
        section(
            "symptoms",
            signs=[
                {
                    "label": "Stijfheid",
                    "text": "<p>Vooral in de ochtend.</p>",
                    "symptom": found.symptom.pk,
                    "typicality": "often",
                    "qualifier": "",
                    "distinguishing": "Duurt het een uur, dan kan het reuma zijn.",
                }
            ],
        ),
        section(
            "differential",
            diagnoses=[
                {
                    "label": "Hernia",
                    "condition": found.hernia.pk,
                    "text": "<p>Een schijf puilt uit.</p>",
                    "qualifier": "alleen met uitstraling",
                    "distinguishing_sign": "De pijn in je been is erger dan in je rug.",
                }
            ],
        ),
        section(
            "diagnosis",
            steps=[
                {
                    "label": "Scan",
                    "text": "<p>Een foto van je rug.</p>",
                    "when": "Bij een vermoeden van een breuk.",
                    "when_not": "Niet bij gewone rugpijn.",
                    "glossary": builders.GlossaryTerm.objects.get(key="mri").pk,
                }
            ],
            self_test={"screening": "hernia", "label": "Doe de zelftest"},
        ),
        section(
            "treatment",
            points=[
                {
                    "label": "Beweeg",
                    "text": "<p>Elke dag.</p>",
                    "term": None,
                    "advice": "do",
                    "phase": term("acute"),
                }
            ],
            cards=[{"heading": "Lees", "chosen": [found.article.pk]}],
        ),
        section(
            "products",
            groups=[
                {
                    "heading": "Zitten",
                    "category": "ergonomics",
                    "contexts": [term("work")],
                    "text": "<p>Kies een stoel die je kunt verstellen.</p>",
                    "chosen": [found.product.pk],
                },
                {
                    "heading": "Slapen",
                    "category": "sleep",
                    "contexts": [],
                    "text": "",
                    "chosen": [found.product.pk],
                },
            ],
        ),
        section("information", texts=["disclaimer", "privacy", "disclaimer"]),
    ]
