"""Why each rule refuses, what would be right, and the law it comes from."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).parent / "data" / "reasons.yaml"


@dataclass(frozen=True)
class Reason:
    why: str
    instead: str
    law: str


@cache
def _file() -> Any:
    return YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))


def rules() -> tuple[str, ...]:
    return tuple(_file())


@cache
def explain(rule: str, language: str) -> Reason:
    """The reason in this language, or else in English. KeyError for a rule that does not exist."""
    said = _file()[rule]
    spoken = language if language in said["why"] else "en"
    return Reason(said["why"][spoken], said["instead"][spoken], said["law"])
