"""A mistake in a file of an example is named with its file and field, and nothing is loaded."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings
from ruamel.yaml import YAML

from cms.content.models import ArticlePage, HomePage, Term

ARTICLE = {
    "type": "article",
    "path": "rug/stress",
    "translation_key": str(uuid4()),
    "title": "Stress",
    "lead": "Stress maakt pijn niet verzonnen.",
    "body": "Adem een paar keer per dag rustig.",
    "item_terms": ["stress"],
    "guideline_stance": "none",
}


@pytest.fixture
def example(tmp_path: Path, settings: Settings) -> Path:
    """A small example that loads: its folder with content."""
    settings.EXAMPLES_DIR = tmp_path
    content = tmp_path / "klein/content"
    write(content / "pages/home.yaml", page("home", "", "Voorbeeld"))
    write(content / "pages/rug.yaml", page("index", "rug", "Rug"))
    write(content / "pages/stress.yaml", ARTICLE)
    write(content / "images.yaml", [])
    term = {"key": "stress", "kind": "factor", "label_nl": "Stress", "label_en": "Stress"}
    write(content / "terms.yaml", [term])
    return content


def page(kind: str, path: str, title: str) -> dict[str, Any]:
    key = str(uuid4())
    return {"type": kind, "path": path, "translation_key": key, "title": title, "lead": title}


def write(file: Path, said: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as opened:
        YAML(typ="safe").dump(said, opened)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ({"type": "folder"}, "type must be one of"),
        ({"colour": "red"}, "has no colour"),
        ({"image": "Geen"}, "no image with the title 'Geen'"),
        ({"item_conditions": ["rug/geen"]}, "no page at 'rug/geen'"),
        ({"item_terms": ["geen"]}, "no term 'geen'"),
        ({"guideline_stance": "maybe"}, "guideline_stance"),
    ],
)
def test_a_mistake_in_a_file_is_named_and_loads_nothing(
    db: None, example: Path, spoil: dict[str, Any], said: str
) -> None:
    write(example / "pages/stress.yaml", ARTICLE | spoil)
    with pytest.raises(CommandError, match="examples/klein/content") as raised:
        call_command("load_demo", "klein", verbosity=0)
    assert said in str(raised.value)
    assert not Term.objects.exists()
    assert not HomePage.objects.exists()


def test_without_a_mistake_it_loads(db: None, example: Path) -> None:
    call_command("load_demo", "klein", verbosity=0)
    assert ArticlePage.objects.get().title == "Stress"


def test_an_unknown_example_is_named() -> None:
    with pytest.raises(CommandError, match="examples/geen/content: no such folder"):
        call_command("load_demo", "geen")
