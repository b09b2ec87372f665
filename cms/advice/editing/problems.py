"""What keeps a draft from being published, at the row and the field that caused it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from cms.advice.editing.definition import SELECTED, definition
from cms.content.models.item import AdvisedMixin
from recommender import DefinitionError, compile_rules
from recommender.item_score import NOT_FOR_HEALTH
from recommender.rules import HOLD_BACK

MOVES = ("boost", "bury")
SELECTION = (*SELECTED, "select_paid")


class Problem(NamedTuple):
    """`row` is the place of the row among all rows; None: the draft itself."""

    row: int | None
    field: str
    message: str


def problems(draft: Any, rows: Sequence[Any]) -> list[Problem]:
    """Everything that is wrong with what would be published; rows that are not active may wait."""
    found = [*_of_draft(draft, rows)]
    found += [
        Problem(place, field, message)
        for place, row in enumerate(rows)
        if row.active
        for field, message in _of_row(row, draft.locales)
    ]
    found += _repeated(rows)
    told = {(problem.row, problem.field) for problem in found}
    return [*found, *(each for each in _compiling(draft, rows) if each[:2] not in told)]


def _of_draft(draft: Any, rows: Sequence[Any]) -> Iterator[Problem]:
    if not any(row.active for row in rows):
        yield Problem(None, NON_FIELD_ERRORS, _("Write at least one rule and make it active."))
    if not draft.locales:
        yield Problem(None, "locales", _("Tick at least one language."))
    for field, message in _texts(draft, "notice", draft.locales):
        yield Problem(None, field, message)


def _texts(holder: Any, name: str, locales: Sequence[str]) -> Iterator[tuple[str, str]]:
    for locale, _name in settings.LANGUAGES:
        language = get_language_info(locale)["name_translated"]
        there = bool(getattr(holder, f"{name}_{locale}").strip())
        if locale in locales and not there:
            said = _("Fill this in: %(language)s is among the languages.")
            yield f"{name}_{locale}", said % {"language": language}
        elif there and locale not in locales:
            said = _("Leave this empty, or tick %(language)s among the languages.")
            yield f"{name}_{locale}", said % {"language": language}


def _of_row(row: Any, locales: Sequence[str]) -> Iterator[tuple[str, str]]:
    if row.effect in MOVES and row.points is None:
        yield "points", _("Say how many points: 1 to 300.")
    if row.effect not in (*MOVES, "") and row.points is not None:
        yield "points", _("Leave this empty: only boost and bury have points.")
    if row.item_id is None and not any(getattr(row, column) for column in SELECTION):
        yield "select_type", _("Say which items: fill in at least one of these fields.")
    if row.item_id and not issubclass(row.item.specific_class or object, AdvisedMixin):
        yield "item", _("This page can never be advised. Choose another one.")
    if row.select_slot in NOT_FOR_HEALTH and row.effect not in (*HOLD_BACK, ""):
        yield "effect", _("No rule lifts a food supplement. Choose bury or hide.")
    yield from _contradictions(row)
    yield from _texts(row, "because", locales)


def _contradictions(row: Any) -> Iterator[tuple[str, str]]:
    for column in ("factors", "signals", "constraints"):
        both = sorted({*getattr(row, column)} & {*getattr(row, f"without_{column}")})
        if both:
            yield (
                f"without_{column}",
                _("Cannot both hold and not hold: %(keys)s.") % {"keys": ", ".join(both)},
            )


def _repeated(rows: Sequence[Any]) -> Iterator[Problem]:
    times = Counter(row.key for row in rows)
    for place, row in enumerate(rows):
        if row.key and times[row.key] > 1:
            yield Problem(place, "key", _("Another rule has this key."))


def _compiling(draft: Any, rows: Sequence[Any]) -> Iterator[Problem]:
    """What the recommender itself refuses."""
    try:
        compile_rules(definition(draft, rows, version=1))
    except DefinitionError as error:
        places = [place for place, row in enumerate(rows) if row.active]
        for problem in error.problems:
            row, field = _at(problem.pointer, places)
            yield Problem(row, field, problem.message)


def _at(pointer: str, places: Sequence[int]) -> tuple[int | None, str]:
    """From a JSON pointer into the definition to the row and the field of the form."""
    steps = [*pointer.split("/")[1:], "", "", ""]
    if steps[0] != "rules":
        return None, _top_field(steps[0], steps[1])
    if not steps[1]:
        return None, NON_FIELD_ERRORS
    return places[int(steps[1])], _row_field(steps[2], steps[3])


def _top_field(name: str, inner: str) -> str:
    if name == "notice" and inner:
        return f"notice_{inner}"
    return name if name in ("slug", "locales") else NON_FIELD_ERRORS


def _row_field(name: str, inner: str) -> str:
    if name == "because" and inner:
        return f"because_{inner}"
    if name == "select":
        return {"items": "item"}.get(inner, f"select_{inner}" if inner else "select_type")
    return {"when": "condition"}.get(name, name)
