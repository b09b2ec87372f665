"""Every sentence of the interface, one file for each language."""

import tomllib
from pathlib import Path
from typing import Any


def load(locale: str) -> dict[str, Any]:
    """Raises FileNotFoundError for a language that nobody wrote yet."""
    return tomllib.loads((Path(__file__).parent / f"{locale}.toml").read_text())
