"""Who can help, near a city: a plain form, and a list that the API puts in order.

Where somebody is comes from no device and no map: a city is where its own practices are.
"""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, make_response, render_template, request

from examples.website.client import Document, Problem
from examples.website.headers import PRIVATE
from examples.website.locales import chosen, own
from examples.website.site import BAD, api

routes = Blueprint("finder", __name__)

MOST = "100"


@dataclass(frozen=True)
class Choices:
    """What can be chosen: specialisms by key, as terms; cities by name, as `lat,lon`."""

    specialisms: dict[str, Document]
    cities: dict[str, str]


@routes.get("/behandelaars")
def find() -> Any:
    """A choice that is not there (any more) is refused by its name, not left out in silence."""
    wish = {name: request.args.get(name, "") for name in ("specialism", "city", "online")}
    locale, everybody = who_there_is()
    choices = offered(everybody["providers"])
    query = {name: value for name, value in asked(wish, choices).items() if value}
    query["locale"] = locale
    found, refused = None, bool(wish["city"]) and wish["city"] not in choices.cities
    if not refused:
        try:
            found = api().get("providers", limit=MOST, **query)
        except Problem as problem:
            if problem.kind != BAD:
                raise
            refused = True
    body = render_template(
        "finder.html", wish=wish, choices=choices, found=found, query=query, refused=refused
    )
    response = make_response(body, 400 if refused else 200)
    response.headers["Cache-Control"] = PRIVATE
    return response


def who_there_is() -> tuple[str, Document]:
    """In the language of the visitor, else in the website's own: a practice is where it is."""
    for locale in (chosen(), own()):
        found = api().get("providers", locale=locale, limit=MOST)
        if found["total"]:
            break
    return locale, found


def offered(providers: list[Document]) -> Choices:
    """What these providers make possible, by the alphabet."""
    cards = [each["card"] for each in providers]
    specialisms = {each["term"]: each for card in cards for each in card["specialisms"]}
    places = [card for card in cards if card["city"] and card["location"]]
    cities = {card["city"]: near(card["location"]) for card in reversed(places)}
    return Choices(
        dict(sorted(specialisms.items(), key=lambda pair: str(pair[1]["title"]))),
        dict(sorted(cities.items())),
    )


def near(location: Document) -> str:
    """About a kilometre is enough to put a list in order."""
    return f"{location['lat']:.2f},{location['lon']:.2f}"


def asked(wish: dict[str, str], choices: Choices) -> dict[str, str]:
    """The query of the API for what was chosen."""
    return {
        "specialism": wish["specialism"],
        "near": choices.cities.get(wish["city"], ""),
        "online": wish["online"],
    }
