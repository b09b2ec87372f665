"""What an editor is answered while the database is away: try again, not that the program broke."""

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from cms import urls as product


def fails(request: HttpRequest) -> HttpResponse:
    raise OperationalError("no route to host")


def closed(request: HttpRequest) -> HttpResponse:
    raise InterfaceError("the connection is closed")


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("a fault of ours")


urlpatterns = [
    path("admin/fails/", fails),
    path("admin/closed/", closed),
    path("admin/broken/", broken),
    *product.urlpatterns,
]


@pytest.fixture
def editor(db: None) -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("address", "status"), [("fails", 503), ("closed", 503), ("broken", 500)])
def test_only_a_database_that_is_away_is_answered_with_503(
    editor: Client, method: str, address: str, status: int
) -> None:
    response = getattr(editor, method)(f"/admin/{address}/")

    assert response.status_code == status
    assert response.get("Retry-After") == ("5" if status == 503 else None)
    assert b"no route" not in response.content
