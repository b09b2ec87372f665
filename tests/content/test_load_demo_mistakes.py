"""A mistake in a file of an example is named with its file and field, and nothing is loaded."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cms.content import renditions
from cms.content.demo import files
from cms.content.models import HomePage, Term


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
    db: None, monkeypatch: pytest.MonkeyPatch, spoil: dict[str, Any], said: str
) -> None:
    monkeypatch.setattr(renditions, "WIDTHS", (16,))  # the pictures do not matter here
    original = files.read_yaml

    def read_yaml(path: Any) -> Any:
        loaded = original(path)
        return loaded | spoil if path.name == "stress-en-rugpijn.yaml" else loaded

    monkeypatch.setattr(files, "read_yaml", read_yaml)
    with pytest.raises(CommandError, match="examples/lage-rugpijn/content") as raised:
        call_command("load_demo", verbosity=0)
    assert said in str(raised.value)
    assert not Term.objects.exists()
    assert not HomePage.objects.exists()


def test_an_unknown_example_is_named() -> None:
    with pytest.raises(CommandError, match="examples/geen/content: no such folder"):
        call_command("load_demo", "geen")
