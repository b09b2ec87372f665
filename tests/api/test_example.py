"""The whole example through the API: every page, the screening and its advice, as documented."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api import docs, recommendations
from cms.published import compose
from cms.published.replica import replica
from cms.published.view import View
from recommender import Breach
from tests.api.client import Client
from tests.api.document import keeps_to

pytestmark = pytest.mark.django_db  # for making the example once; its answers cost no query

EVALUATE = "/api/v1/screenings/lage-rugpijn/evaluate"
ADVICE = "/api/v1/recommendations"

WELL = {"bladder": False, "saddle": False, "both_legs": False}
NINE_WEEKS: dict[str, Any] = WELL | {
    "fracture_signs": ["none"],
    "duration": {"value": 9, "unit": "weeks"},
    "course": "improving",
    "health": ["none"],
    "hindrances": ["bad_sleep"],
    "pregnancy": False,
}


@pytest.fixture(autouse=True)
def served(demo: View) -> None:
    """Every test here asks the example."""


def evaluate(client: Client, **answers: Any) -> Any:
    reply = client.post(EVALUATE, {"answers": answers})
    assert reply.status == 200, reply.body
    keeps_to("POST", "/api/v1/screenings/{slug}/evaluate", reply)
    return reply.json


def wish(answers: dict[str, Any], **context: Any) -> dict[str, Any]:
    return {
        "screening": "lage-rugpijn",
        "version": 3,
        "answers": answers,
        "context": {"locale": "nl"} | context,
    }


def advise(client: Client, answers: dict[str, Any], **context: Any) -> Any:
    reply = client.post(ADVICE, wish(answers, **context))
    assert reply.status == 200, reply.body
    keeps_to("POST", ADVICE, reply)
    return reply.json


def items(advice: Any) -> dict[str, Any]:
    return {item["card"]["path"]: item for slot in advice["slots"] for item in slot["items"]}


def test_every_page_is_as_documented_and_nothing_more(client: Client) -> None:
    pages = client.get("/api/v1/manifest").json["pages"]
    assert len(pages) > 10
    for page in pages:
        keeps_to("GET", "/api/v1/content/{locale}/{path}", client.get(page["content"]))


@pytest.mark.parametrize(
    ("address", "template"),
    [
        ("/api/v1/changes?limit=1000", "/api/v1/changes"),
        ("/api/v1/manifest", "/api/v1/manifest"),
        ("/api/v1/screenings", "/api/v1/screenings"),
        ("/api/v1/screenings/lage-rugpijn", "/api/v1/screenings/{slug}"),
        (
            "/api/v1/screenings/lage-rugpijn/versions/3",
            "/api/v1/screenings/{slug}/versions/{version}",
        ),
        ("/api/v1/search?q=slapen", "/api/v1/search"),
        ("/api/v1/search?q=rug&type=product,article&limit=3", "/api/v1/search"),
    ],
)
def test_every_answer_is_as_documented(client: Client, address: str, template: str) -> None:
    reply = client.get(address)
    assert reply.status == 200
    keeps_to("GET", template, reply)


def test_search_finds_a_page_by_its_words_and_says_which_engine_answered(client: Client) -> None:
    found = client.get("/api/v1/search?q=slapen+met+rugpijn&type=article").json
    assert found["engine"] == "embedded"
    assert found["hits"][0]["card"]["path"] == "rug/slapen-met-rugpijn"


# --- the screening -------------------------------------------------------------------------


def test_a_screening_is_listed_and_its_version_read_with_an_etag(client: Client) -> None:
    [listed] = client.get("/api/v1/screenings").json["screenings"]
    assert (listed["slug"], listed["version"]) == ("lage-rugpijn", 3)
    newest = client.get("/api/v1/screenings/lage-rugpijn")
    version = client.get("/api/v1/screenings/lage-rugpijn/versions/3")
    assert newest.body == version.body
    known = {"If-None-Match": version.header("ETag")}
    assert client.get("/api/v1/screenings/lage-rugpijn", headers=known).status == 304
    assert version.json["definition"]["questions"][0]["key"] == "bladder"


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/screenings/nothing",
        "/api/v1/screenings/lage-rugpijn/versions/4",
        "/api/v1/screenings/lage-rugpijn/versions/0",
        "/api/v1/screenings/lage-rugpijn/versions/x",
        "/api/v1/screenings/lage-rugpijn@3",
        "/api/v1/screenings/",
    ],
)
def test_what_is_no_screening_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).problem == "not-found"


def test_it_asks_on_until_it_knows_enough(client: Client) -> None:
    first = evaluate(client)
    assert first["status"] == "in_progress"
    assert first["next"] == ["bladder", "saddle", "both_legs"]
    then = evaluate(client, **WELL)
    assert then["next"] == ["fracture_signs"]
    assert then["progress"]["answered"] == 3


def test_an_alarm_sign_ends_it_at_once_with_what_to_do(client: Client) -> None:
    result = evaluate(client, bladder=True)
    assert result["status"] == "stopped"
    assert result["outcome"]["type"] == "referral"
    assert result["outcome"]["certainty"] == "sure"
    assert result["must_show"][0]["kind"] == "emergency"
    assert result["must_show"][0]["phone"] == "112"


def test_an_alarm_sign_that_is_not_known_says_that_it_is_not_sure(client: Client) -> None:
    result = evaluate(client, **WELL | {"bladder": {"unknown": "dont_know"}})
    assert result["outcome"]["certainty"] == "not_sure"
    assert "not_sure" in {notice["kind"] for notice in result["must_show"]}


@pytest.mark.parametrize(("weeks", "profile"), [(3, 1), (9, 2), (20, 3)])
def test_it_ends_in_a_profile(client: Client, weeks: int, profile: int) -> None:
    answers = NINE_WEEKS | {"duration": {"value": weeks, "unit": "weeks"}}
    result = evaluate(client, **answers)
    assert result["status"] == "complete"
    assert result["outcome"]["type"] == "assessment"
    assert result["outcome"]["profile"] == profile
    assert {"safety_net", "example_not_reviewed"} <= {n["kind"] for n in result["must_show"]}


def test_every_wrong_answer_is_named_with_what_would_be_right(client: Client) -> None:
    reply = client.post(
        EVALUATE, {"answers": {"bladder": "no", "duration": 9, "unheard-of": True, "saddle": False}}
    )
    assert (reply.status, reply.problem) == (400, "bad-request")
    assert reply.named == {"/answers/bladder", "/answers/duration", "/answers/unheard-of"}


def test_a_wrong_answer_never_holds_back_a_referral(client: Client) -> None:
    result = evaluate(client, bladder=True, duration="long")
    assert result["outcome"]["type"] == "referral"
    assert [error["pointer"] for error in result["errors"]] == ["/answers/duration"]


def test_a_version_that_is_not_there_is_named(client: Client) -> None:
    reply = client.post(EVALUATE, {"version": 7, "answers": {}})
    assert (reply.problem, reply.named) == ("bad-request", {"/version"})
    unknown = client.post("/api/v1/screenings/nothing/evaluate", {"answers": {}})
    assert unknown.problem == "not-found"


# --- advice --------------------------------------------------------------------------------


def test_nine_weeks_and_bad_sleep_gives_advice_whose_reasons_add_up(client: Client) -> None:
    advice = advise(client, NINE_WEEKS)
    assert advice["type"] == "advice"
    assert advice["outcome"]["profile"] == 2
    assert "rug/slapen-met-rugpijn" in items(advice)
    for item in items(advice).values():
        assert item["why"]
        assert sum(reason["points"] for reason in item["why"]) == item["score"]
    assert advice["ranking"]["commission_influences_rank"] is False


@pytest.mark.parametrize(
    "answers",
    [
        {"bladder": True},
        WELL | {"bladder": {"unknown": "dont_know"}},
        NINE_WEEKS | {"both_legs": True},
    ],
)
def test_a_referral_carries_no_item(client: Client, demo: View, answers: dict[str, Any]) -> None:
    advice = advise(client, answers)
    assert advice["type"] == "referral"
    assert "slots" not in advice
    said = json.dumps(advice)
    assert not [key for key, row in demo.rows.items() if row.item and f'"{key}"' in said]


def test_an_advised_item_shows_its_card_as_it_is_everywhere(client: Client, demo: View) -> None:
    advice = advise(client, NINE_WEEKS)

    for slot in advice["slots"]:
        for item in slot["items"]:
            assert item["card"] == compose.card(demo, item["key"], timezone.now())


def cautions(advice: Any, path: str) -> set[tuple[str, str]]:
    return {(each["constraint"], each["state"]) for each in items(advice)[path]["cautions"]}


def test_who_is_pregnant_is_told_to_ask_first_about_a_supplement(client: Client) -> None:
    magnesium = "producten/magnesium"
    pregnant = advise(client, NINE_WEEKS | {"pregnancy": True})
    known, said = cautions(advise(client, NINE_WEEKS), magnesium), cautions(pregnant, magnesium)
    assert "pregnancy" not in {constraint for constraint, _ in known}
    assert said - known == {("pregnancy", "present")}


def test_a_medicine_that_nobody_asked_about_is_told_to_everybody(client: Client) -> None:
    """Law 8: the screening does not ask for medicines, and unknown is never no."""
    said = cautions(advise(client, NINE_WEEKS), "producten/magnesium")
    assert ("quinolones", "unknown") in said
    taken = advise(client, NINE_WEEKS, constraints=["quinolones"])
    assert ("quinolones", "present") in cautions(taken, "producten/magnesium")


@pytest.mark.parametrize("weeks", [2, 9, 20])
def test_what_a_guideline_is_against_is_advised_to_nobody(client: Client, weeks: int) -> None:
    advice = advise(client, NINE_WEEKS | {"duration": {"value": weeks, "unit": "weeks"}})
    assert "producten/rugband" not in items(advice)
    assert advice["withheld"]["guideline_against"] >= 1
    stances = {each["card"]["guideline"]["stance"] for each in items(advice).values()}
    assert "against" not in stances


@pytest.mark.parametrize(("weeks", "there"), [(2, False), (9, True), (20, True)])
def test_help_of_a_professional_comes_right_after_what_one_can_read(
    client: Client, weeks: int, there: bool
) -> None:
    advice = advise(client, NINE_WEEKS | {"duration": {"value": weeks, "unit": "weeks"}})
    slots = [slot["slot"] for slot in advice["slots"]]
    care = ["articles", "services", "exercises"] if there else ["articles", "exercises"]
    assert slots[: len(care)] == care
    assert ("hulp/fysiotherapie" in items(advice)) == there


def test_what_a_constraint_rules_out_is_not_advised(client: Client) -> None:
    kidneys = advise(client, NINE_WEEKS | {"health": ["kidney_disease"]})
    assert "producten/magnesium" not in items(kidneys)
    assert kidneys["withheld"]["contraindicated"] >= 1


def test_a_constraint_of_the_context_is_added_and_takes_none_away(client: Client) -> None:
    added = advise(client, NINE_WEEKS, constraints=["kidney_disease"])
    answered = advise(client, NINE_WEEKS | {"health": ["kidney_disease"]})
    assert items(added).keys() == items(answered).keys()


def test_limits_and_exclusions_are_kept(client: Client) -> None:
    first = advise(client, NINE_WEEKS)
    unwanted = next(iter(items(first).values()))["key"]
    then = advise(client, NINE_WEEKS, exclude=[unwanted], limits={"sleep": 0})
    assert unwanted not in {item["key"] for item in items(then).values()}
    assert "sleep" not in {slot["slot"] for slot in then["slots"]}


def test_an_unfinished_screening_is_told_what_to_ask(client: Client) -> None:
    reply = client.post(ADVICE, wish(WELL))
    assert (reply.status, reply.problem) == (409, "incomplete")
    assert reply.json["next"] == ["fracture_signs"]


def test_everything_that_is_wrong_with_a_wish_is_named_at_once(client: Client) -> None:
    reply = client.post(
        ADVICE, wish(NINE_WEEKS | {"course": "sideways"}, constraints=["no-such-term"])
    )
    assert reply.problem == "bad-request"
    assert reply.named == {"/answers/course", "/context/constraints/0"}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"screening": "nothing"}, {"/screening"}),
        ({"version": 7}, {"/version"}),
        ({"version": "1"}, {"/version"}),
        ({"version": True}, {"/version"}),
        ({"answers": []}, {"/answers"}),
        ({"outcome": {"type": "assessment"}}, {"/outcome"}),
        ({"context": {}}, {"/context/locale"}),
        ({"context": {"locale": "xx", "demo": True}}, {"/context/locale", "/context/demo"}),
        (
            {"context": {"locale": "nl", "limits": {"articles": -1, "sleep": "x"}}},
            {"/context/limits/articles", "/context/limits/sleep"},
        ),
        (
            {"context": {"locale": "nl", "exclude": ["a b", 5]}},
            {"/context/exclude/0", "/context/exclude/1"},
        ),
        ({"context": None, "answers": None}, {"/context", "/answers"}),
    ],
)
def test_every_field_that_is_wrong_is_named(
    client: Client, changes: dict[str, Any], named: set[str]
) -> None:
    reply = client.post(ADVICE, wish(NINE_WEEKS) | changes)
    assert (reply.status, reply.problem, reply.named) == (400, "bad-request", named)


def test_no_answer_costs_a_query(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        for template, methods in docs.document()["paths"].items():
            if "get" in methods and template != "/health/ready":
                address = template.replace("{slug}", "lage-rugpijn").replace("{version}", "1")
                client.get(address.replace("{locale}", "nl").replace("{path}", "rug/lage-rugpijn"))
        evaluate(client, **NINE_WEEKS)
        advise(client, NINE_WEEKS)
        advise(client, {"bladder": True})
    assert len(queries) == 0


CANARY = "kanarie-7f3a"


@pytest.mark.parametrize(
    ("address", "body"),
    [
        (EVALUATE, {"answers": {"bladder": True, "duration": CANARY}}),
        (EVALUATE, {"answers": {"bladder": CANARY}, CANARY: CANARY}),
        (f"{EVALUATE}?{CANARY}={CANARY}", {"answers": {}}),
        (EVALUATE, f'{{"{CANARY}'.encode()),
        (ADVICE, {"screening": CANARY, "version": 1, "answers": {}, "context": {"locale": "nl"}}),
    ],
)
def test_nothing_of_a_body_is_logged(
    client: Client, lines: list[str], address: str, body: Any
) -> None:
    client.post(address, body)
    assert lines
    assert CANARY not in "\n".join(lines)


def test_nothing_of_an_answer_is_logged(client: Client, lines: list[str]) -> None:
    """Neither what was found out about somebody nor what was advised together."""
    result = evaluate(client, bladder=True)
    advice = advise(client, NINE_WEEKS)
    logged = "\n".join(lines)
    assert [line.rsplit(" ", 2)[0] for line in lines if line.startswith("api.access")] == [
        "api.access POST /api/v1/screenings/{slug}/evaluate 200",
        "api.access POST /api/v1/recommendations 200",
    ]
    said = [flag["key"] for flag in result["outcome"]["flags"]]
    said += [item["key"] for item in items(advice).values()] + ["lage-rugpijn", advice["snapshot"]]
    assert not [text for text in said if text in logged]


def test_a_breach_is_a_fault_without_a_word_of_what_it_was_about(
    client: Client, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breach(*args: Any) -> Any:
        raise Breach(f"a referral was about to carry {CANARY}")

    monkeypatch.setattr(recommendations.advise, "advise", breach)
    reply = client.post(ADVICE, wish(NINE_WEEKS))
    assert (reply.status, reply.problem) == (500, "internal-error")
    assert CANARY not in "\n".join(lines) + reply.body.decode()


@pytest.mark.parametrize(
    ("missing", "method", "address", "problem"),
    [
        ("snapshot", "POST", ADVICE, "advice-away"),
        ("search", "GET", "/api/v1/search?q=rug", "search-away"),
    ],
)
def test_what_could_not_be_derived_is_away_and_not_a_fault(
    client: Client,
    demo: View,
    monkeypatch: pytest.MonkeyPatch,
    missing: str,
    method: str,
    address: str,
    problem: str,
) -> None:
    left = {name: made for name, made in demo.derived.items() if name != missing}
    monkeypatch.setattr(replica, "_view", replace(demo, derived=left))
    body = json.dumps(wish(NINE_WEEKS)).encode() if method == "POST" else None
    reply = client.ask(method, address, body)
    assert (reply.status, reply.problem, reply.header("Retry-After")) == (503, problem, "5")


@pytest.mark.parametrize(
    ("method", "template"),
    [
        (method.upper(), template)
        for template, methods in docs.document()["paths"].items()
        for method in methods
        if template not in {"/health/live", "/api/v1/openapi.json"}
    ],
)
def test_before_the_first_full_load_nothing_is_absent(
    client: Client, monkeypatch: pytest.MonkeyPatch, method: str, template: str
) -> None:
    monkeypatch.setattr(replica, "_view", None)
    address = template.replace("/search", "/search?q=rug").replace("{slug}", "lage-rugpijn")
    body = json.dumps(wish(NINE_WEEKS)).encode()
    if template.endswith("evaluate"):
        body = b'{"answers": {}}'
    reply = client.ask(method, address.replace("{version}", "1"), body)
    assert (reply.status, reply.problem, reply.header("Retry-After")) == (503, "starting", "1")


@pytest.mark.parametrize("address", [EVALUATE, ADVICE])
def test_no_cache_keeps_what_somebody_answered(client: Client, address: str) -> None:
    for body in ({"answers": {"bladder": True}}, {}):
        assert client.post(address, body).header("Cache-Control") == "no-store"


def test_the_document_knows_every_operation_here() -> None:
    assert {EVALUATE.replace("lage-rugpijn", "{slug}"), ADVICE} <= set(docs.document()["paths"])
