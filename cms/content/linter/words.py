"""The words and patterns of a language, compiled.

A word of the data may have a star where letters may follow or come before, and an exclamation
mark in front when the stars reach too far. A pattern is a row of words; each may be
`{class}`, alternatives with a slash, optional with a question mark at the end; `..` is up to four
words of the same phrase, `...` up to eight words, `^` and `$` the ends of a clause.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from ruamel.yaml import YAML

Language = Literal["nl", "en"]
DATA = Path(__file__).parent / "data"
# In a text of one language a word of the other still speaks of a disease or complaint.
SHARED = ("disease", "complaint")


@dataclass(frozen=True)
class Pattern:
    """`needs` holds, for each word of the row that must be there, what it may be."""

    fits: re.Pattern[str]
    needs: tuple[frozenset[str], ...]

    def all_in(self, text: str, has: frozenset[str]) -> Iterator[re.Match[str]]:
        """Where it fits in tagged words; `has` are those words and classes, as `has_of` says."""
        if all(need & has for need in self.needs):
            yield from self.fits.finditer(text)


@dataclass(frozen=True)
class Rule:
    """Refuses where a pattern of it fits, unless an excuse of these kinds applies."""

    key: str
    unless: frozenset[str]


@dataclass(frozen=True)
class Words:
    """`rules` holds patterns by a word, or class, of which they need one."""

    language: str
    classes: dict[str, tuple[re.Pattern[str], re.Pattern[str] | None]]
    rules: dict[str, tuple[tuple[Rule, Pattern], ...]]
    excuses: dict[str, tuple[Pattern, ...]]
    spoilt: dict[str, tuple[Pattern, ...]]
    splits: tuple[Pattern, ...]

    def candidates(self, has: frozenset[str]) -> Iterator[tuple[Rule, Pattern]]:
        """The patterns of rules that may fit where these words and classes are."""
        for word in ("", *(has & self.rules.keys())):
            yield from self.rules.get(word, ())


@cache
def _file(language: str) -> Any:
    return YAML(typ="safe", pure=True).load((DATA / f"{language}.yaml").read_text("utf-8"))


@cache
def words(language: Language) -> Words:
    said = _file(language)
    entries = dict(said["words"])
    for name in SHARED:
        entries[name] = [
            word for spoken in get_args(Language) for word in _file(spoken)["words"][name]
        ]
    return Words(
        language=language,
        classes={name: _class(entry) for name, entry in entries.items()},
        rules=_by_word(said["rules"]),
        excuses={name: _patterns(entry) for name, entry in said["excuses"].items()},
        spoilt={name: _patterns(entry) for name, entry in said["spoilt"].items()},
        splits=_patterns(said["splits"]),
    )


def _by_word(rules: list[Any]) -> dict[str, tuple[tuple[Rule, Pattern], ...]]:
    """Each pattern under the words of which it needs one; under "" if there are none."""
    found: dict[str, list[tuple[Rule, Pattern]]] = {}
    for said in rules:
        rule = Rule(said["rule"], frozenset(said["unless"]))
        for pattern in _patterns(said["patterns"]):
            for word in min(pattern.needs, key=len, default=[""]):
                found.setdefault(word, []).append((rule, pattern))
    return {word: tuple(patterns) for word, patterns in found.items()}


def listed(language: Language) -> frozenset[str]:
    """Every word that stands in the data of this language as such, without its stars."""
    said = _file(language)
    rows = [row for rule in said["rules"] for row in rule["patterns"]]
    for part in ("excuses", "spoilt"):
        rows += [row for entry in said[part].values() for row in entry]
    found = {word for entry in said["words"].values() for word in entry}
    found |= {word for row in rows for word in re.split(r"[ /]", row)}
    return frozenset(word.strip("*!?") for word in found)


def _class(entries: list[str]) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    never = [entry[1:] for entry in entries if entry.startswith("!")]
    listed = [entry for entry in entries if not entry.startswith("!")]
    return _any_of(listed), _any_of(never) if never else None


def _any_of(entries: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(_stars(entry, r"[a-z0-9']*") for entry in entries))


def _stars(entry: str, letters: str) -> str:
    return letters.join(re.escape(part) for part in str(entry).split("*"))


@lru_cache(maxsize=20_000)
def classes_of(word: str, language: Language) -> tuple[str, ...]:
    """The classes of this language that a word belongs to."""
    return tuple(
        name
        for name, (fits, never) in words(language).classes.items()
        if fits.fullmatch(word) and not (never and never.fullmatch(word))
    )


def tagged(word: str, language: Language) -> str:
    """A word with its classes, as the patterns read it: `rugpijn|complaint| `."""
    return "|".join([word, *classes_of(word, language)]) + "| "


def has_of(text: str) -> frozenset[str]:
    """The words and the {classes} in a string of tagged words."""
    found: set[str] = set()
    for tag in text.split():
        word, *classes = tag.rstrip("|").split("|")
        found.add(word)
        found.update(f"{{{name}}}" for name in classes)
    return frozenset(found)


def _patterns(rows: list[str]) -> tuple[Pattern, ...]:
    return tuple(_pattern(row.split()) for row in rows)


def _pattern(row: list[str]) -> Pattern:
    return Pattern(
        fits=re.compile(r"(?<![^ ])" + "".join(map(_element, row))),
        needs=tuple(
            frozenset(element.split("/"))
            for element in row
            if element not in SIGNS and not element.endswith("?") and "*" not in element
        ),
    )


PHRASE = r"(?:(?![,(]\||[^ ]*\|link\|)[^ ]+ ){0,4}?"
ANYTHING = r"(?:[^ ]+ ){0,8}?"
SIGNS = {"..": PHRASE, "...": ANYTHING, "^": r"(?<![\s\S])", "$": r"(?:[^a-z ][^ ]* )*\Z"}


def _element(element: str) -> str:
    if element in SIGNS:
        return SIGNS[element]
    optional = "?" if element.endswith("?") else ""
    choices = "|".join(_choice(choice) for choice in element.rstrip("?").split("/"))
    return f"(?:(?:{choices}) ){optional}"


def _choice(choice: str) -> str:
    if choice.startswith("{"):
        return rf"[^ ]*\|{choice.strip('{}')}\|[^ ]*"
    return _stars(choice, r"[^ |]*") + r"\|[^ ]*"
