"""A rule in words, from its definition. Pure but for the language of the admin."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

Data = Mapping[str, Any]
Labels = Mapping[str, Mapping[str, str]]  # sort of key -> key -> what an editor calls it


@dataclass(frozen=True)
class Said:
    """`when` lists what has to hold, all of it; empty: always."""

    key: str
    effect: str
    when: tuple[str, ...]
    items: tuple[str, ...]
    because: tuple[str, ...]
    citation: str


def said(rule: Data, labels: Labels) -> Said:
    """Say a rule; parts that are not written yet are left out."""
    when = rule.get("when")
    parts = when["all"] if when and "all" in when else [when] if when else []
    return Said(
        key=rule.get("key", ""),
        effect=effect(rule),
        when=tuple(criterion(part, labels) for part in parts),
        items=tuple(_selected(rule.get("select", {}), labels)),
        because=tuple(text for text in rule.get("because", {}).values() if text),
        citation=rule.get("citation", ""),
    )


def effect(rule: Data) -> str:
    words = {
        "pin": _("Pin: always first in its slot"),
        "boost": _("Boost by %(points)s"),
        "bury": _("Bury by %(points)s"),
        "hide": _("Hide"),
    }
    chosen = words.get(rule.get("effect", ""), _("No effect chosen yet"))
    return chosen % {"points": rule.get("points") or "?"} if "%" in chosen else chosen


def criterion(part: Data, labels: Labels) -> str:
    """Say any criterion, also those that a row cannot hold."""
    if "fact" in part:
        return _fact(part, labels)
    if "not" in part:
        return _("known not to hold: %s") % criterion(part["not"], labels)
    if "all" in part or "any" in part:
        inner = part.get("all") or part.get("any") or []
        joint = _(" and ") if "all" in part else _(" or ")
        return f"({joint.join(criterion(each, labels) for each in inner)})"
    count = part.get("at_least", part.get("exactly"))
    inner = ", ".join(criterion(each, labels) for each in part["of"])
    several = _("at least %(count)s of") if "at_least" in part else _("exactly %(count)s of")
    return f"{several % {'count': count}}: {inner}"


def _fact(part: Data, labels: Labels) -> str:
    names = {
        "conditions": _("condition"),
        "profile": _("recovery profile"),
        "factors": _("factor"),
        "signals": _("signal"),
        "constraints": _("constraint"),
    }
    name = names.get(part["fact"], part["fact"])
    values = part.get("in", [part["is"]] if "is" in part else [])
    if not values:
        return f"{name} {part.get('between')}"
    sort = {"conditions": "conditions"}.get(part["fact"], "terms")
    return f"{name} {_(' or ').join(_label(labels, sort, value) for value in values)}"


def _selected(select: Data, labels: Labels) -> Iterator[str]:
    names = {
        "type": ("types", _("type")),
        "slot": ("slots", _("slot")),
        "condition": ("conditions", _("about")),
        "factor": ("terms", _("suits")),
        "phase": ("terms", _("suits")),
        "items": ("items", _("item")),
    }
    for name, value in select.items():
        if name == "paid":
            yield _("only paid") if value else _("only free")
        else:
            sort, word = names[name]
            values = value if isinstance(value, list) else [value]
            yield f"{word} {', '.join(_label(labels, sort, each) for each in values)}"


def _label(labels: Labels, sort: str, key: Any) -> str:
    return labels.get(sort, {}).get(str(key), str(key))
