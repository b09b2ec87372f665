"""manage.py advise: the whole of it in a terminal, from answers as one types them."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from pytest_django import DjangoDbBlocker

from cms.advice.typed import BadAnswers, read_answers
from cms.published.replica import replica
from cms.screening.files import read_yaml
from recommender import compile_screening
from tests.example_database import example_database

# for its order among the tests: before those whose database is emptied after each
pytestmark = pytest.mark.django_db
FOLDER: Path = settings.EXAMPLES_DIR / "lage-rugpijn"
FINE = [
    *("bladder=no", "saddle=no", "both_legs=no", "fracture_signs=none"),
    *("course=same", "pregnancy=no", "health=none"),
]


@pytest.fixture(scope="module")
def example(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The example as `make demo` loads it, in a database of its own."""
    with django_db_blocker.unblock(), example_database():
        replica.reset()
        yield
    replica.reset()


def say(*typed: str, **options: Any) -> str:
    out = StringIO()
    call_command("advise", *typed, stdout=out, **options)
    return out.getvalue()


def told(*typed: str, **options: Any) -> Any:
    return json.loads(say(*typed, json=True, **options))


def titles(shown: Any) -> dict[str, list[str]]:
    return {slot["slot"]: [i["card"]["title"] for i in slot["items"]] for slot in shown["slots"]}


def test_nine_weeks_of_back_pain_and_bad_sleep(example: None) -> None:
    shown = told(*FINE, "duration=9weeks", "hindrances=bad_sleep")

    assert shown["outcome"]["profile"] == 2
    assert shown["outcome"]["factors"] == ["sleep"]
    assert titles(shown)["articles"][0] == "Beter slapen met rugpijn"
    assert titles(shown)["sleep"][0] == "Een matras dat bij je past"
    programme = next(slot for slot in shown["slots"] if slot["slot"] == "exercises")["items"][0]
    assert programme["pinned"]
    slots = [slot["slot"] for slot in shown["slots"]]
    assert slots[:3] == ["articles", "services", "exercises"]


def test_in_the_first_weeks_no_supplement_is_advised(example: None) -> None:
    shown = told(*FINE, "duration=3weeks", "hindrances=none")

    assert shown["outcome"]["profile"] == 1
    assert "supplements" not in titles(shown)
    assert shown["withheld"]["other_profile"] >= 1


@pytest.mark.parametrize(
    ("who", "duration", "course", "says"),
    [
        ("two weeks, no better", "2weeks", "same", {"keep-moving-first"}),
        ("three weeks, getting better", "3weeks", "improving", {"keep-moving-first"}),
        ("three weeks, no better", "3weeks", "same", {"programme-when-recovery-stalls"}),
        ("four weeks, unsure how it goes", "4weeks", "dont_know", set()),
        ("20 weeks, getting better", "20weeks", "improving", {"programme-when-it-lasts"}),
        (
            "20 weeks, no better",
            "20weeks",
            "same",
            {"programme-when-recovery-stalls", "programme-when-it-lasts"},
        ),
    ],
)
def test_each_is_told_only_what_is_true_of_their_course(
    example: None, who: str, duration: str, course: str, says: set[str]
) -> None:
    answers = [*FINE, f"duration={duration}", f"course={course}", "hindrances=none"]
    answers.remove("course=same")
    fired = {name.removeprefix("lage-rugpijn/") for name in told(*answers)["rules"]}
    about_course = {
        "keep-moving-first",
        "programme-when-recovery-stalls",
        "programme-when-it-lasts",
    }

    assert fired & about_course == says, who


def test_a_supplement_is_not_shown_while_the_profile_is_not_known(example: None) -> None:
    shown = told(*FINE, "duration=dont_know", "hindrances=none")

    assert shown["outcome"]["profile"] is None
    assert "supplements" not in titles(shown)


def test_a_supplement_comes_without_health_and_with_the_pharmacist(example: None) -> None:
    shown = told(*FINE, "duration=13weeks", "hindrances=bad_sleep")

    supplement = next(s for s in shown["slots"] if s["slot"] == "supplements")["items"][0]
    assert {reason["source"] for reason in supplement["why"]} == {
        "field:general",
        "field:editor_weight",
    }
    assert supplement["why"][0]["sentence"] == "Dit is algemeen en geen advies voor je rug."
    notice = next(n for n in shown["must_show"] if n["kind"] == "supplement")
    assert "Gebruik je medicijnen? Vraag dan eerst je apotheker." in notice["text"]


def test_a_fracture_is_told_to_have_it_looked_at(example: None) -> None:
    answers = [*FINE, "duration=9weeks", "hindrances=none", "fracture_signs=fracture_osteoporosis"]
    answers.remove("fracture_signs=none")
    shown = told(*answers)

    notice = next(n for n in shown["must_show"] if n["kind"] == "flag")
    assert notice["urgency"] == "appointment"
    assert "afspraak met je huisarts" in notice["text"]
    assert shown["slots"]


@pytest.mark.parametrize(("duration", "there"), [("2weeks", True), ("9weeks", False)])
def test_warmth_is_for_the_first_weeks(example: None, duration: str, there: bool) -> None:
    shown = told(*FINE, f"duration={duration}", "hindrances=none")

    assert ("heat" in titles(shown)) == there


def test_pregnant_people_are_told_to_ask_before_they_take_the_supplement(example: None) -> None:
    answers = [*FINE, "duration=9weeks", "hindrances=none"]
    answers.remove("pregnancy=no")
    shown = told(*answers, "pregnancy=yes")

    supplement = next(s for s in shown["slots"] if s["slot"] == "supplements")["items"][0]
    (caution,) = (c for c in supplement["cautions"] if c["state"] == "present")
    assert caution["constraint"] == "pregnancy"
    assert "verloskundige" in caution["text"]
    assert supplement["claim"]["text"] == "Magnesium draagt bij tot een normale spierwerking"


def test_kidney_disease_keeps_magnesium_away(example: None) -> None:
    answers = [*FINE, "duration=9weeks", "hindrances=none"]
    answers.remove("health=none")
    for health, reason in (
        ("kidney_disease,blood_thinners", "contraindicated"),
        ("dont_know", "constraint_unknown"),
    ):
        shown = told(*answers, f"health={health}")
        assert "Magnesium" not in titles(shown).get("supplements", [])
        assert shown["withheld"][reason] >= 1


def test_a_red_flag_prints_the_number_and_nothing_else(example: None) -> None:
    text = say("saddle=yes")

    assert "emergency (112)" in text
    assert "page:" not in text


def test_not_knowing_about_the_bladder_refers_and_says_that_it_is_not_sure(example: None) -> None:
    shown = told("bladder=dont_know", "saddle=no", "both_legs=no")

    assert shown["type"] == "referral"
    assert shown["outcome"]["certainty"] == "not_sure"


def test_what_is_printed_can_be_read(example: None) -> None:
    text = say(*FINE, "duration=9weeks", "hindrances=bad_sleep")

    assert "delayed_recovery, profile 2" in text
    assert "Beter slapen met rugpijn" in text
    assert "Je slaapt slecht door je rug of je wordt er stijf van wakker." in text
    assert "Withheld:" in text


def test_answers_that_are_not_complete_say_what_is_next(example: None) -> None:
    assert "Next: saddle, both_legs" in say("bladder=no")


@pytest.mark.parametrize(
    ("typed", "options", "says"),
    [
        (["bladder=perhaps", "tail=1"], {}, "(?s)bladder: must be.*tail: is no question"),
        (["bladder"], {}, "key=value"),
        (["bladder=no", "bladder=yes"], {}, "twice"),
        (["{bladder: no"], {}, "no JSON"),
        ([], {"screening": "knie"}, "knie"),
        ([], {"screening": "lage-rugpijn@7"}, "lage-rugpijn@7"),
        ([], {"locale": "fr"}, "en, nl"),
        ([], {"constraint": ["pregnant"]}, "pregnancy"),
    ],
)
def test_what_is_wrong_is_said(
    example: None, typed: list[str], options: dict[str, Any], says: str
) -> None:
    with pytest.raises(CommandError, match=says):
        say(*typed, **options)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (["bladder=ja"], {"bladder": True}),
        (["bladder=no"], {"bladder": False}),
        (["bladder=dont_know"], {"bladder": {"unknown": "dont_know"}}),
        (["duration=rather_not_say"], {"duration": {"unknown": "rather_not_say"}}),
        (["duration=9weeks"], {"duration": {"value": 9, "unit": "weeks"}}),
        (["duration=1.5 months"], {"duration": {"value": 1.5, "unit": "months"}}),
        (["duration=long"], {"duration": "long"}),
        (["course=same"], {"course": "same"}),
        (["health=none"], {"health": ["none"]}),
        (["health=skin_problems,heart_rhythm"], {"health": ["skin_problems", "heart_rhythm"]}),
        (['{"bladder": false}', "saddle=yes"], {"bladder": False, "saddle": True}),
    ],
)
def test_answers_as_they_are_typed(typed: list[str], read: dict[str, Any]) -> None:
    assert read_answers(typed, SCREENING) == read


def test_what_has_no_form_is_refused() -> None:
    with pytest.raises(BadAnswers):
        read_answers(["bladder"], SCREENING)


SCREENING = compile_screening(read_yaml(FOLDER / "screening.yaml"))
