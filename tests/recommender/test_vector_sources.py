"""The test vectors of the two screenings of low back pain: each says where it comes from.

A vector promises what a screening does for a person with some answers changed. It was reasoned by
hand from a row of the domain brief, so it names that row and says why; and it speaks the language
of the screening: its questions, options, flags, outcomes and terms, and no others.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from tests.recommender.example import load

# Rows of the domain brief, with what each says in short.
SOURCES = {
    "0.3 Open boundaries": "below 6, from 6 up to 12, above 12 weeks: who owns the edges",
    "1.1 KNGF 2013": "no clear increase over three weeks is a delayed recovery",
    "1.1 KNGF 2021": "factors for a complaint that stays; pain intensity, activity limitation",
    "1.1 NHG aspecific low back pain": "think of a specific cause when the course is progressive",
    "1.1 NHG LRS": "surgery is considered at about twelve weeks",
    "1.4 Cauda equina": "any one sign",
    "1.4 Severe or progressive neuro deficit": "any sign, and progressive",
    "1.4 Fracture": "weighted, several together",
    "1.4 Malignancy": "a history alone, or at least two of the others",
    "1.4 Infection": "fever and any risk, or feeling seriously ill",
    "1.4 Axial spondyloarthritis": "gate; four of nine refers, exactly three asks for a test",
    "1.4 Radicular syndrome": "several of four lead to the hernia self-test; no flag by itself",
    "1.4 Age/group gates": "young, a first episode late, pregnancy, after surgery",
    "1.4 Non-spinal": "any",
    "1.4 Evidence on flags": "ask explicitly, people do not volunteer numbness",
    "1.5 Yellow": "beliefs, emotions and behaviour",
    "1.5 Blue": "perception of work",
    "1.6 item 1 Question types": "an exclusive none, limits, unknowns",
    "1.6 item 5 Conditions": "unknown stays unknown",
    "1.6 item 6 Flags": "early stop",
    "1.6 item 7 Branching": "red flags come first",
    "4.4 Magnesium": "medicines and conditions",
    "4.4 Vitamin D": "medicines",
    "4.4 Omega-3": "an allergy to fish",
    "4.4 Massage gun / cushion": "conditions",
    "4.4 Heat wrap / pack": "conditions",
    "4.4 Rule": "an unknown medicine: ask, or do not show",
}


def named(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Questions: the options of a list, of which the last one excludes the others; the options of a
# single choice; the highest number. What is left is a duration and a yes or no.
LISTS = {
    "nerves": named("urine bowel saddle sexual weak_both pain_both none"),
    "leg_strength": named("foot_drop gives_way quickly_worse none"),
    "illness": named("fever very_ill belly_beat urine_pain upper_back none"),
    "events": named("severe_injury minor_injury sudden_pain worse_lying weight_loss none"),
    "history": named(
        "cancer fracture_osteoporosis steroids weak_defence recent_infection needle_drugs"
        " spine_surgery none"
    ),
    "radiation": named(
        "buttock_left buttock_right thigh_left thigh_right calf_left calf_right back_only"
    ),
    "spa_signs": named(
        "wakes_late better_moving nsaid_helps relative joints tendons psoriasis none"
    ),
    "health": named(
        "pregnant breastfeeding blood_thinners kidney_disease heart_rhythm implant"
        " reduced_sensation skin_problems fish_allergy none"
    ),
    "leg_signs": named("tingling cough none"),
    "hindrances": named(
        "bad_sleep stress low_mood fear sitting heavy_work job_strain weight earlier none"
    ),
    "medicines": named(
        "antibiotics bone water_tablets heart_pressure stomach epilepsy vitamin_d other none"
    ),
}
CHOICES = {
    "course": named("improving same worse"),
    "onset": named("under_35 from_35 from_45"),
}
HIGHEST = {"age": 120, "pain_leg": 10, "limits": 10}
UNITS = named("days weeks months years")
UNKNOWNS = ({"unknown": "dont_know"}, {"unknown": "rather_not_say"})

IN_BOTH = named(
    "nerves leg_strength illness events history age duration course radiation health leg_signs"
)
FLAGS_OF_BOTH = named(
    "cauda_equina weak_leg weakness_grows deficit_now fracture fragile_bone malignancy infection"
    " non_spinal young first_after_55 after_surgery pregnancy getting_worse"
)
CONSTRAINTS = named(
    "pregnancy breastfeeding blood_thinners kidney_disease heart_rhythm implant pacemaker"
    " reduced_sensation skin_problems fish_allergy fracture_osteoporosis cancer radicular_signs"
    " quinolones tetracyclines nitrofurantoin bisphosphonates thiazides loop_diuretics"
    " potassium_sparing_diuretics calcium_channel_blockers digoxin proton_pump_inhibitors"
    " anti_epileptics vitamin_d_products iron penicillamine eltrombopag orlistat"
)


@dataclass(frozen=True)
class Words:
    """The language of one screening: what its vectors may speak of.

    `always` and `sometimes` are its questions: the latter are asked when other answers call for it.
    """

    always: frozenset[str]
    sometimes: frozenset[str]
    flags: frozenset[str]
    rows: frozenset[str]
    signals: frozenset[str] = frozenset()
    factors: frozenset[str] = frozenset()

    @property
    def questions(self) -> frozenset[str]:
        return self.always | self.sometimes


BACK = Words(
    always=frozenset({*IN_BOTH, "hindrances"} - {"leg_signs"}),
    sometimes=frozenset(named("first_time onset spa_signs leg_signs medicines")),
    flags=frozenset({*FLAGS_OF_BOTH, "spa_refer", "spa_three"}),
    rows=frozenset(
        named(
            "leg_signs stalled_recovery normal_recovery delayed_recovery long_recovery undetermined"
        )
    ),
    signals=frozenset(named("deviating_course psychosocial_load")),
    factors=frozenset(
        named(
            "sleep stress low_mood fear_of_movement inactivity posture heavy_load job_strain weight"
            " earlier_episodes"
        )
    ),
)
HERNIA = Words(
    always=frozenset({*IN_BOTH, "pain_leg", "limits"}),
    sometimes=frozenset(named("first_time medicines")),
    flags=frozenset(FLAGS_OF_BOTH),
    rows=frozenset(
        named("twelve_weeks hernia_strong hernia_fits some_signs no_signs undetermined")
    ),
)
FILES = {"screening.tests.yaml": BACK, "hernia.tests.yaml": HERNIA}

# A vector may expect these of each status, and has to expect the first ones.
MUST_EXPECT = {
    "in_progress": {"status", "next"},
    "stopped": {"status", "urgency", "certainty", "flags"},
    "complete": {"status"},
}
REFERRED = {"urgency", "certainty", "flags", "unused"}
ASSESSED = {
    *named("outcome profile conditions signals factors flags constraints unknown_constraints"),
    "onward",
    "unused",
}


@dataclass(frozen=True)
class Vector:
    """One vector, with the answers of its person and its own laid over one another."""

    name: str
    raw: Mapping[str, Any]
    answers: Mapping[str, Any]
    expect: Mapping[str, Any]


@cache
def vectors(file: str) -> tuple[Vector, ...]:
    people = load(file)["people"]
    return tuple(vector(raw, people) for raw in load(file)["tests"])


def vector(raw: Mapping[str, Any], people: Mapping[str, Any]) -> Vector:
    base = people[raw["who"]] if "who" in raw else {}
    answers = {**base, **raw.get("answers", {})}
    left = {key: answers[key] for key in answers if key not in raw.get("without", ())}
    return Vector(raw["name"], raw, left, raw["expect"])


def refused(key: str, value: Any) -> bool:
    """Say whether a well-formed answer is still impossible: a contradiction or out of limits."""
    if key in LISTS and isinstance(value, list):
        return len(value) > 1 and LISTS[key][-1] in value
    return key in HIGHEST and isinstance(value, int) and not 0 <= value <= HIGHEST[key]


def well_formed(key: str, value: Any) -> bool:
    if value in UNKNOWNS:
        return True
    if key in LISTS:
        options = set(LISTS[key])
        return isinstance(value, list) and 0 < len(value) == len(set(value) & options)
    if key in CHOICES:
        return value in CHOICES[key]
    if key in HIGHEST:
        return type(value) is int
    if key == "duration":
        return set(value) == {"value", "unit"} and value["unit"] in UNITS
    return key == "first_time" and isinstance(value, bool)


@pytest.mark.parametrize("file", FILES)
def test_a_file_of_vectors_holds_people_and_tests_and_nothing_else(file: str) -> None:
    assert set(load(file)) == {"people", "tests"}


@pytest.mark.parametrize("file", FILES)
def test_there_are_at_least_sixty_vectors_and_no_two_have_one_name(file: str) -> None:
    names = Counter(v.name for v in vectors(file))

    assert len(names) >= 60
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("file", FILES)
def test_every_vector_has_exactly_the_fields_of_a_vector(file: str) -> None:
    must = {"name", "expect", "source", "why"}
    may = must | {"who", "answers", "without", "typical"}
    wrong = [v.name for v in vectors(file) if not (must <= set(v.raw) <= may)]

    assert wrong == []


@pytest.mark.parametrize("file", FILES)
def test_every_vector_names_a_row_of_the_brief(file: str) -> None:
    assert {v.name: v.raw["source"] for v in vectors(file) if v.raw["source"] not in SOURCES} == {}


@pytest.mark.parametrize("file", FILES)
def test_every_vector_says_in_one_sentence_why(file: str) -> None:
    wrong = [
        v.name
        for v in vectors(file)
        if len(v.raw["why"].split()) < 4 or not v.raw["why"].endswith(".") or ". " in v.raw["why"]
    ]

    assert wrong == []


def test_every_row_that_is_named_here_is_the_source_of_a_vector() -> None:
    assert set(SOURCES) == {v.raw["source"] for file in FILES for v in vectors(file)}


@pytest.mark.parametrize("file", FILES)
def test_every_person_answers_all_that_is_always_asked_and_somebody_looks_like_them(
    file: str,
) -> None:
    people = load(file)["people"]
    always = FILES[file].always

    silent = {name for name, answers in people.items() if not always <= set(answers)}

    assert silent == set()
    assert set(people) == {v.raw["who"] for v in vectors(file) if "who" in v.raw}


@pytest.mark.parametrize("file", FILES)
def test_answers_are_options_of_questions_that_the_screening_has(file: str) -> None:
    wrong = [
        (v.name, key)
        for v in vectors(file)
        for key, value in v.answers.items()
        if key not in FILES[file].questions or not well_formed(key, value)
    ]

    assert wrong == []


@pytest.mark.parametrize("file", FILES)
def test_what_is_taken_away_from_a_person_was_there(file: str) -> None:
    people = load(file)["people"]
    wrong = [
        (v.name, key)
        for v in vectors(file)
        for key in v.raw.get("without", ())
        if key not in people[v.raw["who"]]
    ]

    assert wrong == []


@pytest.mark.parametrize("file", FILES)
def test_an_answer_that_contradicts_itself_is_expected_to_be_refused_and_no_other_is(
    file: str,
) -> None:
    impossible = {v.name: [k for k, a in v.answers.items() if refused(k, a)] for v in vectors(file)}

    assert {v.name: v.expect.get("errors", []) for v in vectors(file)} == impossible


@pytest.mark.parametrize("file", FILES)
def test_every_vector_expects_a_status_and_what_that_status_can_show(file: str) -> None:
    for v in vectors(file):
        found = set(v.expect)
        status = v.expect["status"]
        shown = REFERRED if "urgency" in found else ASSESSED
        may = {"next", "unused"} if status == "in_progress" else shown

        assert MUST_EXPECT[status] <= found, v.name
        assert found - {"status", "errors"} <= may, v.name
        assert len(found) > 1, v.name


@pytest.mark.parametrize("file", FILES)
def test_expectations_speak_of_what_the_screening_has(file: str) -> None:
    words = FILES[file]
    known = {
        "flags": words.flags,
        "constraints": set(CONSTRAINTS),
        "unknown_constraints": set(CONSTRAINTS),
        "signals": words.signals,
        "factors": words.factors,
        "conditions": {"lage-rugpijn", "hernia"},
        "next": words.questions,
        "unused": words.questions,
        "errors": words.questions,
        "outcome": words.rows,
        "profile": {1, 2, 3, None},
        "onward": {"hernia"},
        "urgency": {"emergency_now", "within_24_hours", "appointment"},
        "certainty": {"sure", "not_sure"},
        "status": set(MUST_EXPECT),
    }
    wrong = [
        (v.name, field)
        for v in vectors(file)
        for field, value in v.expect.items()
        if not (set(value) if isinstance(value, list) else {value}) <= known[field]
    ]

    assert wrong == []


@pytest.mark.parametrize("file", FILES)
def test_only_a_given_answer_is_unused_and_only_a_missing_or_refused_one_is_asked(
    file: str,
) -> None:
    wrong = [
        v.name
        for v in vectors(file)
        if not set(v.expect.get("unused", ())) <= set(v.answers)
        or set(v.expect.get("next", ())) & set(v.answers) - set(v.expect.get("errors", ()))
    ]

    assert wrong == []


@pytest.mark.parametrize("file", FILES)
def test_whoever_is_told_an_outcome_has_answered_all_that_is_always_asked(file: str) -> None:
    words = FILES[file]
    wrong = [
        v.name
        for v in vectors(file)
        if v.expect["status"] == "complete" and not words.always <= set(v.answers)
    ]

    assert wrong == []


@pytest.mark.parametrize("file", FILES)
def test_every_flag_and_every_row_is_expected_by_a_vector(file: str) -> None:
    flags = {flag for v in vectors(file) for flag in v.expect.get("flags", ())}
    rows = {v.expect["outcome"] for v in vectors(file) if "outcome" in v.expect}

    assert flags == FILES[file].flags
    assert rows == FILES[file].rows


@pytest.mark.parametrize("file", FILES)
def test_one_vector_is_the_typical_path(file: str) -> None:
    assert [v.raw["typical"] for v in vectors(file) if "typical" in v.raw] == [True]
