"""An English visitor reads English from the first question to the last card."""

import json
from typing import Any

import pytest

from cms.published.view import View
from tests.api.client import Client
from tests.api.document import keeps_to
from tests.recommender.example import load

pytestmark = pytest.mark.django_db  # for making the example once

BASE = "/api/v1/screenings/lage-rugpijn"
ADVICE = "/api/v1/recommendations"
DEFAULTS = "/api/v1/conditions/lage-rugpijn/recommendations"
ENGLISH = {"context": {"locale": "en"}}
SCREENING = load("screening.yaml")

WELL = {"bladder": False, "saddle": False, "both_legs": False}
NINE_WEEKS: dict[str, Any] = WELL | {
    "fracture_signs": ["none"],
    "duration": {"value": 9, "unit": "weeks"},
    "course": "same",
    "health": ["radicular_signs"],
    "hindrances": ["bad_sleep"],
    "pregnancy": {"unknown": "dont_know"},
}


@pytest.fixture(autouse=True)
def served(demo: View) -> None:
    """Every test here asks the example."""


def evaluate(client: Client, answers: dict[str, Any], locale: str = "en") -> Any:
    reply = client.post(f"{BASE}/evaluate", {"answers": answers, "locale": locale})
    assert reply.status == 200, reply.body
    return reply.json


def advise(client: Client, answers: dict[str, Any]) -> Any:
    token = evaluate(client, answers)["outcome_token"]
    reply = client.post(ADVICE, {"token": token} | ENGLISH)
    assert reply.status == 200, reply.body
    keeps_to("POST", ADVICE, reply)
    return reply.json


def dutch_in(said: Any) -> list[str]:
    """The Dutch texts of the screening that stand in an answer."""
    answered = json.dumps(said, ensure_ascii=False)
    return [text for text in dutch(SCREENING) if len(text) > 20 and text.strip() in answered]


def dutch(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for each in node for text in dutch(each)]
    if not isinstance(node, dict):
        return []
    return (
        [node["nl"]] if "nl" in node else [text for each in node.values() for text in dutch(each)]
    )


def items(advice: Any) -> list[dict[str, Any]]:
    return [item for slot in advice["slots"] for item in slot["items"]]


def test_a_screening_comes_with_its_texts_in_every_language(client: Client) -> None:
    reply = client.get(BASE).json
    assert reply["titles"]["en"] == "Screening for low back pain"
    assert reply["definition"]["locales"] == ["nl", "en"]
    for question in reply["definition"]["questions"]:
        for said in (question["text"], question["why"], *_labels(question)):
            assert said["en"], question["key"]


def _labels(question: dict[str, Any]) -> list[dict[str, str]]:
    return [option["label"] for option in question.get("options", ())]


def test_an_emergency_is_told_in_english(client: Client) -> None:
    result = evaluate(client, {"bladder": True})
    banner = result["must_show"][0]
    assert (banner["kind"], banner["phone"]) == ("emergency", "112")
    assert banner["text"].startswith("Call your general practitioner (GP) or the out-of-hours")
    assert result["outcome"]["flags"][0]["title"] == "Nerves may be trapped"
    assert {each["kind"] for each in result["must_show"]} >= {"safety_net", "example_not_reviewed"}
    assert dutch_in(result) == []


def test_what_is_not_sure_is_told_in_english(client: Client) -> None:
    result = evaluate(client, WELL | {"saddle": {"unknown": "dont_know"}})
    said = {each["kind"]: each["text"] for each in result["must_show"]}
    assert said["not_sure"].startswith("We are not sure of an answer.")
    assert dutch_in(result) == []


def test_an_assessment_and_its_reasons_are_told_in_english(client: Client) -> None:
    result = evaluate(client, NINE_WEEKS)
    assert result["outcome"]["summary"].startswith("Your recovery takes longer")
    assert result["reasons"]
    assert "I sleep badly because of my back" in json.dumps(result["reasons"])
    assert dutch_in(result) == []


def test_a_withdrawn_or_unknown_version_says_in_english_what_to_do(client: Client) -> None:
    sent = {"version": 99, "answers": {"bladder": True}, "locale": "en"}
    reply = client.post(f"{BASE}/evaluate", sent)
    assert reply.problem == "bad-request"
    assert reply.json["must_show"][0]["text"].startswith("Call your general practitioner")
    assert dutch_in(reply.json) == []


def test_advice_shows_english_cards_reasons_and_notices(client: Client) -> None:
    advice = advise(client, NINE_WEEKS)
    assert advice["locale"] == "en"
    advised = items(advice)
    assert {item["card"]["locale"] for item in advised} == {"en"}
    assert "products/mattress" in {item["card"]["path"] for item in advised}
    rule = next(
        reason["sentence"]
        for item in advised
        for reason in item["why"]
        if reason["source"] == "rule:lage-rugpijn/sleep-first"
    )
    assert rule.startswith("You sleep badly because of your back")
    programme = next(slot for slot in advice["slots"] if slot["slot"] == "exercises")["items"][0]
    assert programme["pinned"]  # no progress in nine weeks
    assert "With a programme you slowly build up what you can do." in json.dumps(programme["why"])
    labels = {reason["label"] for item in advised for reason in item["why"]} - {None}
    assert "Sleeping badly" in labels
    said = {each["kind"]: each["text"] for each in advice["must_show"]}
    assert said["safety_net"].startswith("Call your GP")
    assert said["disclosure"].startswith("This page shows products.")
    assert dutch_in(advice) == []


def test_cautions_are_in_english_also_when_an_answer_is_not_known(client: Client) -> None:
    advice = advise(client, NINE_WEEKS | {"health": ["none"]})
    magnesium = next(item for item in items(advice) if item["card"]["path"] == "products/magnesium")
    said = {each["constraint"]: (each["label"], each["text"]) for each in magnesium["cautions"]}
    assert said["pregnancy"] == (
        "Pregnancy",
        "Are you pregnant? First ask your midwife or doctor whether you can take it.",
    )
    assert magnesium["claim"]["text"] == "Magnesium contributes to normal muscle function"


@pytest.mark.parametrize("health", ["kidney_disease", "heart_rhythm"])
def test_what_is_not_safe_in_dutch_is_not_safe_in_english(client: Client, health: str) -> None:
    advice = advise(client, NINE_WEEKS | {"health": [health]})
    assert "products/magnesium" not in {item["card"]["path"] for item in items(advice)}


def test_advice_without_a_screening_is_in_english(client: Client) -> None:
    reply = client.get(f"{DEFAULTS}?locale=en")
    assert reply.status == 200
    assert {item["card"]["locale"] for item in items(reply.json)} == {"en"}
    said = {each["kind"]: each["text"] for each in reply.json["must_show"]}
    assert "out-of-hours GP service" in said["safety_net"]
    assert dutch_in(reply.json) == []


def test_search_finds_english_words_among_english_pages(client: Client) -> None:
    found = client.get("/api/v1/search?q=back+pain&locale=en").json
    assert found["hits"][0]["card"]["path"] == "back/low-back-pain"


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_the_language_changes_words_and_nothing_else(client: Client, locale: str) -> None:
    result = evaluate(client, NINE_WEEKS, locale)
    assert result["outcome"]["profile"] == 2
    assert [flag["key"] for flag in result["outcome"]["flags"]] == ["pain_below_knee"]
    assert result["outcome"]["constraints"] == ["radicular_signs"]
