"""The register of claims, and the words that may not stand beside a supplement."""

import pytest

from cms.content import claims


def test_claims_are_worded_as_in_the_register() -> None:
    # Regulation (EU) 432/2012
    texts = {key: claim.text for key, claim in claims.register().items()}
    assert texts["magnesium-muscle"] == {
        "nl": "Magnesium draagt bij tot een normale spierwerking",
        "en": "Magnesium contributes to normal muscle function",
    }


@pytest.mark.parametrize("claim", claims.register().values(), ids=lambda claim: claim.key)
def test_no_authorised_claim_is_about_a_complaint(claim: claims.Claim) -> None:
    said = [*claim.text.values(), *claim.condition.values()]
    # The claim itself is word for word, in a field of its own: there muscles may be named.
    assert set(claims.promises(said)) <= {"spierwerking", "muscle"}
    assert claims.promises(claim.condition.values()) == []
    assert set(claim.text) == set(claim.condition) == {"nl", "en"}
    assert 0 < claim.least < claim.most


def test_what_the_law_wants_said_promises_nothing() -> None:
    assert claims.promises([*claims.statements("nl"), *claims.statements("en")]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what the model page promised of supplements
        (
            "aanvulling op je behandeling voor lage rugpijn, verlichten van je klachten",
            ["behandeling", "rugpijn", "verlichten", "klachten"],
        ),
        ("Voor soepele gewrichten en minder ontstekingen", ["gewrichten", "ontstekingen"]),
        ("Geneest", ["geneest"]),
        ("Nekklachten", ["nekklachten"]),
        ("Relieves back pain", ["relieves", "pain"]),
        ("Backpain", ["backpain"]),
        ("Helps you heal and heals", ["heals"]),
        # only the field of the authorised claim may say so
        ("Magnesium draagt bij tot een normale spierwerking", ["spierwerking"]),
        ("Goed voor je rug, je onderrug en je rugspieren", ["rug", "onderrug", "rugspieren"]),
        ("Voor je gewricht en je kniegewrichten", ["gewricht", "kniegewrichten"]),
        ("Je spier, je spieren en je kuitspieren", ["spier", "spieren", "kuitspieren"]),
        ("Een goede nachtslaap, slaap, slapen", ["nachtslaap", "slaap", "slapen"]),
        ("Ontspant en geeft ontspanning", ["ontspant", "ontspanning"]),
        ("Sleep well and relax your muscles and joints", ["sleep", "relax", "muscles", "joints"]),
        ("Ga terug over de brug", []),
        ("Een gezonde leefstijl; a healthy lifestyle", []),
        ("Het ziekenhuis", ["ziekenhuis"]),
        ("Muziek en spitskool uit Spanje", ["spitskool"]),
    ],
)
def test_words_about_a_disease_are_found(text: str, expected: list[str]) -> None:
    assert claims.promises([text]) == expected
