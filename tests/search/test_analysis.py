"""What becomes of words before they are indexed or looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis, words

# Forms that somebody who looks for one of them also means.
ONE_WORD_IN_DUTCH = [
    "rug ruggen",
    "klacht klachten",
    "oefening oefeningen oefenen oefent geoefend",
    "bewegen beweging bewegingen beweegt bewogen",
    "tillen tilt getild",
    "zitten zit gezeten",
    "slapen slaapt slaap geslapen",
    "herstel herstellen herstelt hersteld",
    "behandeling behandelingen behandelen behandeld",
    "zwanger zwangere zwangerschap zwangerschappen",
    "knie knieën KNIEEN",
    "gewricht gewrichten gewrichts",
    "probleem problemen",
    "kussen kussens",
    "bekken bekkens",
    "pols polsen",
    "kwaliteit kwaliteiten",
    "lage laag",
    "zwaar zware",
    "warm warme warmte",
    "gezond gezonde gezondheid",
    "uitstraling uitstralende straalt",
    "fietsen fiets fietst",
    "voelt voelen",
    "stijf stijfheid",
    "duizelig duizeligheid",
    "wandelen wandeling wandelingen",
    "matras matrassen",
    "spier spieren",
    "been benen",
    "tinteling tintelingen tintelen",
    "hernia hernia's",
    "risico risico’s",
    "medicijn medicijnen",
    "reuma réuma",
]
# Words that only look alike.
DIFFERENT_IN_DUTCH = [
    "kussen kus",
    "bekken bek",
    "kwaliteit kwaal",
    "gezond zon",
    "pols pol",
    "lever leveren",
    "hoofd hoeven",
    "been ben",
    "rug rugpijn",
    "arts huisarts",
]


def stems_of(forms: str) -> set[str]:
    return {stem for form in forms.split() for stem in analysis.stems(form, "nl")}


@pytest.mark.parametrize("forms", ONE_WORD_IN_DUTCH)
def test_forms_of_one_dutch_word_have_one_stem(forms: str) -> None:
    assert len(stems_of(forms)) == 1


@pytest.mark.parametrize("pair", DIFFERENT_IN_DUTCH)
def test_different_dutch_words_keep_different_stems(pair: str) -> None:
    one, other = pair.split()
    assert analysis.stems(one, "nl") != analysis.stems(other, "nl")


@pytest.mark.parametrize(
    ("text", "locale", "expect"),
    [
        ("Wat kan ik doen tegen de pijn?", "nl", ["pijn"]),
        ("'s nachts, zo'n pijn", "nl", ["nachts", "pijn"]),
        ("vitamine D en B12", "nl", ["vitamine", "d", "b12"]),
        ("rechts in het been", "nl", ["rechts", "been"]),
        ("long-covid/griep", "nl", ["long", "covid", "griep"]),
        ("rug\u00adpijn", "nl", ["rugpijn"]),  # a soft hyphen only says where to break a line
        ("my backs don't hurt", "en", ["back", "hurt"]),
        ("The patient's exercises", "en", ["patient", "exercis"]),
        ("Die Rückenschmerzen", "de", ["die", "ruckenschmerzen"]),  # not known: only folded
        ("Het herstel", "nl-BE", ["herstel"]),
        ("de het een", "nl", []),
        ("", "nl", []),
        ("\0 \ud800 😀 👩\u200d👧 … _ --", "nl", []),
    ],
)
def test_texts_become_stems(text: str, locale: str, expect: list[str]) -> None:
    assert analysis.stems(text, locale) == expect


def test_a_word_without_end_is_cut() -> None:
    assert analysis.stems("x" * 10_000, "nl") == ["x" * analysis.LONGEST]


def test_a_scored_field_is_never_empty_and_no_text_can_hold_what_closes_it() -> None:
    assert analysis.field("", "nl") == analysis.SENTINEL
    assert analysis.SENTINEL not in analysis.stems("_ __ a_b", "nl")


@given(st.text(), st.sampled_from(["nl", "en", "de", ""]))
def test_a_field_splits_at_spaces_into_the_stems_it_was_made_of(text: str, locale: str) -> None:
    field = analysis.field(text, locale)
    assert field.split() == field.split(" ") == [*analysis.stems(text, locale), "_"]
    field.encode()  # no half surrogate pairs: it can be sent


@given(st.text(), st.sampled_from(["nl", "en"]))
def test_case_and_accents_make_no_difference(text: str, locale: str) -> None:
    assert analysis.fold(analysis.fold(text)) == analysis.fold(text)
    assert analysis.stems(analysis.fold(text), locale) == analysis.stems(text, locale)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_curated_words_are_written_as_folding_leaves_them(language: str) -> None:
    forms = [form for line in words.FORMS[language].values() for form in line.split()]
    listed = [*words.STOP_WORDS[language].split(), *forms]
    assert listed == [analysis.fold(word) for word in listed]
    assert len(forms) == len(set(forms)), "a form belongs to one stem"
    assert not analysis.STOP_WORDS[language] & set(forms), "a stop word needs no stem"
