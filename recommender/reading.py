"""Strict reading of plain data: every fault is noted at its JSON pointer, none is repaired.

A Reader hands out a placeholder where a value is missing or wrong and notes the fault, so that one
pass finds every fault. Whoever reads must look at the list of problems before using the result.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType

Texts = Mapping[str, str]  # locale -> text

KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:@/-]{0,119}")
LOCALE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
KEY_RULE = "must be a key: lower-case letters, digits, - and _, at most 80 characters"
REFERENCE_RULE = "must be a reference such as page:12, without spaces, at most 120 characters"
LISTED_AT_MOST = 15


@dataclass(frozen=True)
class Problem:
    """A fault in plain data: where (JSON pointer), what would be right, and which rule it breaks.

    `code` is the name of that rule, by which the manual explains it; "" where it has none.
    """

    pointer: str
    message: str
    code: str = ""


class DefinitionError(ValueError):
    """Plain data that cannot be compiled; `problems` names every fault that was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{p.pointer or '/'}: {p.message}" for p in self.problems))


def join(pointer: str, *parts: str | int) -> str:
    """Extend a JSON pointer (RFC 6901)."""
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in parts)
    return "/".join((pointer, *escaped))


def listed(options: Collection[object], given: object = None) -> str:
    """Name the options for a message, shortened when there are many: first those that look most
    like what was given, then the others by name."""
    names = sorted(str(option) for option in options)
    if len(names) <= LISTED_AT_MOST:
        return ", ".join(names)
    near = get_close_matches(str(given), names, n=3)
    first = [*near, *(name for name in names if name not in near)][:LISTED_AT_MOST]
    return ", ".join(first) + ", …"


def is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


class Reader:
    """Reads one object field by field; `close` refuses the fields that nobody asked for."""

    def __init__(self, value: object, at: str, problems: list[Problem]) -> None:
        self.at = at
        self.problems = problems
        self._asked: set[str] = set()
        self._known = isinstance(value, Mapping) and all(isinstance(name, str) for name in value)
        self._fields: Mapping[str, object] = (
            value if self._known and isinstance(value, Mapping) else {}
        )
        if not self._known:
            self.fault("must be an object with named fields")

    def fault(self, message: str, *path: str | int, code: str = "wrong_value") -> None:
        self.problems.append(Problem(join(self.at, *path), message, code))

    def has(self, name: str) -> bool:
        return name in self._fields

    def raw(self, name: str, rule: str, *, optional: bool = False) -> object:
        """Return the field, or None after noting that it is missing."""
        self._asked.add(name)
        if name not in self._fields:
            # An object that is no object has been reported once; its fields are not missing.
            if not optional and self._known:
                self.fault(f"is missing: {rule}", name, code="missing")
            return None
        return self._fields[name]

    def _take(self, name: str, rule: str, optional: bool) -> tuple[bool, object]:
        before = self.has(name)
        return before, self.raw(name, rule, optional=optional)

    def names(self) -> list[str]:
        """The names of the fields that are there."""
        return list(self._fields)

    def text(self, name: str, *, optional: bool = False, empty: bool = False) -> str:
        rule = "must be a text" if empty else "must be a text that is not empty"
        there, value = self._take(name, rule, optional)
        if is_text(value) or (empty and value == ""):
            return str(value)
        if there:
            self.fault(rule, name)
        return ""

    def key(self, name: str, *, optional: bool = False) -> str:
        there, value = self._take(name, KEY_RULE, optional)
        if isinstance(value, str) and KEY.fullmatch(value):
            return value
        if there:
            self.fault(KEY_RULE, name)
        return ""

    def reference(self, name: str) -> str:
        there, value = self._take(name, REFERENCE_RULE, False)
        if isinstance(value, str) and REFERENCE.fullmatch(value):
            return value
        if there:
            self.fault(REFERENCE_RULE, name)
        return ""

    def locale(self, name: str) -> str:
        there, value = self._take(name, rule := "must be a locale such as nl or nl-BE", False)
        if isinstance(value, str) and LOCALE.fullmatch(value):
            return value
        if there:
            self.fault(rule, name)
        return ""

    def whole(self, name: str, low: int, high: int, *, default: int | None = None) -> int:
        rule = f"must be a whole number from {low} to {high}"
        there, value = self._take(name, rule, default is not None)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        if there:
            self.fault(rule, name)
        return low if default is None else default

    def boolean(self, name: str, *, default: bool | None = None) -> bool:
        there, value = self._take(name, "must be true or false", default is not None)
        if isinstance(value, bool):
            return value
        if there:
            self.fault("must be true or false", name)
        return bool(default)

    def choice(self, name: str, options: Collection[str], *, optional: bool = False) -> str:
        there, value = self._take(name, f"must be one of: {listed(options)}", optional)
        if isinstance(value, str) and value in options:
            return value
        if there:
            self.fault(f"must be one of: {listed(options, value)}", name)
        return ""

    def day(self, name: str) -> date:
        there, value = self._take(name, rule := "must be a day such as 2026-11-24", False)
        try:
            if isinstance(value, str) and len(value) == len("2026-11-24"):
                return date.fromisoformat(value)
        except ValueError:
            pass  # reported below, like every other wrong value
        if there:
            self.fault(rule, name)
        return date.min

    def part(self, name: str) -> "Reader":
        """Return a reader of the object in this field; a missing one is noted once."""
        before = len(self.problems)
        value = self.raw(name, "must be an object with named fields")
        part = Reader(value if self.has(name) else {}, join(self.at, name), self.problems)
        # Of an object that is not there, no field is missing.
        part._known = self.has(name) and len(self.problems) == before
        return part

    def texts(self, name: str, locales: Collection[str]) -> Texts:
        """Read one text for each of `locales`, no more and no fewer."""
        part = self.part(name)
        found = {locale: part.text(locale) for locale in locales}
        part.close()
        return MappingProxyType(found)

    def elements(self, name: str, *, least: int = 0) -> list[tuple[str, object]]:
        """Return the list's elements, each with its pointer."""
        rule = f"must be a list of at least {least}" if least else "must be a list"
        there, value = self._take(name, rule, least == 0)
        if isinstance(value, (list, tuple)) and len(value) >= least:
            return [(join(self.at, name, index), part) for index, part in enumerate(value)]
        if there:
            self.fault(rule, name)
        return []

    def keys(self, name: str, *, least: int = 0, of: Collection[str] | None = None) -> list[str]:
        """Read a list of different keys, each from `of` when that is given."""
        found: list[str] = []
        for at, part in self.elements(name, least=least):
            message = _key_fault(part, found, of)
            if message:
                self.problems.append(Problem(at, message, "wrong_value"))
            else:
                found.append(str(part))
        return found

    def pairs(self, name: str, *, optional: bool = True) -> Iterator[tuple[str, str, object]]:
        """Yield (key, pointer, value) of an object whose names are keys."""
        there, value = self._take(name, "must be an object", optional)
        if not there:
            return
        if not isinstance(value, Mapping):
            self.fault("must be an object", name)
            return
        for key, part in value.items():
            at = join(self.at, name, str(key))
            if isinstance(key, str) and KEY.fullmatch(key):
                yield key, at, part
            else:
                self.problems.append(Problem(at, f"the name {KEY_RULE}", "wrong_value"))

    def close(self) -> None:
        for name in self._fields:
            if name not in self._asked:
                message = f"is not known here; known: {listed(self._asked)}"
                self.fault(message, name, code="unknown_field")


def is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and "\x00" not in value


def _key_fault(part: object, found: list[str], of: Collection[str] | None) -> str:
    if not isinstance(part, str) or not KEY.fullmatch(part):
        return KEY_RULE
    if part in found:
        return f"{part} stands here twice"
    if of is not None and part not in of:
        return f"must be one of: {listed(of, part)}"
    return ""
