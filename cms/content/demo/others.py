"""Files of an example that apps above this one read: each tells its own when it starts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cms.content.demo.files import BadFile, read_yaml
from cms.content.demo.pages import Tree

Load = Callable[[Any, Tree], int]

_others: dict[str, tuple[str, Load]] = {}


def register(what: str, file: str, load: Load) -> None:
    """Have `load(said, tree)` called with what a file of the content folder says, once its pages
    are there. It gives how many of `what` are new; a missing file has none."""
    _others[what] = (file, load)


def load_others(folder: Path, tree: Tree) -> dict[str, int]:
    """Raises BadFile."""
    return {
        what: _loaded(folder / file, load, tree)
        for what, (file, load) in _others.items()
        if (folder / file).exists()
    }


def _loaded(path: Path, load: Load, tree: Tree) -> int:
    try:
        return load(read_yaml(path), tree)
    except (KeyError, TypeError) as error:
        raise BadFile(f"{path.name}: {type(error).__name__} {error}") from error
