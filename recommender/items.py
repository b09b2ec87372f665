"""Items: anything that can be advised, as keys, flags, days and small whole numbers only.

An item carries no text, price, partner or commission: a field that is not known here is refused, so
that nothing commercial can ever reach a decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property

from recommender.canonical import content_hash
from recommender.reading import REFERENCE, DefinitionError, Problem, Reader
from recommender.review import Review, read_review

TYPES = ("article", "exercise_programme", "product", "service", "course")
STANCES = ("supports", "insufficient", "against", "none")
EFFECTS = ("avoid", "ask_first")
PROFILES = (1, 2, 3)


@dataclass(frozen=True)
class ConstraintNote:
    """What a constraint means for an item: keep off it, or ask a professional first."""

    constraint: str
    effect: str
    reason: str


@dataclass(frozen=True)
class Item:
    """An item as the decision sees it. Empty conditions or profiles: fits every one.

    `hash` is the content hash of the data it was read from.
    """

    key: str
    type: str
    slot: str
    locale: str
    translation_key: str
    paid: bool
    conditions: frozenset[str]
    factors: frozenset[str]
    phases: frozenset[str]
    profiles: frozenset[int]
    constraints: tuple[ConstraintNote, ...]
    guideline_stance: str
    safety_review: Review | None
    editor_weight: int
    evidence: str
    hash: str

    @cached_property
    def avoided_by(self) -> frozenset[str]:
        """The constraints with which one keeps off it."""
        return frozenset(note.constraint for note in self.constraints if note.effect == "avoid")

    @cached_property
    def asks_first(self) -> tuple[ConstraintNote, ...]:
        return tuple(note for note in self.constraints if note.effect == "ask_first")


ITEM_FIELDS = tuple(field.name for field in fields(Item) if field.name not in ("key", "hash"))


def parse_item(key: str, data: Mapping[str, object]) -> Item:
    """Read one item. Raises DefinitionError naming every bad, missing or unknown field."""
    problems: list[Problem] = []
    if not REFERENCE.fullmatch(key):
        problems.append(Problem("", f"{key!r} is no key such as page:12"))
    reader = Reader(data, "", problems)
    item = _read(key, reader, content_hash(data) if isinstance(data, Mapping) else "")
    reader.close()
    if problems:
        raise DefinitionError(problems)
    return item


def _read(key: str, reader: Reader, digest: str) -> Item:
    return Item(
        key=key,
        type=reader.choice("type", TYPES),
        slot=reader.key("slot"),
        locale=_locale(reader),
        translation_key=reader.reference("translation_key"),
        paid=reader.boolean("paid"),
        conditions=_required_keys(reader, "conditions"),
        factors=_required_keys(reader, "factors"),
        phases=_required_keys(reader, "phases"),
        profiles=_profiles(reader),
        constraints=_constraints(reader),
        guideline_stance=reader.choice("guideline_stance", STANCES),
        safety_review=_review(reader),
        editor_weight=reader.whole("editor_weight", 0, 10),
        evidence=_evidence(reader),
        hash=digest,
    )


def _required_keys(reader: Reader, name: str) -> frozenset[str]:
    # An absent list must not pass for an empty one: empty means "fits every one".
    if not reader.has(name):
        reader.raw(name, "must be a list of keys, [] for none")
    return frozenset(reader.keys(name))


def _locale(reader: Reader) -> str:
    """Read a locale; "" is an item that belongs to no language."""
    if reader.has("locale") and reader.raw("locale", "") == "":
        return ""
    return reader.locale("locale")


def _profiles(reader: Reader) -> frozenset[int]:
    if not reader.has("profiles"):
        reader.raw("profiles", "must be a list of profiles, [] for every one")
    found: set[int] = set()
    for at, value in reader.elements("profiles"):
        if isinstance(value, int) and not isinstance(value, bool) and value in PROFILES:
            found.add(value)
        else:
            reader.problems.append(Problem(at, "must be 1, 2 or 3"))
    return frozenset(found)


def _constraints(reader: Reader) -> tuple[ConstraintNote, ...]:
    if not reader.has("constraints"):
        reader.raw("constraints", "must be a list, [] for none")
    notes = []
    for at, value in reader.elements("constraints"):
        part = Reader(value, at, reader.problems)
        notes.append(
            ConstraintNote(
                part.key("constraint"), part.choice("effect", EFFECTS), part.reference("reason")
            )
        )
        part.close()
    return tuple(notes)


def _review(reader: Reader) -> Review | None:
    if reader.raw("safety_review", "must be a review, or null for none") is None:
        return None
    return read_review(reader.part("safety_review"))


def _evidence(reader: Reader) -> str:
    value = reader.raw("evidence", "must be a reference, or null for none")
    return "" if value is None else reader.reference("evidence")
