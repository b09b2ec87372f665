"""The register of authorised health claims (data/claims.yaml) and what goes with it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language
from ruamel.yaml import YAML

FILE = Path(__file__).parent / "data" / "claims.yaml"


@dataclass(frozen=True)
class Claim:
    """One entry of the Union register. `least` and `most` are amounts a day in `unit`.

    `compared` is false until a lawyer has compared the wording with the register.
    """

    key: str
    substance: str
    text: dict[str, str]
    condition: dict[str, str]
    regulation: str
    unit: str
    least: Decimal
    most: Decimal
    most_source: str
    compared: bool


@cache
def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))
    return loaded


@cache
def register() -> dict[str, Claim]:
    """Every authorised claim by key."""
    return {key: _claim(key, entry) for key, entry in _file()["claims"].items()}


def _claim(key: str, entry: dict[str, Any]) -> Claim:
    said = {"regulation": regulation()} | _file()["substances"][entry["substance"]] | entry
    return Claim(
        key=key,
        substance=said["substance"],
        text={"nl": said["nl"], "en": said["en"]},
        condition=said["condition"],
        regulation=said["regulation"],
        unit=said["unit"],
        least=Decimal(str(said["least"])),
        most=Decimal(str(said["most"])),
        most_source=said["most_source"],
        compared=said["compared"],
    )


def regulation() -> str:
    """The regulation with the list of claims, for a claim that names no other."""
    return str(_file()["regulation"])


def statements(locale: str) -> list[str]:
    """What the law wants beside every supplement, in this language or else in Dutch."""
    said = _file()["statements"]
    return list(said.get(locale, said["nl"]))


def substance_name(key: str, language: str) -> str:
    """What a substance is called in this language, or else in Dutch."""
    said = _file()["substances"][key]["name"]
    return str(said.get(language, said["nl"]))


def claim_choices() -> list[tuple[str, Any]]:
    """Read when a form is made, so that a new claim in the file needs no migration."""
    return [(key, _claim_label(key)) for key in register()]


def substance_choices() -> list[tuple[str, Any]]:
    return [(key, _substance_label(key)) for key in sorted(_file()["substances"])]


def _labelled(label: Callable[[str, str], str]) -> Callable[[str], Any]:
    """In the language of the editor who looks: forms outlive a request."""
    return lazy(lambda key: label(key, (get_language() or "nl")[:2]), str)


def _text(key: str, language: str) -> str:
    said = register()[key].text
    return said.get(language, said["nl"])


_claim_label = _labelled(_text)
_substance_label = _labelled(substance_name)
