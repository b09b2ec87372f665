"""Pages in another language: a file says only what is said differently.

What is no text (keys, choices, numbers, dates, who it is not safe for) comes from the page that it
translates, so that two languages cannot come to differ in it. Every text has to be said:

- a mapping says the fields that it translates, the others stay;
- a list says its rows in the same order; `null` leaves a row out in this language;
- a field of WHOLE is said anew, and so is an empty list;
- a key that is repeated, such as the term of a row, must be the same: it shows which row is meant.

A link that the other language has, to a page that is not there in this one, is left out. A link in
a text is to a path of this language, and must be there.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cms.content.demo.files import BadFile, PageFile, parents_first, read_yaml, refuse_unknown

HEAD = ("translation_key", "path", "title")
# Said anew in each language, whatever the other one has.
WHOLE = {"names", "featured"}
# Titles of images, by which they are found.
FOUND_BY = {"image"}
# Keys, choices and paths: words without spaces that are the same in every language.
KEYS = {
    "access",
    "advice",
    "aspect",
    "cards",
    "category",
    "chosen",
    "claim",
    "code",
    "condition",
    "contexts",
    "dose_per_day",
    "effect",
    "equipment",
    "evidence",
    "featured",
    "firmness",
    "glossary",
    "guideline_reference",
    "guideline_stance",
    "item_conditions",
    "item_terms",
    "key",
    "kind",
    "language",
    "level",
    "maximum_per_day",
    "measure",
    "modifiable",
    "page",
    "phase",
    "reason",
    "reference",
    "register",
    "relation",
    "safety_kind",
    "screening",
    "sleeping_positions",
    "sources",
    "specialism",
    "substance",
    "symptom",
    "system",
    "term",
    "texts",
    "type",
    "typicality",
    "unit",
}


def read_translations(folder: Path, originals: Iterable[PageFile], locale: str) -> list[PageFile]:
    """The pages of a language, parents before children. Raises BadFile.

    A missing folder has none.
    """
    by_key = {page.translation_key: page for page in originals}
    return parents_first(_page(path, by_key, locale) for path in sorted(folder.glob("*.yaml")))


def _page(path: Path, originals: Mapping[str, PageFile], locale: str) -> PageFile:
    place = f"{path.parent.name}/{path.name}"
    said = read_yaml(path)
    missing = [name for name in HEAD if name not in said]
    if missing:
        raise BadFile(f"{place}: {', '.join(missing)} missing")
    key = str(said.pop("translation_key"))
    original = originals.get(key)
    if original is None:
        raise BadFile(f"{place}: translation_key: no page has {key}")
    refuse_unknown(original.model, said.keys() - {"path"}, place)
    at = said.pop("path")
    return PageFile(place, original.model, at, key, translated(original.said, said, place), locale)


def translated(original: Any, said: Any, place: str, name: str = "") -> Any:
    """What a page says in another language. `name`: the field that holds this. Raises BadFile."""
    if name in WHOLE or said == []:
        return said
    if isinstance(original, Mapping) and isinstance(said, Mapping):
        return _mapping(original, said, place)
    if _is_rows(original) and isinstance(said, list):
        return _rows(original, said, place, name)
    if _is_neutral(original, name) and said != original:
        raise BadFile(f"{place}: {said!r} is not the {original!r} of the page that it translates")
    return said


def _mapping(original: Mapping[str, Any], said: Mapping[str, Any], place: str) -> dict[str, Any]:
    own = {name: value for name, value in said.items() if name not in original}
    return own | {
        name: translated(value, said[name], _below(place, name), name)
        if name in said
        else _kept(value, _below(place, name), name)
        for name, value in original.items()
    }


def _rows(original: list[Any], said: list[Any], place: str, name: str) -> list[Any]:
    if len(said) != len(original):
        raise BadFile(f"{place}: {len(said)} rows of {len(original)}: say each, or null")
    pairs = enumerate(zip(original, said, strict=True))
    return [
        translated(before, after, f"{place}[{number}]", name)
        for number, (before, after) in pairs
        if after is not None
    ]


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(row, Mapping) for row in value)


def _kept(value: Any, place: str, name: str) -> Any:
    """The same in both languages: nothing in it may be a text. Raises BadFile."""
    if isinstance(value, Mapping):
        return {each: _kept(part, _below(place, each), each) for each, part in value.items()}
    if isinstance(value, list):
        return [_kept(part, f"{place}[{number}]", name) for number, part in enumerate(value)]
    if isinstance(value, str) and not _is_neutral(value, name):
        raise BadFile(f"{place}: not said in this language: {value.strip()[:40]!r}")
    return value


def _is_neutral(value: Any, name: str) -> bool:
    """The same word may be the name of a choice in one row and of a text in another."""
    if not isinstance(value, str):
        return False
    return name in FOUND_BY or (name in KEYS and len(value.split()) == 1)


def _below(place: str, name: str) -> str:
    """A field of a page stands after its file, one of a row after that row."""
    return f"{place}.{name}" if ": " in place else f"{place}: {name}"
