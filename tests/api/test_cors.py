"""Scripts of other origins may read the API: those of CORS_ORIGINS and no others."""

from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.test import override_settings

from api import front
from api.application import Application
from tests.api.client import Client, Reply
from tests.published.world import World

SITE, STRANGER = "https://www.example.org", "https://elsewhere.example"
PAGE = "/api/v1/content/nl/rug"
CORS = "corsheaders.middleware.CorsMiddleware"


@pytest.fixture(autouse=True)
def rug(world: World) -> None:
    world.publish("rug", path="rug", body={"title": "Rug"})


@pytest.fixture(params=[[SITE], ["*"]], ids=["named", "every"])
def origins(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    every = request.param == ["*"]
    with override_settings(
        PUBLIC_MIDDLEWARE=[CORS, *settings.PUBLIC_MIDDLEWARE],
        CORS_ALLOW_ALL_ORIGINS=every,
        CORS_ALLOWED_ORIGINS=[] if every else request.param,
    ):
        yield request.param


def asked(method: str, address: str, origin: str, **headers: str) -> Reply:
    return Client(Application()).ask(method, address, headers={"Origin": origin, **headers})


def test_without_origins_nobody_is_told_anything() -> None:
    reply = asked("GET", PAGE, SITE)
    assert reply.headers["Access-Control-Allow-Origin"] is None
    assert reply.header("Vary") == "Accept-Encoding"


def test_the_front_end_reads_a_page_with_its_etag(origins: list[str]) -> None:
    reply = asked("GET", PAGE, SITE)
    assert reply.header("Access-Control-Allow-Origin") in {SITE, "*"}
    assert reply.header("Access-Control-Expose-Headers") == "ETag, Retry-After"


@pytest.mark.parametrize("origins", [[SITE]], indirect=True)
@pytest.mark.parametrize(
    "address", [PAGE, "/api/v1/changes", "/api/v1/content/nl/none", "/api/nothing"]
)
def test_a_stranger_is_not_told_to_read(origins: list[str], address: str) -> None:
    assert asked("GET", address, STRANGER).headers["Access-Control-Allow-Origin"] is None


@pytest.mark.parametrize("address", ["/api/v1/content/nl/none", "/api/v1/changes?x=1"])
def test_a_refusal_can_be_read_as_well(origins: list[str], address: str) -> None:
    reply = asked("GET", address, SITE)
    assert reply.problem in {"not-found", "bad-request"}
    assert reply.header("Access-Control-Allow-Origin") in {SITE, "*"}


def test_a_question_before_a_post_is_answered_and_kept_for_a_day(origins: list[str]) -> None:
    wanted = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    reply = asked("OPTIONS", "/api/v1/screenings/lage-rugpijn/evaluate", SITE, **wanted)
    assert reply.status == 200
    assert reply.header("Access-Control-Max-Age") == "86400"
    assert "POST" in reply.header("Access-Control-Allow-Methods")
    assert "content-type" in reply.header("Access-Control-Allow-Headers")


def test_nobody_is_let_in_with_a_cookie(origins: list[str]) -> None:
    assert asked("GET", PAGE, SITE).headers["Access-Control-Allow-Credentials"] is None


SENT: list[dict[str, str]] = [
    {},
    {"Origin": SITE},
    {"Origin": STRANGER},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://["},
    {"Origin": f"{SITE}/page"},
    {"Origin": SITE.upper()},
    {"Origin": SITE, "If-None-Match": "*"},
    {"Origin": SITE, "Accept-Encoding": "gzip"},
]


@pytest.mark.parametrize("headers", SENT, ids=str)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("address", [PAGE, f"{PAGE}?fields=title", "/api/v1/content/nl/none"])
def test_content_before_django_answers_every_origin_alike(
    origins: list[str], headers: dict[str, str], method: str, address: str
) -> None:
    def reply(application: Application) -> tuple[Any, ...]:
        made = Client(application).ask(method, address, headers=headers)
        return made.status, made.body, sorted(made.headers.items())

    fast = reply(Application())
    with mock.patch.object(front.Front, "answer", return_value=None):
        assert fast == reply(Application())


def test_the_front_end_never_reaches_django_for_a_page(origins: list[str]) -> None:
    application = Application()
    with mock.patch.object(application, "public", side_effect=AssertionError("Django was asked")):
        assert Client(application).get(PAGE, headers={"Origin": SITE}).status == 200
