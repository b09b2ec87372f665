"""A visit whose answers can be recognised anywhere, for the tests that look where they were left.

The screening has a legal option whose key is found nowhere else.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings as configured

from cms.screening.files import read_yaml
from tests.api.client import Reply

CANARY = "kanarie-5b1e9c07"
FOLDER: Path = configured.EXAMPLES_DIR / "lage-rugpijn"
EVALUATE = "/api/v1/screenings/lage-rugpijn/evaluate"
ADVICE = "/api/v1/recommendations"
DEFAULTS = "/api/v1/conditions/lage-rugpijn/recommendations"
SEARCH = "/api/v1/search"
DUTCH = {"context": {"locale": "nl"}}
SAID: dict[str, Any] = {
    "bladder": False,
    "saddle": False,
    "both_legs": False,
    "fracture_signs": ["none"],
    "duration": {"value": 9, "unit": "weeks"},
    "course": CANARY,
    "health": ["none"],
    "hindrances": ["bad_sleep"],
    "pregnancy": False,
}
NOT_A_DURATION = SAID | {"duration": "long"}


class Asks(Protocol):
    def get(self, address: str) -> Reply: ...

    def post(self, address: str, document: Any) -> Reply: ...


@dataclass(frozen=True)
class Visit:
    """What a visitor was told: the token, the advice, and every refusal on the way."""

    token: str
    advice: Any
    refused: list[Reply]


def with_a_canary() -> dict[str, Any]:
    definition: dict[str, Any] = read_yaml(FOLDER / "screening.yaml")
    course = next(asked for asked in definition["questions"] if asked["key"] == "course")
    course["options"].append(
        {"key": CANARY, "label": {"nl": f"Anders ({CANARY})", "en": f"Other ({CANARY})"}}
    )
    # It counts: like the answer that nothing changes.
    definition["facts"]["no_progress"]["all"][1]["in"].append(CANARY)
    return definition


def visit(client: Asks) -> Visit:
    """Everything a visitor does with this answer."""
    whole = {"screening": "lage-rugpijn", "version": 3, "answers": SAID}
    done = client.post(EVALUATE, {"version": 3, "answers": SAID})
    assert (done.status, done.json.get("status")) == (200, "complete"), done.body
    assert CANARY in done.body.decode()  # the answer did count: the visitor is told so
    token = done.json["outcome_token"]
    by_answers = client.post(ADVICE, whole | DUTCH)
    by_token = client.post(ADVICE, {"token": token} | DUTCH)
    assert (by_answers.status, by_token.body) == (200, by_answers.body)
    assert by_token.json["slots"]
    for question in ("slapen+met+rugpijn", CANARY):
        assert client.get(f"{SEARCH}?q={question}").status == 200
    assert client.get(DEFAULTS).status == 200
    refused = [
        client.post(EVALUATE, {"version": 3, "answers": NOT_A_DURATION}),
        client.post(EVALUATE, {"version": 7, "answers": SAID}),
        client.post(EVALUATE, {"version": 3, "answers": SAID, "extra": CANARY}),
        client.post(ADVICE, whole | {"answers": NOT_A_DURATION} | DUTCH),
        client.post(ADVICE, whole | {"context": {"locale": CANARY}}),
        client.post(ADVICE, whole | {"screening": CANARY} | DUTCH),
        client.post(ADVICE, {"token": CANARY} | DUTCH),
        client.post(ADVICE, whole | {"token": token} | DUTCH),
        client.post(EVALUATE, f'{{"answers": {{"course": "{CANARY}"'.encode()),
        client.get(f"{DEFAULTS}?answers={CANARY}"),
    ]
    assert {reply.status for reply in refused} == {400}
    return Visit(token, by_token.json, refused)
