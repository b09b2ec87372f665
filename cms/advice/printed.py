"""Advice as lines of text, for `manage.py advise`."""

from collections.abc import Iterator
from typing import Any

from recommender import InProgress, Result

Shown = dict[str, Any]


def progress(result: InProgress) -> Iterator[str]:
    """What is still to be asked."""
    asked, total = result.progress.answered, result.progress.total
    yield f"Not finished: {asked} of {total} answered."
    yield f"Next: {', '.join(result.next)}"


def faults(result: Result) -> Iterator[str]:
    for fault in result.errors:
        yield f"{fault.question}: {fault.message}"


def advice(shown: Shown) -> Iterator[str]:
    """The whole of it: what must be shown comes first."""
    for notice in shown["must_show"]:
        phone = f" ({notice['phone']})" if notice.get("phone") else ""
        yield f"! {notice['kind']}{phone}: {notice['text']}"
    yield ""
    if shown["type"] == "referral":
        outcome = shown["outcome"]
        yield f"Referral: {outcome['urgency']}, {outcome['certainty']}"
        for flag in outcome["flags"]:
            yield f"  {flag['colour']} flag {flag['key']}: {flag['title']}"
    else:
        yield from _assessment(shown)
    yield ""
    yield f"snapshot {shown['snapshot'][:12]}  blocked {shown['blocked'][:12]}  {shown['day']}"


def _assessment(shown: Shown) -> Iterator[str]:
    outcome = shown["outcome"]
    yield f"{outcome['outcome']}, profile {outcome['profile'] or 'not known'}"
    for name in ("signals", "factors", "constraints", "unknown_constraints"):
        if outcome[name]:
            yield f"  {name}: {', '.join(outcome[name])}"
    for slot in shown["slots"]:
        yield f"\n{slot['slot'].upper()}"
        for item in slot["items"]:
            yield from _item(item)
    counted = ", ".join(f"{count} {reason}" for reason, count in shown["withheld"].items())
    yield f"\nWithheld: {counted or 'nothing'}"


def _item(item: Shown) -> Iterator[str]:
    marks = [name for name in ("pinned", "paid") if item[name]]
    yield f"  {item['score']:>5}  {item['card']['title']}  [{', '.join([item['key'], *marks])}]"
    for reason in item["why"]:
        label = f" ({reason['label']})" if reason["label"] else ""
        yield f"         {reason['points']:+5d}  {reason['sentence']}{label}  {reason['source']}"
    for caution in item["cautions"]:
        yield f"         ask first ({caution['state']}): {caution['text']}"
    if item["claim"]:
        yield f"         claim: {item['claim']['text']}"
