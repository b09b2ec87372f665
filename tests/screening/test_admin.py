"""The admin's pages of screenings: which versions there are, and who may withdraw one and how."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.screening import run
from cms.screening.freeze import freeze
from cms.screening.models import FrozenVersion, Withdrawal
from tests.screening.conftest import Desk

LIST = "/admin/screenings/"


def client_of(name: str, *permissions: str) -> Client:
    user = User.objects.create_user(name, password="a-password")
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=permissions))
    user.groups.add(group)
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def noor(desk: Desk) -> Client:
    """An editor who may withdraw."""
    return client_of("noor", "access_admin", "add_withdrawal")


@pytest.fixture
def piet(desk: Desk) -> Client:
    """An editor who may not."""
    return client_of("piet", "access_admin")


@pytest.fixture(autouse=True)
def two_versions(desk: Desk, definition: dict[str, Any]) -> None:
    freeze(definition)
    freeze(definition | {"version": 2})
    desk.view()


def page(version: int) -> str:
    return reverse("screening_withdraw", args=["lage-rugpijn", version])


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_menu_leads_to_every_version_with_its_hash_and_state(noor: Client) -> None:
    assert LIST in text(noor, "/admin/")
    shown = text(noor, LIST)
    for version in FrozenVersion.objects.all():
        assert version.name in shown
        assert version.hash[:12] in shown
    assert shown.count("In use") == 1
    assert shown.count("Superseded") == 1
    assert shown.index("lage-rugpijn@2") < shown.index("In use") < shown.index("Superseded")


def test_withdrawing_keeps_who_when_and_why_and_names_the_successor(
    noor: Client, desk: Desk
) -> None:
    assert "lage-rugpijn@2" in text(noor, page(1))
    before = timezone.now()

    response = noor.post(page(1), {"why": "a mistake in a question"})

    assert (response.status_code, response["Location"]) == (302, LIST)
    kept = Withdrawal.objects.get()
    assert (kept.version.name, kept.by, kept.why) == (
        "lage-rugpijn@1",
        "noor",
        "a mistake in a question",
    )
    assert before <= kept.at <= timezone.now()
    assert "noor: a mistake in a question" in text(noor, LIST)
    with pytest.raises(run.WithdrawnScreening) as refused:
        run.evaluate(desk.view(), "lage-rugpijn", {}, timezone.now(), 1)
    assert refused.value.successor == 2


def test_the_last_usable_version_is_withdrawn_with_a_warning(noor: Client) -> None:
    noor.post(page(1), {"why": "a mistake"})

    assert "cannot do this screening any more" in text(noor, page(2))


def test_without_a_reason_nothing_happens_and_the_field_says_so(noor: Client) -> None:
    response = noor.post(page(1), {"why": " "})

    assert response.status_code == 200
    assert b"This field is required" in response.content
    assert not Withdrawal.objects.exists()


def test_a_second_time_says_that_it_was_done_already(noor: Client) -> None:
    noor.post(page(1), {"why": "a mistake"})
    assert "Withdraw it now" not in text(noor, page(1))

    noor.post(page(1), {"why": "again"})

    assert "withdrawn already" in text(noor, LIST)
    assert Withdrawal.objects.get().why == "a mistake"


def test_who_may_not_withdraw_sees_the_versions_and_no_button(piet: Client) -> None:
    shown = text(piet, LIST)
    assert "lage-rugpijn@2" in shown
    assert page(2) not in shown

    for response in (piet.get(page(2)), piet.post(page(2), {"why": "a mistake"})):
        assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home"))
    assert not Withdrawal.objects.exists()


def test_a_visitor_is_sent_to_the_login(db: None) -> None:
    response = Client().get(LIST)

    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/admin/login/")


def test_what_does_not_exist_is_not_found(noor: Client) -> None:
    assert noor.get(reverse("screening_withdraw", args=["knie", 1])).status_code == 404


def test_the_right_to_withdraw_can_be_given_to_a_group(admin_client: Client) -> None:
    shown = admin_client.get(reverse("wagtailusers_groups:add")).content.decode()
    permission = Permission.objects.get(codename="add_withdrawal")

    assert f'value="{permission.pk}"' in shown
