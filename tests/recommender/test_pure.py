"""The brain imports nothing that has a clock, chance, a file or a socket in it."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import recommender

MODULES = sorted(Path(recommender.__file__).parent.glob("*.py"))
ALLOWED = {
    "collections",
    "dataclasses",
    "datetime",
    "difflib",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "itertools",
    "json",
    "math",
    "re",
    "types",
    "typing",
    "recommender",
}
CLOCKS = {"now", "today", "utcnow", "fromtimestamp"}


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            yield str(node.module)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_a_module_is_pure(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    tops = {name.split(".")[0] for name in imported(tree)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    called = {function.id for function in calls if isinstance(function, ast.Name)}

    assert tops <= ALLOWED
    assert not attributes & CLOCKS
    assert not called & {"open", "print", "input", "eval", "exec", "hash", "id", "__import__"}


def test_what_is_allowed_is_the_standard_library() -> None:
    assert ALLOWED - {"recommender"} <= set(sys.stdlib_module_names)
