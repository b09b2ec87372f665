"""POST /recommendations takes answers, or the token that evaluating them gave: the same advice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api import recommendations
from cms.published.replica import replica
from cms.published.view import View
from cms.screening import tokens
from cms.screening.compiled import Withdrawn
from recommender import Screening
from tests.api.client import Client
from tests.api.document import keeps_to

pytestmark = pytest.mark.django_db  # for making the example once

EVALUATE = "/api/v1/screenings/lage-rugpijn/evaluate"
ADVICE = "/api/v1/recommendations"
KEY = "screening:lage-rugpijn@3"
SLEEPS_BADLY: dict[str, Any] = {
    "bladder": False,
    "saddle": False,
    "both_legs": False,
    "fracture_signs": ["none"],
    "duration": {"value": 9, "unit": "weeks"},
    "course": "same",
    "health": ["blood_thinners"],
    "hindrances": ["bad_sleep", "stress"],
    "pregnancy": {"unknown": "rather_not_say"},
}
FELL = SLEEPS_BADLY | {"fracture_signs": ["minor_injury", "age_70"]}
WORSE = SLEEPS_BADLY | {"course": "worse"}
DUTCH = {"context": {"locale": "nl"}}


@pytest.fixture(autouse=True)
def served(demo: View) -> None:
    """Every test here asks the example."""


def token_of(client: Client, answers: dict[str, Any]) -> str:
    reply = client.post(EVALUATE, {"version": 3, "answers": answers})
    assert reply.status == 200, reply.body
    return str(reply.json["outcome_token"])


def with_answers(answers: dict[str, Any]) -> dict[str, Any]:
    return {"screening": "lage-rugpijn", "version": 3, "answers": answers}


@pytest.mark.parametrize("answers", [SLEEPS_BADLY, FELL, WORSE], ids=["advice", "fall", "worse"])
@pytest.mark.parametrize(
    "context",
    [
        {"locale": "nl"},
        {"locale": "en", "placement": "screening"},
        {"locale": "nl", "limits": {"articles": 1}, "constraints": ["kidney_disease"]},
    ],
)
def test_both_forms_give_the_same_bytes(
    client: Client, answers: dict[str, Any], context: dict[str, Any]
) -> None:
    by_answers = client.post(ADVICE, with_answers(answers) | {"context": context})
    by_token = client.post(ADVICE, {"token": token_of(client, answers), "context": context})

    assert (by_answers.status, by_token.status) == (200, 200)
    assert by_token.body == by_answers.body
    keeps_to("POST", ADVICE, by_token)


def test_a_token_of_a_referral_gives_the_referral_and_not_an_item(client: Client) -> None:
    advice = client.post(ADVICE, {"token": token_of(client, FELL)} | DUTCH).json

    assert advice["type"] == "referral"
    assert advice["outcome"]["urgency"] == "within_24_hours"
    assert "slots" not in advice


def test_complete_says_when_its_token_expires_and_nothing_else_has_one(client: Client) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    complete = client.post(EVALUATE, {"answers": SLEEPS_BADLY}).json
    stopped = client.post(EVALUATE, {"answers": {"saddle": True}}).json
    going_on = client.post(EVALUATE, {"answers": {}}).json

    expires = datetime.fromisoformat(complete["outcome_token_expires"])
    assert before + timedelta(hours=1) <= expires <= datetime.now(UTC) + timedelta(hours=1)
    assert not [name for said in (stopped, going_on) for name in said if "token" in name]


# --- what is refused -------------------------------------------------------------------------

TOKEN = object()  # stands for a right one
MISSING = {"/screening", "/version", "/answers"}
WHOLE = with_answers(SLEEPS_BADLY)


@pytest.mark.parametrize(
    ("fault", "body", "named"),
    [
        ("neither form", {}, MISSING),
        ("no answers", {"screening": "lage-rugpijn", "version": 3}, {"/answers"}),
        ("both forms", WHOLE | {"token": TOKEN}, MISSING),
        ("a part of the other form", {"token": TOKEN, "version": 3}, {"/version"}),
        ("a forged token", {"token": "gAAAAABforged"}, {"/token"}),
        ("no form of a token", {"token": "a token"}, {"/token"}),
        ("an empty token", {"token": ""}, {"/token"}),
        ("a token that is null", {"token": None}, {"/token"}),
        ("a token of another type", {"token": {"outcome": "delayed_recovery"}}, {"/token"}),
        ("an outcome made elsewhere", {"outcome": {"type": "assessment"}}, MISSING | {"/outcome"}),
        ("another fault too", {"token": "forged", "extra": 1}, {"/token", "/extra"}),
    ],
)
def test_exactly_one_form_that_is_right(
    client: Client, fault: str, body: dict[str, Any], named: set[str]
) -> None:
    right = token_of(client, SLEEPS_BADLY)
    body = {name: right if value is TOKEN else value for name, value in body.items()}

    reply = client.post(ADVICE, body | DUTCH)

    assert (reply.status, reply.problem, reply.named) == (400, "bad-request", named), fault
    keeps_to("POST", ADVICE, reply)


def test_an_expired_token_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    token = token_of(client, SLEEPS_BADLY)
    clock = recommendations.timezone
    later = clock.now() + timedelta(hours=1, seconds=2)
    monkeypatch.setattr(clock, "now", lambda: later)

    reply = client.post(ADVICE, {"token": token} | DUTCH)

    assert (reply.status, reply.named) == (400, {"/token"})
    assert "within the last hour" in reply.json["errors"][0]["message"]


@pytest.mark.parametrize("given", [{"token": TOKEN}, {"token": TOKEN, "x": 1}])
@pytest.mark.parametrize(("answers", "kind"), [(SLEEPS_BADLY, "safety_net"), (FELL, "referral")])
def test_a_token_of_a_withdrawn_version_is_gone_and_still_shows_what_to_do(
    client: Client,
    demo: View,
    monkeypatch: pytest.MonkeyPatch,
    answers: dict[str, Any],
    kind: str,
    given: dict[str, Any],
) -> None:
    body = given | {"token": token_of(client, answers)}
    own = demo.derived["screenings"][KEY]
    assert isinstance(own, Screening)
    left = dict(demo.derived) | {"screenings": {KEY: Withdrawn(own)}}
    monkeypatch.setattr(replica, "_view", replace(demo, derived=left))

    reply = client.post(ADVICE, body | DUTCH)

    if "x" in given:
        assert (reply.problem, reply.named) == ("bad-request", {"/x"})
    else:
        assert (reply.problem, reply.json["successor"]) == ("withdrawn", None)
    assert reply.json["must_show"][0]["kind"] == kind
    keeps_to("POST", ADVICE, reply)


@pytest.mark.parametrize(
    ("change", "named"),
    [({"extra": 1}, "/extra"), ({"context": {"locale": "nl-NL"}}, "/context/locale")],
)
def test_a_fault_beside_the_token_of_a_referral_does_not_hold_it_back(
    client: Client, change: dict[str, Any], named: str
) -> None:
    reply = client.post(ADVICE, {"token": token_of(client, FELL)} | DUTCH | change)
    refused = client.post(ADVICE, {"token": token_of(client, WORSE | {"course": "same"})} | change)

    assert (reply.status, reply.json["type"], reply.named) == (200, "referral", {named})
    assert refused.status == 400
    assert named in refused.named


@pytest.mark.parametrize("name", ["token", "outcome_token"])
def test_a_token_in_the_address_is_never_read(client: Client, name: str) -> None:
    token = token_of(client, SLEEPS_BADLY)

    for body in (DUTCH, WHOLE | DUTCH):
        reply = client.post(f"{ADVICE}?{name}={token}", body)
        assert reply.status == 400
        assert name in reply.named
        assert token not in reply.body.decode()
    assert client.post(f"{EVALUATE}?{name}={token}", {"answers": {}}).named == {name}


def test_a_refused_token_is_not_said_back(client: Client) -> None:
    reply = client.post(ADVICE, {"token": "kanarie-in-a-token"} | DUTCH)

    assert "kanarie" not in reply.body.decode()


def test_a_token_is_made_by_the_server_that_redeems_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(client, SLEEPS_BADLY)
    monkeypatch.setattr(tokens, "PURPOSE", b"another purpose")
    tokens._made_from.cache_clear()

    assert client.post(ADVICE, {"token": token} | DUTCH).named == {"/token"}

    tokens._made_from.cache_clear()


# --- the reasons of an outcome ----------------------------------------------------------------


def told(client: Client, answers: dict[str, Any], locale: str = "nl") -> dict[str, list[str]]:
    reply = client.post(EVALUATE, {"version": 3, "answers": answers, "locale": locale})
    keeps_to("POST", "/api/v1/screenings/{slug}/evaluate", reply)
    return {
        f"{reason['kind']} {reason['key']}": [
            f"{ground['question']}: {', '.join(ground['answers'])}" for ground in reason["because"]
        ]
        for reason in reply.json["reasons"]
    }


def test_an_assessment_tells_its_reasons_in_the_words_of_the_screening(client: Client) -> None:
    assert told(client, SLEEPS_BADLY) == {
        "profile 2": ["duration: 9 weken"],
        "signal deviating_course": ["duration: 9 weken", "course: Het blijft ongeveer gelijk"],
        "factor sleep": ["hindrances: Ik slaap slecht door mijn rug, of word er stijf van wakker"],
        "factor stress": ["hindrances: Ik heb veel spanning, zorgen of stress"],
        "constraint blood_thinners": ["health: Ik gebruik bloedverdunners"],
        "constraint pregnancy": ["pregnancy: Zeg ik liever niet"],
    }


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"saddle": True}, {"flag cauda_equina": ["saddle: Ja"]}),
        (
            {"bladder": {"unknown": "dont_know"}, "saddle": False, "both_legs": False},
            {"flag cauda_equina": ["bladder: Weet ik niet"]},
        ),
        (
            FELL,
            {
                "flag fracture": [
                    "fracture_signs: De pijn begon na een gewone val of na zwaar tillen, "
                    "Ik ben 70 jaar of ouder"
                ]
            },
        ),
    ],
)
def test_a_referral_tells_them_too(
    client: Client, answers: dict[str, Any], said: dict[str, list[str]]
) -> None:
    assert told(client, answers) == said


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1, "weeks", "1 week"),
        (1.5, "months", "1,5 maanden"),
        (2, "years", "2 jaar"),
        (1, "days", "1 dag"),
    ],
)
def test_a_duration_is_said_back_as_it_was_given(
    client: Client, value: float, unit: str, words: str
) -> None:
    answers = SLEEPS_BADLY | {"duration": {"value": value, "unit": unit}}

    assert told(client, answers)[
        f"profile {3 if unit == 'years' else 2 if value == 1.5 else 1}"
    ] == [f"duration: {words}"]


def test_reasons_come_in_the_language_that_is_asked_for(client: Client) -> None:
    """The unit of a duration is ours; the rest is in the words of the screening."""
    assert told(client, SLEEPS_BADLY, "en")["profile 2"] == ["duration: 9 weeks"]
    assert told(client, SLEEPS_BADLY, "en")["constraint pregnancy"] == [
        "pregnancy: I would rather not say"
    ]
