"""From a definition to the columns of rows: for rules that came from a file."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.advice.editing.definition import ABSENT, SELECTED, SETS

Data = Mapping[str, Any]


class NotPlain(ValueError):
    """A rule that says more than a row can hold; the message says which and what."""


def columns(rule: Data) -> dict[str, Any]:
    """The columns of the row that says what this rule says. Raises NotPlain."""
    try:
        return _plain(rule) | _criteria(rule) | _selection(rule["select"])
    except NotPlain as error:
        raise NotPlain(_("rule %(key)s: %(why)s") % {"key": rule["key"], "why": error}) from error


def _plain(rule: Data) -> dict[str, Any]:
    said = {f"because_{locale}": text for locale, text in rule["because"].items()}
    names = ("key", "effect", "citation")
    return {name: rule[name] for name in names} | said | {"points": rule.get("points")}


def _criteria(rule: Data) -> dict[str, Any]:
    found: dict[str, Any] = {name: [] for name in ("profiles", *SETS, *ABSENT)} | {"condition": ""}
    for leaf in _leaves(rule.get("when")):
        absent = "not" in leaf
        inner = leaf["not"] if absent else leaf
        fact, values = inner.get("fact"), inner.get("in", [inner.get("is")])
        if fact == "profile" and not absent and not found["profiles"] and "between" not in inner:
            found["profiles"] = sorted(values)
        elif fact == "conditions" and not absent and "is" in inner and not found["condition"]:
            found["condition"] = inner["is"]
        elif fact in SETS.values() and "is" in inner:
            column = f"without_{fact}" if absent else str(fact)
            found[column] = sorted({*found[column], inner["is"]})
        else:
            raise NotPlain(_("a criterion for which the form has no field"))
    return found


def _leaves(when: Data | None) -> Iterator[Data]:
    if when is None:
        return
    parts = when.get("all", [when])
    for part in parts:
        if not part.keys() & {"fact", "not"}:
            raise NotPlain(_("criteria that are combined in another way than all of them"))
        yield part


def _selection(select: Data) -> dict[str, Any]:
    found: dict[str, Any] = {column: select.get(name, "") for column, name in SELECTED.items()}
    paid = {None: "", True: "yes", False: "no"}[select.get("paid")]
    return found | {"select_paid": paid, "item": _item(select.get("items", ()))}


def _item(keys: Any) -> Page | None:
    if not keys:
        return None
    if len(keys) > 1:
        raise NotPlain(_("more than one item: give each its own rule"))
    try:
        found = Page.objects.filter(translation_key=UUID(keys[0]), alias_of=None).first()
    except ValueError:
        found = None
    if found is None:
        raise NotPlain(_("the item %s, which is no page here") % keys[0])
    return found
