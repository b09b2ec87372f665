"""Reading definitions from YAML files: plain data only, and no key twice."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError


class BadFile(ValueError):
    """The file cannot be read as YAML; the message says where."""


def read_yaml(path: Path) -> Any:
    """Return the content as plain data. Raises BadFile.

    The safe loader makes no objects, and refuses a key that stands twice in one mapping. Dates
    must be quoted: a definition is JSON, which has none.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(f"{path.name} cannot be read: {error}") from error
    try:
        return YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise BadFile(f"{path.name} is not right: {error}") from error
