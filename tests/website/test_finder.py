"""Who can help: a plain form whose choices are those of the API, and the API's order."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.website import content as c
from tests.website.stub import Answer, Asked, Stub, problem

PHYSIO = c.term("physiotherapist", "Fysiotherapeut", "specialism")
PSYCHOLOGIST = c.term("psychologist", "Psycholoog", "specialism")
UTRECHT = c.provider("hulp/brug", "Utrecht", 52.09123, 5.12234, PHYSIO)
ZWOLLE = c.provider("hulp/ijssel", "Zwolle", 52.512, 6.094, PSYCHOLOGIST)
NOWHERE = c.provider("hulp/online", "", 0, 0, PHYSIO)
NOWHERE["card"] |= {"city": None, "location": None, "waiting_days": None, "online": True}


def answers(asked: Asked) -> Answer:
    """Everybody without a wish; somebody near when there is a place; nobody who is a diver."""
    query = parse_qs(urlsplit(asked.address).query)
    if query.get("specialism") == ["diver"]:
        return problem(400, "bad-request")
    if "near" in query:
        return Answer({"total": 1, "providers": [UTRECHT | {"distance_km": 1.4}]})
    found = [ZWOLLE, UTRECHT, NOWHERE]
    return Answer({"total": len(found), "providers": found})


@pytest.fixture
def finder(stub: Stub, visitor: FlaskClient) -> FlaskClient:
    stub.say("GET", "providers", answers)
    return visitor


def asked(stub: Stub) -> dict[str, list[str]]:
    """The last question to the API."""
    return parse_qs(urlsplit(stub.asked[-1].address).query)


def test_the_choices_are_the_specialisms_and_cities_of_those_who_can_help(
    finder: FlaskClient,
) -> None:
    html = finder.get("/behandelaars").text
    for option in ("Fysiotherapeut", "Psycholoog", "Utrecht", "Zwolle"):
        assert f">{option}</option>" in html
    assert "3 behandelaars gevonden" in html
    assert html.index("Praktijk hulp/ijssel") < html.index("Praktijk hulp/brug")


def test_a_city_is_sent_as_its_place_to_about_a_kilometre(stub: Stub, finder: FlaskClient) -> None:
    wish = "specialism=physiotherapist&city=Utrecht&online=true"
    html = finder.get(f"/behandelaars?{wish}").text
    assert asked(stub) == {
        "locale": ["nl"],
        "limit": ["100"],
        "specialism": ["physiotherapist"],
        "near": ["52.09,5.12"],
        "online": ["true"],
    }
    for words in ("1 behandelaar gevonden", "1,4 km", "<option selected>Utrecht", "7 dagen"):
        assert words in html


def test_what_was_chosen_is_kept_by_nobody(finder: FlaskClient) -> None:
    answer = finder.get("/behandelaars?city=Utrecht")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("wish", ["city=Atlantis", "specialism=diver"])
def test_a_choice_that_is_not_there_is_refused_with_the_form(
    finder: FlaskClient, wish: str
) -> None:
    answer = finder.get(f"/behandelaars?{wish}")
    assert answer.status_code == 400
    assert "Een van je keuzes kennen we niet" in answer.text
    assert "gevonden</h2>" not in answer.text


def test_without_anybody_the_form_says_what_to_try(stub: Stub, visitor: FlaskClient) -> None:
    stub.say("GET", "providers", Answer({"total": 0, "providers": []}))
    assert "We vonden niemand" in visitor.get("/behandelaars").text


def test_a_practice_without_a_page_in_a_language_is_found_all_the_same(
    stub: Stub, visitor: FlaskClient
) -> None:
    nobody = Answer({"total": 0, "providers": []})
    stub.say("GET", "providers", lambda asked: nobody if "=en" in asked.address else answers(asked))
    html = visitor.get("/behandelaars?locale=en&city=Utrecht").text
    assert asked(stub)["locale"] == ["nl"]
    for words in ("1 practice found", "1.4 km", '<article class="card" lang="nl">'):
        assert words in html
