"""One entry: which stack of middleware a request takes."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import override_settings

from api.application import Application, PublicHandler
from tests.api.client import Client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"), [("/admin/login/", 200), ("/", 302), ("/apiary", 404)]
)
def test_the_admin_has_sessions_and_languages(client: Client, address: str, status: int) -> None:
    reply = client.get(address)
    assert reply.status == status
    assert "Accept-Language" in reply.header("Vary")


@pytest.mark.parametrize(
    "address", ["/api/v1/changes", "/api", "/api/x", "/go/x", "/go", "/health", "/health/live"]
)
def test_the_api_has_neither(client: Client, empty: None, address: str) -> None:
    reply = client.get(address, headers={"Cookie": "sessionid=junk", "Accept-Language": "en"})
    assert "Vary" not in reply.headers
    assert "Set-Cookie" not in reply.headers
    assert "Content-Language" not in reply.headers


@pytest.mark.parametrize("address", ["/admin/", "/api/v1/content/nl/x/../../../../admin/"])
def test_the_short_stack_has_no_way_into_the_admin(address: str) -> None:
    reply = Client(PublicHandler()).get(address)
    assert (reply.status, reply.problem) == (404, "not-found") or reply.status == 503


class Hooked:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def process_view(self, *args: object) -> None:
        return None


def test_a_middleware_that_would_not_be_called_is_refused() -> None:
    with (
        override_settings(PUBLIC_MIDDLEWARE=[f"{__name__}.Hooked"]),
        pytest.raises(ImproperlyConfigured, match="process_view"),
    ):
        Application()
