"""The register of authorised health claims (data/claims.yaml) and what goes with it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).parent / "data" / "claims.yaml"


@dataclass(frozen=True)
class Claim:
    """One entry of the Union register. `least` and `most` are amounts a day in `unit`."""

    key: str
    substance: str
    text: dict[str, str]
    condition: dict[str, str]
    unit: str
    least: Decimal
    most: Decimal
    most_source: str


@cache
def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))
    return loaded


@cache
def register() -> dict[str, Claim]:
    """Every authorised claim by key."""
    return {
        key: Claim(
            key=key,
            substance=entry["substance"],
            text=entry["text"],
            condition=entry["condition"],
            unit=entry["unit"],
            least=Decimal(str(entry["least"])),
            most=Decimal(str(entry["most"])),
            most_source=entry["most_source"],
        )
        for key, entry in _file()["claims"].items()
    }


def regulation() -> str:
    return str(_file()["regulation"])


def statements(locale: str) -> list[str]:
    """What the law wants beside every supplement, in this language or else in Dutch."""
    said = _file()["statements"]
    return list(said.get(locale, said["nl"]))


def claim_choices() -> list[tuple[str, str]]:
    """Read when a form is made, so that a new claim in the file needs no migration."""
    return [(key, claim.text["nl"]) for key, claim in register().items()]


def substance_choices() -> list[tuple[str, str]]:
    return sorted({(claim.substance, claim.substance) for claim in register().values()})


@cache
def _forbidden() -> re.Pattern[str]:
    entries = _file()["never_beside_a_supplement"]
    words = "|".join(
        r"\w*" * entry.startswith("*") + re.escape(entry.strip("*")) for entry in entries
    )
    return re.compile(rf"\b(?:{words})\w*", re.IGNORECASE)


def promises(texts: Iterable[str]) -> list[str]:
    """The words in these texts that say something about a disease or complaint, in order."""
    found = (match for text in texts for match in _forbidden().findall(text))
    return list(dict.fromkeys(word.lower() for word in found))
