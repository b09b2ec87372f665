"""What templates may call: pictures, addresses of our own, dates, numbers to call."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask

from examples.website import client, details, glossary, locales
from examples.website.config import Config

STATIC = Path(__file__).parent / "static"


def install(app: Flask, config: Config) -> None:
    app.jinja_env.globals.update(
        config=config,
        here=here,
        ours=locales.ours,
        static=static,
        sources=sources,
        json_address=lambda *steps, **query: config.public_api + client.address(*steps, **query),
        evaluate_address=lambda slug: (
            config.public_api + client.address("screenings", slug, "evaluate")
        ),
    )
    app.jinja_env.filters.update(
        own_links=own_links,
        explained=glossary.explained,
        tel=tel,
        urgent_first=urgent_first,
        not_in_sections=not_in_sections,
        sentence=sentence,
    )
    app.context_processor(in_the_language_of_the_answer)


def in_the_language_of_the_answer() -> dict[str, Any]:
    said, locale = locales.said(), locales.chosen()
    return {
        "t": said,
        "locale": locale,
        "in_language": lambda by_language: in_language(by_language, locale),
        "day": lambda value: day(value, said["months"]),
        "words": lambda group, key: words(said, group, key),
        "euro": lambda price: euro(price, said["decimal"]),
        "figure": lambda statistic: figure(statistic, said),
        "details_rows": lambda found: details.rows(found, said, locale),
    }


def here(page: Mapping[str, Any]) -> str:
    """The address on this website of a page, link or card."""
    path = str(page["path"])
    return f"/{page['locale']}" + (f"/{quote(path)}" if path else "")


@cache
def static(name: str) -> str:
    """With a hash of what the file holds, so that browsers may keep it for ever."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def sources(image: Mapping[str, Any]) -> dict[str, str]:
    """For each media type, in the order to try them, its files as a srcset."""
    found: dict[str, list[str]] = {}
    for rendition in image["renditions"]:
        found.setdefault(rendition["type"], []).append(f"{rendition['src']} {rendition['width']}w")
    return {kind: ", ".join(files) for kind, files in found.items()}


def own_links(html: str, page: Mapping[str, Any]) -> str:
    """The API's sanitised HTML, with links to its front end as links inside this website, wherever
    that front end may be."""
    front_end = str(page["url"]).removesuffix(here(page))
    return html.replace(f'href="{front_end}/', 'href="/')


def in_language(by_language: Mapping[str, str], locale: str) -> str:
    """In this language, else in one that is there: what must be shown is shown."""
    return by_language.get(locale) or next(iter(by_language.values()), "")


def sentence(text: str) -> str:
    """With a capital, where a part of a sentence stands alone."""
    return text[:1].upper() + text[1:]


def tel(number: str) -> str:
    return "tel:" + re.sub(r"[^0-9+]", "", number)


def day(value: str | None, months: list[str]) -> str:
    """1 november 2026, of a date or a moment in ISO form."""
    if not value:
        return ""
    moment = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return f"{moment.day} {months[moment.month - 1]} {moment.year}"


def euro(price: Mapping[str, str], decimal: str) -> str:
    """€ 24,95"""
    sign = {"EUR": "€"}.get(price["currency"], price["currency"])
    return f"{sign} {price['amount'].replace('.', decimal)}"


def figure(statistic: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    """The value of a statistic with its unit, such as 73%, 4–6 weken, 0,5 keer."""
    ends = [end for end in (statistic["low"], statistic["high"]) if end is not None]
    numbers = "–".join(f"{end:g}".replace(".", said["decimal"]) for end in ends)
    if not numbers or not statistic["unit"]:
        return numbers
    if statistic["unit"] == "percent":
        return f"{numbers}%"
    one = ends == [1] and f"one_{statistic['unit']}" in said["units"]
    return f"{numbers} {words(said, 'units', ('one_' if one else '') + statistic['unit'])}"


def words(said: Mapping[str, Any], group: str, key: str) -> str:
    """What a closed list of the API calls `key`; for a newer key the group's own `other`."""
    return str(said[group].get(key, said[group]["other"]))


# What to do now, what to have looked at, when to come back, and what else to know.
ORDER = ("emergency", "referral", "not_sure", "flag", "safety_net")


def urgent_first(notices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every notice, those about safety first. One of a kind that is new stays in."""
    return sorted(
        notices, key=lambda n: ORDER.index(n["kind"]) if n["kind"] in ORDER else len(ORDER)
    )


def not_in_sections(
    notices: list[dict[str, Any]], sections: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Without those whose legal text stands in a section, which shows the notice itself there."""
    texts = [text for each in sections for text in each["content"].get("texts", [])]
    keys = {text["key"] for text in texts}
    return [one for one in notices if (one.get("legal") or {}).get("key") not in keys]
