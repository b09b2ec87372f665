"""The register of claims: what may be claimed of a supplement, and nothing else."""

from decimal import Decimal
from typing import Any

import pytest

from cms.content import claims
from cms.content.linter import lint

LANGUAGES: list[Any] = ["nl", "en"]
CLAIMS = claims.register().values()
by_key = pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.key)


def test_the_register_has_every_claim_of_these_substances() -> None:
    # Regulation (EU) 432/2012 and, for falling, 1228/2014
    assert set(claims.register()) == {
        "magnesium-fatigue",
        "magnesium-electrolytes",
        "magnesium-energy",
        "magnesium-nervous-system",
        "magnesium-muscle",
        "magnesium-protein",
        "magnesium-psychological",
        "magnesium-bones",
        "magnesium-teeth",
        "magnesium-cell-division",
        "vitamin-d-absorption",
        "vitamin-d-blood-calcium",
        "vitamin-d-bones",
        "vitamin-d-muscle",
        "vitamin-d-teeth",
        "vitamin-d-immune",
        "vitamin-d-cell-division",
        "vitamin-d-falling",
        "epa-dha-heart",
        "epa-dha-blood-pressure",
        "epa-dha-triglycerides",
        "dha-brain",
        "dha-vision",
    }


@pytest.mark.parametrize(
    ("key", "english"),
    [
        ("magnesium-muscle", "Magnesium contributes to normal muscle function"),
        ("magnesium-fatigue", "Magnesium contributes to a reduction of tiredness and fatigue"),
        ("vitamin-d-bones", "Vitamin D contributes to the maintenance of normal bones"),
        ("epa-dha-heart", "EPA and DHA contribute to the normal function of the heart"),
    ],
)
def test_claims_are_worded_as_in_the_register(key: str, english: str) -> None:
    assert claims.register()[key].text["en"] == english


@pytest.mark.parametrize(
    ("key", "least", "most", "unit"),
    [
        ("magnesium-bones", "56.25", "250", "mg"),  # 15 % of 375 mg; EFSA
        ("vitamin-d-immune", "0.75", "75", "µg"),  # 15 % of 5 µg; Warenwetbesluit
        ("vitamin-d-falling", "15", "75", "µg"),
        ("epa-dha-heart", "250", "5000", "mg"),
        ("epa-dha-triglycerides", "2000", "5000", "mg"),
        ("epa-dha-blood-pressure", "3000", "5000", "mg"),
        ("dha-brain", "250", "1000", "mg"),
    ],
)
def test_the_condition_of_use_is_an_amount_a_day(
    key: str, least: str, most: str, unit: str
) -> None:
    claim = claims.register()[key]
    assert (claim.least, claim.most, claim.unit) == (Decimal(least), Decimal(most), unit)


@by_key
def test_a_claim_is_complete_in_both_languages(claim: claims.Claim) -> None:
    assert set(claim.text) == set(claim.condition) == {"nl", "en"}
    assert all([*claim.text.values(), *claim.condition.values(), claim.most_source])
    assert 0 < claim.least < claim.most


@by_key
def test_no_claim_is_about_pain_the_back_joints_inflammation_or_recovery(
    claim: claims.Claim,
) -> None:
    said = " ".join(claim.text.values()).lower()
    never = ("pijn", "pain", "rug", " back", "gewricht", "joint", "ontstek", "inflam", "herstel")
    assert not any(word in said for word in never)


@by_key
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_may_be_said_by_the_page_that_has_it_and_by_no_other(
    claim: claims.Claim, language: Any
) -> None:
    said = f"{claim.text[language]}."
    assert lint(said, language, [claim.text[language]]) == []
    assert lint(said, language)
    others = [other.text[language] for other in CLAIMS if other != claim]
    assert lint(said, language, others)


@pytest.mark.parametrize(
    "said",
    [
        "Magnesium draagt bij aan een normale spierwerking.",
        "Magnesium draagt bij tot een betere spierwerking.",
        "Magnesium draagt bij tot een normale spierwerking in je rug.",
        "Magnesium draagt bij tot een normale spierwerking en helpt tegen kramp.",
        "Draagt bij tot een normale spierwerking.",
        "Onze magnesium draagt bij tot een normale spierwerking.",
    ],
)
def test_a_claim_that_is_not_word_for_word_or_not_alone_is_refused(said: str) -> None:
    assert lint(said, "nl", ["Magnesium draagt bij tot een normale spierwerking"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_law_wants_said_promises_nothing(language: Any) -> None:
    assert lint("\n".join(claims.statements(language)), language) == []
