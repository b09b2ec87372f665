"""The screening without JavaScript: forms, a summary of what is missing, back, and both ends."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.website.stub import Answer, Asked, Stub, example, problem

CHECK = "/vragen/lage-rugpijn"
EVALUATE = "screenings/lage-rugpijn/evaluate"
VERSION: dict[str, Any] = example("GET", "/api/v1/screenings/{slug}")
(BLADDER,) = VERSION["definition"]["questions"]
DURATION = {
    "key": "duration",
    "kind": "duration",
    "units": ["days", "weeks"],
    "text": {"nl": "Hoe lang heb je er last van?"},
}
LABELS = {
    name: {"nl": words}
    for name, words in {
        "yes": "Ja",
        "no": "Nee",
        "dont_know": "Weet ik niet",
        "rather_not_say": "Zeg ik liever niet",
    }.items()
}
STOPPED: dict[str, Any] = example("POST", "/api/v1/screenings/{slug}/evaluate")
REFERRAL = {
    "type": "referral",
    "urgency": "appointment",
    "certainty": "sure",
    "where": {"text": "Maak een afspraak.", "phone": None},
    "flags": [],
}
ASSESSMENT = {"type": "assessment", "summary": "Je herstel gaat goed.", "profile": 1}
ITEM = {
    "key": "page:8",
    "type": "product",
    "card": {
        "key": "page:8",
        "type": "product",
        "locale": "nl",
        "path": "producten/kussen",
        "title": "Een kussen",
        "lead": "",
        "image": None,
        "disclosure": None,
    },
    "why": [{"sentence": "Dit past bij jou.", "label": None, "citation": None, "points": 3}],
    "paid": True,
    "cautions": [{"text": "Vraag het eerst."}],
    "guideline_stance": "none",
    "evidence": None,
    "free_alternatives": [],
    "offers": [
        {
            "partner": "Voorbeeldwinkel",
            "href": "https://cms.example.org/go/abc",
            "rel": "sponsored nofollow noopener",
            "price": {"amount": "24.95", "currency": "EUR", "seen": "2026-11-20"},
            "in_stock": True,
            "disclosure": "Betaalde link.",
        }
    ],
}
ADVICE = {
    "type": "advice",
    "outcome": ASSESSMENT,
    "slots": [{"slot": "ergonomics", "items": [ITEM]}],
    "withheld": {"contraindicated": 2},
    "ranking": {"commission_influences_rank": False},
    "must_show": [{"kind": "disclosure", "text": "Hier staan betaalde links."}],
    "snapshot": "a" * 64,
    "number": 5,
    "day": "2026-11-24",
}


def next_step(asked: Asked) -> Answer:
    """A screening of two questions: an alarm sign, then how long."""
    answers = asked.body["answers"]
    if answers.get("bladder") is True:
        return Answer(STOPPED)
    wanted = [key for key in ("bladder", "duration") if key not in answers]
    if wanted:
        progress = {"answered": len(answers), "total": 2, "seconds_left": 9}
        return Answer({"status": "in_progress", "next": wanted, "progress": progress})
    return Answer({"status": "complete", "outcome": ASSESSMENT, "must_show": []})


@pytest.fixture(autouse=True)
def screening(stub: Stub) -> None:
    definition = {
        "title": {"nl": "Vragen over je rug"},
        "labels": LABELS,
        "questions": [BLADDER, DURATION],
    }
    for path in ("screenings/lage-rugpijn", "screenings/lage-rugpijn/versions/1"):
        stub.say("GET", path, Answer(VERSION | {"definition": definition}))
    stub.say("POST", EVALUATE, next_step)
    stub.say("POST", "recommendations", Answer(ADVICE))


def send(visitor: FlaskClient, answers: Any = (), status: int = 200, **fields: Any) -> str:
    given = answers if isinstance(answers, str) else json.dumps(list(answers))
    answer = visitor.post(CHECK, data={"version": "1", "answers": given} | fields)
    assert answer.status_code == status, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.text


def heading(shown: str) -> str:
    """The only heading of the first level outside what the script keeps for later."""
    (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", re.sub("(?s)<template.*?</template>", "", shown))
    return str(found)


def hidden(shown: str, name: str) -> str:
    found = re.search(rf'id="check".*?name="{name}" value="([^"]*)"', shown, re.DOTALL)
    assert found
    return found[1].replace("&#34;", '"')


def test_the_first_question_is_there_without_any_script(visitor: FlaskClient) -> None:
    shown = visitor.get(CHECK).text
    assert heading(shown) == BLADDER["text"]["nl"]
    assert BLADDER["why"]["nl"] in shown
    assert "Vraag 1" in shown


def test_an_answer_leads_to_the_next_question_and_travels_with_it(visitor: FlaskClient) -> None:
    shown = send(visitor, question="bladder", value="no")
    assert heading(shown) == DURATION["text"]["nl"]
    assert json.loads(hidden(shown, "answers")) == [["bladder", False]]


def test_what_is_missing_is_said_at_the_top_and_at_the_question_in_the_same_words(
    visitor: FlaskClient,
) -> None:
    shown = send(visitor, status=422, question="bladder")
    assert shown.count("Kies een antwoord</") == 2
    assert 'href="#value"' in shown
    assert "<title>Fout: " in shown
    assert "autofocus" in shown


def test_what_was_filled_in_stays_when_something_else_is_missing(visitor: FlaskClient) -> None:
    before = [["bladder", False]]
    shown = send(visitor, before, 422, question="duration", amount="9", unit="")
    assert 'value="9"' in shown
    assert json.loads(hidden(shown, "answers")) == before


def test_what_only_the_api_can_refuse_is_said_at_the_question_too(
    stub: Stub, visitor: FlaskClient
) -> None:
    def refuses(asked: Asked) -> Answer:
        if "duration" not in asked.body["answers"]:
            return next_step(asked)
        wrong = [{"pointer": "/answers/duration", "message": "must be a duration"}]
        return problem(400, "bad-request", errors=wrong)

    stub.say("POST", EVALUATE, refuses)
    shown = send(
        visitor, [["bladder", False]], 422, question="duration", amount="999999", unit="weeks"
    )
    assert "Dit antwoord klopt niet" in shown


def test_back_shows_the_question_before_as_it_was_answered(visitor: FlaskClient) -> None:
    shown = send(visitor, [["bladder", False]], go="back")
    assert heading(shown) == BLADDER["text"]["nl"]
    assert re.search(r'value="no"\s+checked', shown)
    assert json.loads(hidden(shown, "answers")) == []


def test_an_emergency_ends_the_questions_with_the_banner_first(visitor: FlaskClient) -> None:
    shown = send(visitor, question="bladder", value="yes")
    assert heading(shown) == "Bel nu een arts"
    assert 'href="tel:112"' in shown
    for notice in STOPPED["must_show"]:
        assert notice["text"] in shown


def test_a_referral_never_asks_for_advice_and_shows_nothing_to_buy(
    stub: Stub, visitor: FlaskClient
) -> None:
    stub.say(
        "POST",
        EVALUATE,
        Answer({"status": "complete", "outcome": REFERRAL, "must_show": STOPPED["must_show"]}),
    )
    shown = send(visitor, [["bladder", False]], question="duration", amount="9", unit="weeks")
    assert "recommendations" not in [asked.address.rpartition("/")[2] for asked in stub.asked]
    assert not re.search(r"(?i)product|€|prijs|koop|partner|winkel|/go/|betaald", shown)


def test_a_referral_that_only_the_advice_knows_of_is_a_referral(
    stub: Stub, visitor: FlaskClient
) -> None:
    """Between the two questions a version may have been published that refers."""
    refers = {"type": "referral", "outcome": REFERRAL, "must_show": STOPPED["must_show"]}
    stub.say("POST", "recommendations", Answer(refers))
    shown = send(visitor, [["bladder", False], ["duration", {"value": 9, "unit": "weeks"}]])
    assert heading(shown) == "Maak een afspraak met je huisarts"


def test_advice_shows_reasons_cautions_and_each_offer_with_its_disclosure(
    visitor: FlaskClient,
) -> None:
    shown = send(visitor, [["bladder", False]], question="duration", amount="9", unit="weeks")
    assert heading(shown) == "Jouw advies"
    for words in (
        "Je herstel gaat goed.",
        "Dit past bij jou.",
        "Vraag het eerst.",
        "Hier staan betaalde links.",
        "Bekijk bij Voorbeeldwinkel",
        "€ 24,95",
        "20 november 2026",
        "Betaalde link.",
        "2 dingen laten we weg",
        'href="https://cms.example.org/go/abc" rel="sponsored nofollow noopener"',
    ):
        assert words in shown, words


def test_the_json_behind_the_advice_is_asked_for_without_an_answer_in_the_address(
    visitor: FlaskClient,
) -> None:
    given = [["bladder", False], ["duration", {"value": 9, "unit": "weeks"}]]
    shown = send(visitor, given, go="json")
    assert json.loads(shown) == ADVICE


def test_an_alarm_sign_sent_to_a_withdrawn_version_still_shows_what_to_do(
    stub: Stub, visitor: FlaskClient
) -> None:
    shown_by_api = STOPPED["must_show"]
    stub.say("POST", EVALUATE, problem(410, "withdrawn", must_show=shown_by_api))
    shown = send(visitor, status=410, question="bladder", value="yes")
    assert shown.index(shown_by_api[0]["text"]) < shown.index("<h1")
    assert f'href="{CHECK}"' in shown


@pytest.mark.parametrize(
    "fields",
    [
        {"answers": "{"},
        {"version": "one"},
        {"version": "-1"},
        {"question": "unheard-of", "value": "yes"},
        {"answers": '[["unheard-of", true]]', "go": "back"},
    ],
)
def test_a_form_that_this_website_did_not_write_starts_again(
    visitor: FlaskClient, fields: dict[str, str]
) -> None:
    answer = visitor.post(CHECK, data={"version": "1", "answers": "[]"} | fields)
    assert answer.status_code == 400
    assert f'href="{CHECK}"' in answer.text


def test_a_form_that_is_too_large_is_not_read(visitor: FlaskClient) -> None:
    answer = visitor.post(CHECK, data={"version": "1", "answers": "[" + "1," * 50_000 + "1]"})
    assert answer.status_code == 413


def test_what_paid_links_mean_stands_before_the_first_of_them(visitor: FlaskClient) -> None:
    shown = send(visitor, [["bladder", False], ["duration", {"value": 9, "unit": "weeks"}]])
    assert shown.index("Hier staan betaalde links.") < shown.index("Bekijk bij Voorbeeldwinkel")
    assert shown.count("Hier staan betaalde links.") == 1
