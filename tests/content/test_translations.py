"""A page in another language says its texts; what is no text comes from the page it translates."""

from pathlib import Path
from typing import Any

import pytest

from cms.content.demo import translations
from cms.content.demo.files import BadFile, PageFile
from cms.content.models import ProductPage

KEY = "6f1f7a52-6c0e-5b0c-9b0b-0c1d3a3e5a21"
DUTCH: dict[str, Any] = {
    "title": "Matras",
    "category": "sleep",
    "image": "Een groot matras",
    "editor_weight": 5,
    "paid": True,
    "profiles": [2, 3],
    "item_conditions": ["rug/lage-rugpijn"],
    "item_constraints": [
        {"term": "pregnancy", "effect": "avoid", "explanation": "Ben je zwanger?"},
        {"term": "skin_problems", "effect": "ask_first", "explanation": "Is je huid kapot?"},
    ],
}
ENGLISH: dict[str, Any] = {
    "title": "Mattress",
    "item_constraints": [
        {"term": "pregnancy", "explanation": "Are you pregnant?"},
        {"term": "skin_problems", "explanation": "Is your skin broken?"},
    ],
}


def translated(said: dict[str, Any], original: dict[str, Any] = DUTCH) -> Any:
    return translations.translated(original, said, "mattress.yaml")


def test_what_is_no_text_is_that_of_the_page_it_translates() -> None:
    assert translated(ENGLISH) == DUTCH | {
        "title": "Mattress",
        "item_constraints": [
            {"term": "pregnancy", "effect": "avoid", "explanation": "Are you pregnant?"},
            {"term": "skin_problems", "effect": "ask_first", "explanation": "Is your skin broken?"},
        ],
    }


@pytest.mark.parametrize(
    ("original", "said", "becomes"),
    [
        ({"groups": [{"text": "a"}, {"text": "b"}]}, {"groups": [{"text": "x"}, None]}, "x"),
        ({"groups": [{"text": "a"}]}, {"groups": []}, ""),
        ({"names": [{"name": "a"}]}, {"names": [{"name": "x"}, {"name": "y"}]}, "xy"),
        ({"points": [{"advice": "Doe dit maar"}]}, {"points": [{"advice": "x"}]}, "x"),
    ],
    ids=["null leaves a row out", "none of them here", "said anew", "advice may be a text"],
)
def test_rows_of_another_language(
    original: dict[str, Any], said: dict[str, Any], becomes: str
) -> None:
    [(_name, rows)] = translated(said, original).items()
    assert "".join(value for row in rows for value in row.values()) == becomes


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"item_constraints": [{"explanation": "One."}]},
            "mattress.yaml: item_constraints: 1 rows of 2: say each, or null",
        ),
        (
            {"item_constraints": [{"term": "pregnancy"}, None]},
            "mattress.yaml: item_constraints[0].explanation: not said in this language:"
            " 'Ben je zwanger?'",
        ),
        (
            {"item_constraints": [{"term": "kidney_disease", "explanation": "x"}, None]},
            "mattress.yaml: item_constraints[0].term: 'kidney_disease' is not the 'pregnancy' of"
            " the page that it translates",
        ),
        (
            {"category": "aids"},
            "mattress.yaml: category: 'aids' is not the 'sleep' of the page that it translates",
        ),
    ],
    ids=["a row too few", "a text left out", "another row", "another choice"],
)
def test_a_mistake_is_named_with_file_and_field(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(BadFile) as raised:
        translated(ENGLISH | changes)
    assert str(raised.value) == message


def test_a_text_that_nobody_translated_is_named() -> None:
    with pytest.raises(
        BadFile, match=r"mattress\.yaml: title: not said in this language: 'Matras'"
    ):
        translated({"item_constraints": ENGLISH["item_constraints"]})


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("path: x\n", "pages-en/x.yaml: translation_key, title missing"),
        ("translation_key: nothing\npath: x\ntitle: x\n", "translation_key: no page has nothing"),
        (f"translation_key: {KEY}\npath: x\ntitle: x\ncolour: red\n", "a product has no colour"),
    ],
)
def test_a_file_that_translates_nothing_is_named(tmp_path: Path, file: str, message: str) -> None:
    folder = tmp_path / "pages-en"
    folder.mkdir()
    (folder / "x.yaml").write_text(file)
    original = PageFile("matras.yaml", ProductPage, "producten/matras", KEY, {"title": "Matras"})
    with pytest.raises(BadFile, match=r"pages-en/x\.yaml: ") as raised:
        translations.read_translations(folder, [original], "en")
    assert message in str(raised.value)


def test_parents_come_before_their_children(tmp_path: Path) -> None:
    keys = {"": "1", "products": "2", "products/mattress": "3"}
    for path, key in keys.items():
        file = f'translation_key: "{key}"\npath: "{path}"\ntitle: x\n'
        (tmp_path / f"{9 - int(key)}.yaml").write_text(file)
    originals = [PageFile("x", ProductPage, "", key, {"title": "y"}) for key in keys.values()]
    found = translations.read_translations(tmp_path, originals, "en")
    assert [page.path for page in found] == list(keys)
    assert [page.slug for page in found] == ["home-en", "products", "mattress"]
    assert {page.locale for page in found} == {"en"}


def test_an_example_in_one_language_has_no_folder_for_another(tmp_path: Path) -> None:
    assert translations.read_translations(tmp_path / "pages-en", [], "en") == []
