"""Content before Django answers byte for byte what Django would have answered."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.test import override_settings
from django.utils import timezone

from api import front
from api.application import Application
from tests.api.client import Client, Reply
from tests.published.world import World

PAGE = "/api/v1/content/nl/rug"


@pytest.fixture(autouse=True)
def rug(world: World) -> None:
    world.publish("rug", path="rug", body={"title": "Rug " * 500})


@pytest.fixture(params=[{}, {"HTTPS": True}], ids=["http", "https"])
def application(request: pytest.FixtureRequest) -> Iterator[Application]:
    """With the settings of a laptop, and with those of a server behind a proxy."""
    https = {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_PRELOAD": True,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    }
    with override_settings(**https if request.param else {}):
        yield Application()


def both(application: Application, method: str, address: str, **options: Any) -> list[Reply]:
    fast = Client(application).ask(method, address, **options)
    with mock.patch.object(front.Front, "answer", return_value=None):
        return [fast, Client(application).ask(method, address, **options)]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "DELETE"])
@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        f"{PAGE}/",
        f"{PAGE}?",
        f"{PAGE}?fields=title",
        f"{PAGE}?x=1",
        "/api/v1/content/nl/nothing",
        "/api/v1/content/nl/r%ff",
        "/api/v1/content/nl/r%00",
        "/api/v1/content/",
        "/api/v1/content//rug",
        "/api/v1/content/nl//rug",
        "/api/v1/content/nl%2Frug",
    ],
)
def test_every_address_is_answered_alike(
    application: Application, method: str, address: str
) -> None:
    fast, slow = both(application, method, address)
    assert (fast.status, fast.body) == (slow.status, slow.body)
    assert sorted(fast.headers.items()) == sorted(slow.headers.items())


HEADERS: list[dict[str, str]] = [
    {"Accept-Encoding": "gzip"},
    {"If-None-Match": "*"},
    {"If-None-Match": "*", "Accept-Encoding": "gzip"},
    {"Accept": "text/html"},
    {"Accept": "application/json;q=0"},
    {"Accept": "text/html, */*;q=0.1"},
    {"Host": "evil.example"},
    {"Host": "testserver:8000"},
    {"Host": "a b"},
    {"Cookie": "sessionid=junk"},
    {"Origin": "https://elsewhere.example"},
    {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-Proto": "http, https"},
    {"X-Forwarded-Host": "evil.example"},
    {"Transfer-Encoding": "chunked"},
    {"Range": "bytes=0-10"},
]


@pytest.mark.parametrize("headers", HEADERS, ids=str)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_every_header_is_taken_alike(
    application: Application, headers: dict[str, str], scheme: str
) -> None:
    options: dict[str, Any] = {"headers": headers, "wsgi.url_scheme": scheme}
    fast, slow = both(application, "GET", PAGE, **options)
    assert (fast.status, fast.body) == (slow.status, slow.body)
    assert sorted(fast.headers.items()) == sorted(slow.headers.items())


def test_a_page_that_is_here_never_reaches_django() -> None:
    application = Application()
    with mock.patch.object(application, "public", side_effect=AssertionError("Django was asked")):
        assert Client(application).get(PAGE).status == 200


def test_another_middleware_switches_it_off() -> None:
    """It may add headers that only Django's way would send."""
    security = "django.middleware.security.SecurityMiddleware"
    with override_settings(
        PUBLIC_MIDDLEWARE=[security, "django.middleware.clickjacking.XFrameOptionsMiddleware"]
    ):
        assert Client(Application()).get(PAGE).header("X-Frame-Options") == "SAMEORIGIN"


def test_what_was_kept_ends_with_the_clock_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No row changes and no View is swapped: only time passes."""
    now = timezone.now()
    client = Client(Application())

    def later(seconds: int) -> Reply:
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(seconds=seconds))
        return client.get("/api/v1/content/nl/offer")

    world.publish("offer", path="offer", body={}, valid_until=now + timedelta(hours=2))
    assert "max-age=60," in later(0).header("Cache-Control")
    assert "max-age=60," in later(7000).header("Cache-Control")
    assert later(7150).header("Cache-Control") == "public, max-age=50"
    assert later(7200).status == 404


def test_a_page_that_is_hidden_is_gone_from_what_was_kept(
    application: Application, world: World
) -> None:
    client = Client(application, {"X-Forwarded-Proto": "https"})
    assert client.get(PAGE).status == 200
    world.change("rug", None)
    world.settle()
    assert client.get(PAGE).status == 404
