"""A referral is never held back because something else that was sent is wrong.

One table of faults for each endpoint: with an alarm sign the answer is the referral, which names
the fault; without one it is a refusal that names the same.
"""

import json
from dataclasses import replace
from typing import Any

import pytest

from api.recommendations import SLOTS
from cms.published.replica import replica
from cms.published.view import View
from tests.api.client import Client, Reply
from tests.api.document import keeps_to

pytestmark = pytest.mark.django_db  # for making the example once

EVALUATE = "/api/v1/screenings/lage-rugpijn/evaluate"
ADVICE = "/api/v1/recommendations"
TEMPLATES = {EVALUATE: "/api/v1/screenings/{slug}/evaluate", ADVICE: ADVICE}

ALARM: dict[str, Any] = {"saddle": True}
WELL: dict[str, Any] = {
    "bladder": False,
    "saddle": False,
    "both_legs": False,
    "fracture_signs": ["none"],
    "duration": {"value": 9, "unit": "weeks"},
    "course": "improving",
    "health": ["none"],
    "hindrances": ["bad_sleep"],
    "pregnancy": False,
}
ABSENT = object()


@pytest.fixture(autouse=True)
def served(demo: View) -> None:
    """Every test here asks the example."""


def body(address: str, answers: Any, changes: dict[str, Any]) -> dict[str, Any]:
    sent: dict[str, Any] = {"version": 3, "answers": answers}
    if address == ADVICE:
        sent |= {"screening": "lage-rugpijn", "context": {"locale": "nl"}}
    return {name: value for name, value in (sent | changes).items() if value is not ABSENT}


def context(**changes: Any) -> dict[str, Any]:
    return {"context": {"locale": "nl"} | changes}


def refers(reply: Reply, demo: View) -> None:
    """The banner of an emergency comes first, and nothing of any item comes along."""
    said = reply.json
    assert said["outcome"]["type"] == "referral"
    assert (said["must_show"][0]["kind"], said["must_show"][0]["phone"]) == ("emergency", "112")
    assert "slots" not in said
    assert not [
        key for key, row in demo.rows.items() if row.item and f'"{key}"' in reply.body.decode()
    ]


EITHER = [
    ("an unknown field", {"extra": 1}, {"/extra"}),
    ("several faults", {"extra": 1, "more": None}, {"/extra", "/more"}),
]
FAULTS = [
    *((address, *fault) for address in (EVALUATE, ADVICE) for fault in EITHER),
    (EVALUATE, "a locale that is not here", {"locale": "nl-NL"}, {"/locale"}),
    (EVALUATE, "a locale of another type", {"locale": 5}, {"/locale"}),
    (EVALUATE, "a locale that is null", {"locale": None}, {"/locale"}),
    (EVALUATE, "a context, which has no place here", context(), {"/context"}),
    (ADVICE, "no context", {"context": ABSENT}, {"/context"}),
    (ADVICE, "a context that is null", {"context": None}, {"/context"}),
    (ADVICE, "a context of another type", {"context": ["nl"]}, {"/context"}),
    (ADVICE, "a context without locale", {"context": {}}, {"/context/locale"}),
    (ADVICE, "a locale that is not here", context(locale="nl-NL"), {"/context/locale"}),
    (ADVICE, "a placement that is not there", context(placement="x"), {"/context/placement"}),
    (ADVICE, "an unknown field of a context", context(demo=True), {"/context/demo"}),
    (ADVICE, "an unknown term", context(constraints=["allergy"]), {"/context/constraints/0"}),
    (ADVICE, "no key of a term", context(constraints=["A b"]), {"/context/constraints/0"}),
    (ADVICE, "no key of an item", context(exclude=["a b"]), {"/context/exclude/0"}),
    (ADVICE, "too many keys", context(exclude=["page:1"] * 201), {"/context/exclude"}),
    (ADVICE, "an unknown slot", context(limits={"bogus": 3}), {"/context/limits/bogus"}),
    (ADVICE, "a limit too low", context(limits={"sleep": -1}), {"/context/limits/sleep"}),
    (ADVICE, "limits of another type", context(limits=[3]), {"/context/limits"}),
    (ADVICE, "no version", {"version": ABSENT}, {"/version"}),
]
TABLE = pytest.mark.parametrize(
    ("address", "changes", "named"),
    [pytest.param(address, *rest, id=f"{address}: {fault}") for address, fault, *rest in FAULTS],
)


@TABLE
def test_with_an_alarm_sign_the_referral_comes_with_the_fault(
    client: Client, demo: View, address: str, changes: dict[str, Any], named: set[str]
) -> None:
    reply = client.post(address, body(address, ALARM, changes))
    assert (reply.status, reply.named) == (200, named)
    refers(reply, demo)
    keeps_to("POST", TEMPLATES[address], reply)


@TABLE
def test_without_one_the_same_fault_is_refused(
    client: Client, address: str, changes: dict[str, Any], named: set[str]
) -> None:
    reply = client.post(address, body(address, WELL, changes))
    assert (reply.status, reply.problem, reply.named) == (400, "bad-request", named)


@TABLE
def test_a_wrong_answer_is_named_together_with_the_fault(
    client: Client, demo: View, address: str, changes: dict[str, Any], named: set[str]
) -> None:
    both = named | {"/answers/duration"}
    reply = client.post(address, body(address, ALARM | {"duration": "long"}, changes))
    assert (reply.status, reply.named) == (200, both)
    refers(reply, demo)
    refused = client.post(address, body(address, WELL | {"duration": "long"}, changes))
    assert (refused.status, refused.named) == (400, both)


@pytest.mark.parametrize("address", [EVALUATE, ADVICE])
def test_a_parameter_that_is_not_known_holds_nothing_back(
    client: Client, demo: View, address: str
) -> None:
    reply = client.post(f"{address}?x=1", body(address, ALARM, {}))
    assert (reply.status, reply.named) == (200, {"x"})
    refers(reply, demo)
    keeps_to("POST", TEMPLATES[address], reply)
    assert client.post(f"{address}?x=1", body(address, WELL, {})).named == {"x"}


@pytest.mark.parametrize("address", [EVALUATE, ADVICE])
def test_too_many_answers_hold_nothing_back(client: Client, demo: View, address: str) -> None:
    many = {f"unheard-of-{number}": True for number in range(300)}
    reply = client.post(address, body(address, many | ALARM, {}))
    assert reply.status == 200
    assert "/answers" in reply.named
    refers(reply, demo)
    refused = client.post(address, body(address, many | WELL, {}))
    assert refused.status == 400
    assert "/answers" in refused.named


@pytest.mark.parametrize("address", [EVALUATE, ADVICE])
@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"answers": [ALARM]}, {"/answers"}),
        ({"answers": ABSENT}, {"/answers"}),
        ({"version": "1"}, {"/version"}),
        ({"version": 0, "extra": 1}, {"/version", "/extra"}),
        ({"version": 7}, {"/version"}),
        ({"version": 7, "extra": 1}, {"/version", "/extra"}),
    ],
)
def test_answers_that_cannot_be_read_or_dated_are_refused(
    client: Client, address: str, changes: dict[str, Any], named: set[str]
) -> None:
    reply = client.post(address, body(address, ALARM, changes))
    assert (reply.status, reply.problem, reply.named) == (400, "bad-request", named)


@pytest.mark.parametrize("slug", ["nothing", "Lage rugpijn", 5, None])
def test_a_screening_that_is_not_there_is_refused_with_the_rest(client: Client, slug: Any) -> None:
    reply = client.post(ADVICE, body(ADVICE, ALARM, {"screening": slug, "extra": 1}))
    assert (reply.status, reply.named) == (400, {"/screening", "/extra"})


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (context(locale="en", exclude=["a b"]), "en"),
        (context(locale="nl-NL"), "nl"),
        ({"context": None}, "nl"),
    ],
)
def test_it_is_in_the_language_asked_for_or_else_in_the_default_one(
    client: Client, asked: dict[str, Any], answered: str
) -> None:
    assert client.post(ADVICE, body(ADVICE, ALARM, asked)).json["locale"] == answered


@pytest.mark.parametrize("missing", [{"snapshot"}, {"snapshot", "timed_items", "constraints"}])
@pytest.mark.parametrize("changes", [{}, context(exclude=["a b"])])
def test_a_referral_needs_nothing_to_advise_from(
    client: Client,
    demo: View,
    monkeypatch: pytest.MonkeyPatch,
    missing: set[str],
    changes: dict[str, Any],
) -> None:
    left = {name: made for name, made in demo.derived.items() if name not in missing}
    monkeypatch.setattr(replica, "_view", replace(demo, derived=left))
    reply = client.post(ADVICE, body(ADVICE, ALARM, changes))
    assert reply.status == 200
    refers(reply, demo)
    keeps_to("POST", ADVICE, reply)
    assert client.post(ADVICE, body(ADVICE, WELL, {})).problem == "advice-away"


def test_malformed_json_cannot_be_read_at_all(client: Client) -> None:
    twice = json.dumps(body(EVALUATE, ALARM, {}))[:-1] + ', "version": 1}'
    assert client.post(EVALUATE, twice.encode()).problem == "malformed-json"


def test_an_unknown_slot_is_told_which_there_are(client: Client, demo: View) -> None:
    reply = client.post(ADVICE, body(ADVICE, WELL, context(limits={"bogus": 3})))
    [error] = reply.json["errors"]
    assert error["pointer"] == "/context/limits/bogus"
    assert [slot for slot in SLOTS if slot not in error["message"]] == []
    assert {row.item["slot"] for row in demo.rows.values() if row.item} <= set(SLOTS)


def test_a_limit_may_be_set_for_every_slot(client: Client) -> None:
    limits = dict.fromkeys(SLOTS, 0)
    reply = client.post(ADVICE, body(ADVICE, WELL, context(limits=limits)))
    assert (reply.status, reply.json["slots"]) == (200, [])
