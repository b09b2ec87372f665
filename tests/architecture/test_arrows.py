"""api > search > cms > recommender, and inside cms the order of pyproject.toml.

import-linter sees imports. Foreign keys, migrations and names of modules in strings are arrows
too; they are tried here against the same order.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def order_inside_cms() -> list[str]:
    (contract,) = [c for c in CONTRACTS["contracts"] if c["name"] == "inside cms"]
    return [name for layer in contract["layers"] for name in layer.replace("|", " ").split()]


ORDER = order_inside_cms()
# Tables of Django and Wagtail lie below everything of ours.
OURS = {f"cms.{name}": rank for rank, name in enumerate(reversed(ORDER))}


def rank(app_label: str) -> int:
    return OURS.get(apps.get_app_config(app_label).name, -1)


def test_the_contracts_are_exhaustive_and_ignore_nothing() -> None:
    text = (ROOT / "pyproject.toml").read_text()

    assert not re.search(r"ignore_imports|unmatched_ignore|exhaustive_ignores", text)
    assert any(c.get("exhaustive") for c in CONTRACTS["contracts"])


def test_foreign_keys_follow_the_arrows() -> None:
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if rank(field.related_model._meta.app_label) > rank(model._meta.app_label)
    ]

    assert wrong == []


def test_migrations_depend_along_the_arrows() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    wrong = [
        f"{label}.{name} -> {needed}.{needed_name}"
        for (label, name), migration in loader.disk_migrations.items()
        for needed, needed_name in migration.dependencies
        if needed != "__setting__" and rank(label) >= 0 and rank(needed) > rank(label)
    ]

    assert wrong == []


@pytest.mark.parametrize("package", ["search", "api"])
def test_search_and_api_own_no_tables(package: str) -> None:
    assert list(apps.get_app_config(package).get_models()) == []


def calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("file", sorted((ROOT / "recommender").glob("*.py")), ids=lambda f: f.name)
def test_the_recommender_asks_neither_the_clock_nor_the_world(file: Path) -> None:
    """Modules are forbidden by import-linter; these calls need none."""
    asked = set(calls(ast.parse(file.read_text())))

    assert not [name for name in asked if name.endswith((".now", ".today", ".utcnow"))]
    assert not asked & {"open", "print", "input", "exec", "eval", "hash", "id"}
