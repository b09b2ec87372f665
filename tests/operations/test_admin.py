"""The admin's pages of publications: who may do what, and that it reaches the readers."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.published import failures, readers
from cms.published.models import EmergencyStop, Failure
from tests.published.world import World, thing


def client_of(name: str, *permissions: str) -> Client:
    user = User.objects.create_user(name, password="a-password")
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=permissions))
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def noor(world: World) -> Client:
    """An editor who may stop things."""
    return client_of("noor", "access_admin", "add_emergencystop")


@pytest.fixture
def piet(world: World) -> Client:
    """An editor who may not."""
    return client_of("piet", "access_admin")


@pytest.fixture(autouse=True)
def a_thing(world: World) -> None:
    world.publish("1", path="1", item={"type": "article"})


def key_page(key: str = "thing:1") -> str:
    return reverse("publication", args=[key])


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_stop_names_who_and_why_and_reaches_the_readers(world: World, noor: Client) -> None:
    noor.post(key_page(), {"why": "recalled by the maker", "until": ""})
    world.settle()

    placed = EmergencyStop.objects.get()
    assert (placed.key, placed.by, placed.why) == ("thing:1", "noor", "recalled by the maker")
    assert world.replica.view().live("thing:1", timezone.now()) is None
    assert "recalled by the maker" in text(noor, key_page())


def test_a_stop_is_lifted_the_same_way(world: World, noor: Client) -> None:
    noor.post(key_page(), {"why": "recall"})
    noor.post(key_page(), {"lift": "yes"})
    world.settle()

    assert EmergencyStop.objects.get().lifted_by == "noor"
    assert world.replica.view().live("thing:1", timezone.now())


@pytest.mark.parametrize("given", [{"why": "recall"}, {"lift": "yes"}])
def test_who_may_not_stop_sees_the_history_and_cannot(piet: Client, given: dict) -> None:
    assert "Stop it now" not in text(piet, key_page())
    response = piet.post(key_page(), given)
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home"))
    assert not EmergencyStop.objects.exists()


@pytest.mark.parametrize(
    "address", ["publications", "publication_find", "publication_retry", "publication"]
)
def test_who_is_not_logged_in_sees_nothing(world: World, address: str) -> None:
    url = key_page() if address == "publication" else reverse(address)
    for response in (Client().get(url), Client().post(url)):
        assert response.status_code in {302, 403}
        assert "thing:1" not in response.content.decode()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"why": ""}, "This field is required"),
        ({"why": "recall", "until": "2020-01-01 12:00"}, "A stop ends in the future"),
        ({"why": "recall", "until": "soon"}, "Enter a valid date/time"),
    ],
)
def test_what_is_wrong_with_a_stop_is_said(noor: Client, given: dict, says: str) -> None:
    response = noor.post(key_page(), given, follow=True, headers={"accept-language": "en"})

    assert response.status_code == 200
    assert says in response.content.decode()
    assert not EmergencyStop.objects.exists()


def test_a_second_stop_is_refused_with_the_reason(noor: Client) -> None:
    noor.post(key_page(), {"why": "recall"})
    response = noor.post(key_page(), {"why": "again"}, follow=True)

    assert "thing:1 is stopped already" in response.content.decode()


def test_a_stop_on_what_never_was_is_refused(noor: Client) -> None:
    response = noor.post(key_page("thing:7"), {"why": "recall"}, follow=True)

    assert "There is no thing:7" in response.content.decode()


def test_a_key_of_no_kind_is_not_found(noor: Client) -> None:
    assert noor.get(key_page("nonsense:1")).status_code == 404
    response = noor.get(reverse("publication_find"), {"key": "nonsense"}, follow=True)
    assert "There is no nonsense. A key looks like" in response.content.decode()


def test_readers_and_failures_are_shown_and_a_failure_is_tried_again(
    world: World, piet: Client
) -> None:
    readers.report("web:somewhere:1", 1, 0)
    world.change("2", ValueError("no heading"))
    world.settle()
    shown = text(piet, reverse("publications"))
    assert "web:somewhere:1" in shown
    assert "ValueError: no heading" in shown
    assert failures.waiting("render")

    world.things["2"] = thing()
    piet.post(reverse("publication_retry"), {"reader": "render", "key": "thing:2"})
    assert not failures.waiting("render")
    world.settle()

    assert not Failure.objects.exists()
    assert world.replica.view().live("thing:2", timezone.now())


def test_the_history_of_a_key_shows_what_advice_knew(world: World, piet: Client) -> None:
    world.publish("1", path="elsewhere", item={"type": "article", "editor_weight": 7})
    shown: Any = text(piet, key_page())

    assert "elsewhere" in shown
    assert "&quot;editor_weight&quot;: 7" in shown
