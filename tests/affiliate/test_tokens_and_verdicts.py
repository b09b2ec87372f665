"""What a token says, and what a request says of who clicked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from cms.affiliate import tokens
from cms.affiliate.judge import verdict
from cms.affiliate.tokens import PLACEMENTS, Read

CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/138.0.0.0 Mobile Safari/537.36"
)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    tokens.read.cache_clear()


@given(st.integers(1, 10**18 - 1), st.sampled_from(PLACEMENTS))
def test_a_token_says_which_link_and_where_it_stood(link: int, placement: str) -> None:
    assert tokens.read(tokens.make(link, placement)) == Read(link, placement, signed=True)


def test_a_token_holds_nothing_else() -> None:
    said, _, signature = tokens.make(12, "advice").partition(":")
    assert said == "12.advice"
    assert len(signature) == 43  # sha256


def test_where_a_link_can_stand_is_a_closed_list() -> None:
    assert PLACEMENTS == ("advice", "condition", "product")
    made = tokens.make(12, "newsletter")
    assert tokens.read(made) == Read(12, "unknown", signed=True)


@pytest.mark.parametrize(
    "token",
    [
        "12.advice:forged",
        "12.advice:",
        "12.advice",
        "12.",
        "12",
        "12:x",
        f"{tokens.make(12, 'advice')[:-1]}",
        f"{tokens.make(12, 'advice')}x",
        tokens.make(12, "advice").replace("advice", "product"),
        tokens.make(13, "advice").replace("13.", "12."),
    ],
)
def test_a_bad_signature_costs_the_placement_and_not_the_way(token: str) -> None:
    assert tokens.read(token) == Read(12, "unknown", signed=False)


def test_an_old_key_still_signs_while_it_is_a_fallback(settings: Settings) -> None:
    old = tokens.make(12, "advice")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-" * 5
    assert tokens.read(old) == Read(12, "advice", signed=True)
    settings.SECRET_KEY_FALLBACKS = []
    tokens.read.cache_clear()
    assert tokens.read(old) == Read(12, "unknown", signed=False)


@pytest.mark.parametrize(
    "token", ["", "x", "advice.12", "012", "0", "-1", "+1", "1e3", "٣", "12x", " 12", "9" * 19]
)
def test_without_a_link_that_can_be_read_there_is_nothing(token: str) -> None:
    assert tokens.read(token) is None


@given(st.text(max_size=300))
def test_no_token_is_a_fault(token: str) -> None:
    read = tokens.read(token)
    assert read is None or read.link > 0


# --- who clicked ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (CHROME, ""),
        (FIREFOX, ""),
        ("Mozilla/5.0 (Linux; Android 9; CUBOT_NOTE_S) AppleWebKit/537.36 Chrome/138", ""),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "bot"),
        ("Mozilla/5.0 (compatible; YandexBot/3.0)", "bot"),
        ("facebookexternalhit/1.1", "bot"),
        ("WhatsApp/2.23", "bot"),
        ("Mozilla/5.0 (X11) AppleWebKit/537.36 HeadlessChrome/138.0", "bot"),
        ("curl/8.5.0", "bot"),
        ("python-requests/2.32", "bot"),
        ("W3C_Validator/1.3", "bot"),
        ("", "bot"),
        ("   ", "bot"),
    ],
)
def test_a_program_names_itself_and_every_browser_says_something(
    user_agent: str, expected: str
) -> None:
    assert verdict(user_agent, "") == expected


@pytest.mark.parametrize(
    ("purposes", "expected"),
    [
        ("prefetch", "prefetch"),
        ("prefetch;prerender", "prefetch"),
        ("prefetch;anonymous-client-ip", "prefetch"),
        ("Preview", "prefetch"),
        ("navigation", ""),
        ("", ""),
    ],
)
def test_a_browser_says_when_nobody_has_clicked_yet(purposes: str, expected: str) -> None:
    assert verdict(CHROME, purposes) == expected


def test_what_is_fetched_ahead_by_a_bot_is_fetched_ahead() -> None:
    assert verdict("SomeBot/1", "prefetch") == "prefetch"


@given(st.text(max_size=700), st.text(max_size=50))
def test_there_is_a_verdict_on_everything(user_agent: str, purposes: str) -> None:
    assert verdict(user_agent, purposes) in {"", "bot", "prefetch"}
