"""What the tests ask a running stack, as its clients would."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request

from tests.recommender import builders
from tests.stack import Stack, Web, http

# A screening of the tests' own: what the example asks is no matter here.
SCREENING = builders.definition(slug="proef")
ANSWERS = builders.FINE


def freeze_screening(made: Stack) -> None:
    definition = Path(made.folder) / "screening.yaml"
    definition.write_text(json.dumps(SCREENING))  # JSON is YAML
    made.manage("freeze_screening", str(definition))


def send(address: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, bytes]:
    """Status and body; (0, b"") when nobody is there. With a body it is a POST."""
    request = Request(address, body, headers)  # noqa: S310 - a server of ours
    try:
        with http.open(request, timeout=20) as answer:
            return answer.status, answer.read()
    except OSError as error:
        return getattr(error, "code", 0), b""


def fetch(address: str, sent: Any = None) -> tuple[int, dict]:
    """The same in JSON; the body only of what succeeds."""
    body = None if sent is None else json.dumps(sent).encode()
    status, answer = send(address, body, {"Content-Type": "application/json"} if body else {})
    return status, json.loads(answer or b"{}")


def shows(web: Web, path: str) -> bool:
    return fetch(f"{web.address}/api/v1/content/nl/{path}")[0] == 200


def advice(web: Web) -> dict:
    """What somebody with low back pain is advised, as much of it as there is."""
    context = {"locale": "nl", "limits": {"articles": 20}}
    wish = {"screening": "proef", "version": 1, "answers": ANSWERS, "context": context}
    _, answer = fetch(f"{web.address}/api/v1/recommendations", wish)
    assert answer.get("type") == "advice", answer
    return answer


def advised(answer: dict) -> Iterable[str]:
    return [item["key"] for slot in answer["slots"] for item in slot["items"]]


def advises(web: Web, key: str) -> bool:
    return key in advised(advice(web))


def finds(web: Web, key: str, engine: str) -> bool:
    _, answer = fetch(f"{web.address}/api/v1/search?q=proef&locale=nl&limit=50")
    assert answer["engine"] == engine, answer
    return key in [hit["card"]["key"] for hit in answer["hits"]]


def mirrors(made: Stack, key: str) -> bool:
    """Whether Elasticsearch itself, asked without us, holds a key as live."""
    environment = made.environment
    index = f"{environment['ELASTICSEARCH_URL']}/{environment['ELASTICSEARCH_PREFIX']}-*"
    query = urlencode({"q": f'key:"{key}" AND live:true'})
    _, answer = fetch(f"{index}/_search?{query}")
    return bool(answer) and answer["hits"]["total"]["value"] > 0


def feeds(web: Web, key: str) -> bool:
    """Whether the feed of a web process, read from zero, says that a key is live."""
    _, answer = fetch(f"{web.address}/api/v1/changes?limit=1000")
    states = {row["key"]: row["state"] for row in answer["rows"]}
    return states.get(key) == "live"
