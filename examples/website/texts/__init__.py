"""Every sentence of the interface, one file for each language."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def load(locale: str) -> dict[str, Any]:
    """Raises FileNotFoundError for a language that nobody wrote yet."""
    return tomllib.loads((FOLDER / f"{locale}.toml").read_text())


def load_all() -> dict[str, dict[str, Any]]:
    """By language."""
    return {path.stem: load(path.stem) for path in sorted(FOLDER.glob("*.toml"))}
