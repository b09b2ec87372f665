"""A draft as its editors check it: each rule in words, the items it touches now, what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.models import Page

from cms.advice.editing import vocabulary
from cms.advice.editing.definition import rule
from cms.advice.editing.problems import Problem, problems
from cms.advice.editing.words import Labels, Said, said
from cms.content.models import Term
from cms.published import compose
from cms.published.replica import replica
from cms.published.view import View
from recommender.selector import Selector


@dataclass(frozen=True)
class Fault:
    field: str
    message: str


@dataclass(frozen=True)
class ShownRule:
    """`items`: titles of what it fits among the live items; None: not known in this process."""

    number: int
    active: bool
    said: Said
    faults: tuple[Fault, ...]
    items: tuple[str, ...] | None


@dataclass(frozen=True)
class Shown:
    title: str
    faults: tuple[Fault, ...]
    rules: tuple[ShownRule, ...]
    wrong: int


def shown(draft: Any) -> Shown:
    """Everything about a draft, whether it is saved or only typed."""
    rows = list(draft.rules.all())
    found = problems(draft, rows)
    labels = labels_of(row.item for row in rows)
    return Shown(
        title=str(draft),
        faults=_faults(draft, found, None),
        rules=tuple(
            ShownRule(
                number=place + 1,
                active=row.active,
                said=said(made := rule(row, draft.locales), labels),
                faults=_faults(row, found, place),
                items=fitting(made["select"]),
            )
            for place, row in enumerate(rows)
        ),
        wrong=len(found),
    )


def _faults(holder: Any, found: Sequence[Problem], row: int | None) -> tuple[Fault, ...]:
    return tuple(
        Fault(_label(holder, problem.field), problem.message)
        for problem in found
        if problem.row == row
    )


def _label(holder: Any, field: str) -> str:
    if field == NON_FIELD_ERRORS:
        return ""
    return capfirst(str(holder._meta.get_field(field).verbose_name))


def labels_of(items: Iterable[Any] = ()) -> Labels:
    """What editors call the keys that rules name."""
    terms = Term.objects.values_list("key", vocabulary.label_column())
    pages = (page for page in items if page is not None)
    return {
        "terms": dict(terms),
        "conditions": {key: str(name) for key, name in vocabulary.conditions()},
        "types": {key: str(name) for key, name in vocabulary.ItemType.choices},
        "slots": {key: str(name) for key, name in vocabulary.SLOTS},
        "items": {str(page.translation_key): page.title for page in pages},
    }


def labels_of_keys(definition: Mapping[str, Any]) -> Labels:
    """The same for a rule set that is frozen, whose items are named by translation key."""
    keys = {key for made in definition["rules"] for key in made["select"].get("items", ())}
    pages = Page.objects.filter(alias_of=None) if keys else ()
    return labels_of(page for page in pages if str(page.translation_key) in keys)


def fitting(select: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The titles of the live items that a selection fits."""
    if not replica.ready:
        return None
    view = replica.view()
    try:
        selector = Selector(**{name: _value(value) for name, value in select.items()})
    except ValueError:  # nothing is selected yet: that is a problem of its own
        return ()
    items = view.derived["snapshot"].items.values()
    return tuple(_title(view, item.key) for item in items if selector.fits(item))


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _title(view: View, key: str) -> str:
    link = compose.link(view, key, timezone.now())
    return str(link["title"]) if link else key
