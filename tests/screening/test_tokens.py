"""Outcome tokens: encrypted, for one hour, bound to the content of the version that was answered.

From the design: refused once that version is withdrawn; keys follow from SECRET_KEY, and an older
key stays good as long as it is in SECRET_KEY_FALLBACKS.
"""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.utils import timezone
from pytest_django import Settings

from cms.published.view import View
from cms.screening import run, tokens
from cms.screening.freeze import freeze, withdraw
from recommender import Complete, Referral, Screening, compile_screening, evaluate
from tests.screening.conftest import Desk

NOW = datetime(2026, 11, 24, 12, 0, 0, 999_999, tzinfo=UTC)
SECRETS = {"NOW": "a" * 50, "BEFORE": "b" * 50, "LONG_AGO": "c" * 50}
ANSWERS: dict[str, Any] = {
    "bladder": False,
    "saddle": False,
    "both_legs": False,
    "fracture_signs": ["none"],
    "duration": {"value": 9, "unit": "weeks"},
    "course": "improving",
    "health": ["blood_thinners"],
    "hindrances": ["bad_sleep"],
    "pregnancy": False,
}
WORSE = ANSWERS | {"course": "worse"}


@pytest.fixture
def view(desk: Desk, definition: dict[str, Any]) -> View:
    """Two versions; what is answered is version 2."""
    freeze(definition)
    freeze(definition | {"version": 2})
    return desk.view()


def sealed(view: View, answers: dict[str, Any], version: int = 2) -> str:
    return made_with(run.screening(view, "lage-rugpijn", timezone.now(), version), answers).token


def made_with(screening: Screening, answers: dict[str, Any]) -> tokens.Sealed:
    result = evaluate(screening, answers)
    assert isinstance(result, Complete)
    return tokens.seal(screening, answers, result, NOW)


@pytest.mark.parametrize("answers", [ANSWERS, WORSE], ids=["an assessment", "a referral"])
def test_a_token_stands_for_the_answers_whatever_they_lead_to(
    view: View, answers: dict[str, Any]
) -> None:
    screening = run.screening(view, "lage-rugpijn", timezone.now(), 2)

    found = tokens.redeem(view, sealed(view, answers), NOW)

    assert found == evaluate(screening, answers)
    assert isinstance(found, Complete)
    assert isinstance(found.outcome, Referral) == (answers == WORSE)


@pytest.mark.parametrize(
    ("after", "good"),
    [
        (timedelta(0), True),
        (timedelta(minutes=59, seconds=59), True),
        (timedelta(hours=1), True),
        (timedelta(hours=1, seconds=1), False),
        (timedelta(days=1), False),
        (-timedelta(minutes=1), True),  # clocks of two servers differ a little
        (-timedelta(minutes=2), False),  # but nobody makes tokens of tomorrow
    ],
)
def test_a_token_is_good_for_one_hour(view: View, after: timedelta, good: bool) -> None:
    token = sealed(view, ANSWERS)

    if good:
        assert tokens.redeem(view, token, NOW + after)
    else:
        with pytest.raises(tokens.BadToken):
            tokens.redeem(view, token, NOW + after)


def test_it_says_when_it_expires(view: View) -> None:
    made = made_with(run.screening(view, "lage-rugpijn", timezone.now(), 2), ANSWERS)

    assert made.expires == datetime(2026, 11, 24, 13, 0, 0, tzinfo=UTC)


def flipped(token: str) -> str:
    raw = bytearray(base64.urlsafe_b64decode(token))
    raw[len(raw) // 2] ^= 1
    return base64.urlsafe_b64encode(raw).decode()


@pytest.mark.parametrize(
    "forge",
    [
        flipped,
        lambda token: token[:-8],
        lambda token: token + token,
        lambda token: "",
        lambda token: "lage-rugpijn@2",
        lambda token: "gAAAAA",
        lambda token: "é" + token,
        lambda token: token.replace(token[20:40], "\x00" * 20),
    ],
)
def test_what_we_did_not_make_is_no_token(view: View, forge: Callable[[str], str]) -> None:
    with pytest.raises(tokens.BadToken):
        tokens.redeem(view, forge(sealed(view, ANSWERS)), NOW)


def test_nothing_of_it_can_be_read_without_the_key(view: View) -> None:
    raw = base64.urlsafe_b64decode(sealed(view, ANSWERS))

    assert not [word for word in (b"blood", b"weeks", b"lage-rugpijn") if word in raw]
    assert sealed(view, ANSWERS) != sealed(view, ANSWERS)


@pytest.mark.parametrize(
    ("case", "secret", "fallbacks", "good"),
    [
        ("the same key", "BEFORE", [], True),
        ("rotated, the older key kept", "NOW", ["BEFORE"], True),
        ("rotated twice", "NOW", ["LONG_AGO", "BEFORE"], True),
        ("rotated, the older key dropped", "NOW", [], False),
        ("another key kept", "NOW", ["LONG_AGO"], False),
    ],
)
def test_keys_rotate(
    view: View, settings: Settings, case: str, secret: str, fallbacks: list[str], good: bool
) -> None:
    settings.SECRET_KEY = SECRETS["BEFORE"]
    token = sealed(view, ANSWERS)
    settings.SECRET_KEY = SECRETS[secret]
    settings.SECRET_KEY_FALLBACKS = [SECRETS[name] for name in fallbacks]

    if good:
        assert tokens.redeem(view, token, NOW), case
    else:
        with pytest.raises(tokens.BadToken):
            tokens.redeem(view, token, NOW)


def test_a_new_token_is_made_with_the_new_key(view: View, settings: Settings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = SECRETS["NOW"], [SECRETS["BEFORE"]]
    token = sealed(view, ANSWERS)

    settings.SECRET_KEY_FALLBACKS = []

    assert tokens.redeem(view, token, NOW)


def test_settings_know_no_older_keys_unless_they_are_given() -> None:
    assert configured.SECRET_KEY_FALLBACKS == []


# --- bound to a version ---------------------------------------------------------------------


def test_a_newer_version_leaves_tokens_of_an_older_one_good(desk: Desk, view: View) -> None:
    token = sealed(view, ANSWERS, version=1)

    found = tokens.redeem(desk.view(), token, NOW)

    assert isinstance(found, Complete)
    assert found.outcome.screening == "lage-rugpijn@1"


def test_a_token_of_other_content_under_the_same_number_is_no_token(
    view: View, definition: dict[str, Any]
) -> None:
    """A database that was set up anew may have another version 2."""
    from_elsewhere = definition | {"version": 2, "title": {"nl": "Iets anders", "en": "Other"}}
    token = made_with(compile_screening(from_elsewhere), ANSWERS).token

    with pytest.raises(tokens.BadToken):
        tokens.redeem(view, token, NOW)


def test_a_token_of_a_version_that_is_not_here_is_no_token(
    view: View, definition: dict[str, Any]
) -> None:
    from_elsewhere = definition | {"version": 9}
    token = made_with(compile_screening(from_elsewhere), ANSWERS).token

    with pytest.raises(tokens.BadToken):
        tokens.redeem(view, token, NOW)


def test_a_token_of_a_withdrawn_version_names_the_successor(desk: Desk, view: View) -> None:
    token = sealed(view, ANSWERS, version=1)
    withdraw("lage-rugpijn", 1, by="noor", why="a mistake in a question")

    with pytest.raises(run.WithdrawnScreening) as refused:
        tokens.redeem(desk.view(), token, NOW)

    assert refused.value.successor == 2


def test_answers_without_influence_are_not_in_it_and_are_still_named(view: View) -> None:
    """The least that is needed: what was answered after a referral was certain stays behind."""
    screening = run.screening(view, "lage-rugpijn", timezone.now(), 2)
    result = evaluate(screening, WORSE)
    assert isinstance(result, Complete)
    assert set(result.unused) == {"hindrances", "pregnancy"}

    claims = tokens.read(sealed(view, WORSE), NOW)

    assert claims.answers.keys() == WORSE.keys() - {"hindrances", "pregnancy"}
    assert tokens.redeem(view, sealed(view, WORSE), NOW).unused == result.unused
