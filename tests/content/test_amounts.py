"""Amounts of money are found however they are written; other numbers are left alone."""

import pytest

from cms.content.amounts import amounts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vanaf € 29,95 per stuk", ["€ 29,95"]),
        ("Het kost €30", ["€30"]),
        ("Je betaalt 385 euro eigen risico", ["385 euro"]),
        ("Tussen 20€ en 1.250,00 EUR", ["20€", "1.250,00 EUR"]),
        ("EUR 45", ["EUR 45"]),
        ("Doe het 3 keer, 20 minuten lang", []),
        ("Vanaf de 21e behandeling", []),
        ("Dit kost soms een paar euro", []),
        ("In 2021 waren er 27 Europese landen", []),
        ("Neuro 5 is geen bedrag", []),
    ],
)
def test_amounts_in_euros_are_found(text: str, expected: list[str]) -> None:
    assert amounts(text) == expected
