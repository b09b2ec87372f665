"""Rules as rows: from rows to a rule set and back, and what keeps rows from being published."""

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.advice.editing import preview, rows
from cms.advice.editing.definition import definition, rule, same_rules
from cms.advice.editing.problems import problems
from cms.advice.editing.rows import NotPlain
from cms.advice.editing.words import said
from cms.advice.models import DraftRule, RulesDraft
from cms.screening.files import read_yaml
from recommender import compile_rules
from tests.content import builders as content
from tests.recommender import builders

FILE = settings.EXAMPLES_DIR / "lage-rugpijn" / "rules.yaml"


def row(**said: Any) -> DraftRule:
    """A rule that is right; every test changes only what it is about."""
    fine = {
        "key": "sleep-first",
        "effect": "boost",
        "points": 150,
        "factors": ["sleep"],
        "select_factor": "sleep",
        "because_nl": "Wie beter slaapt, herstelt makkelijker.",
        "citation": "KNGF, 2021",
    }
    return DraftRule(**fine | said)


def draft(**said: Any) -> RulesDraft:
    fine = {"title": "Rug", "slug": "rug", "locales": ["nl"], "notice_nl": "Een voorbeeld."}
    return RulesDraft(**fine | said)


def wrong(*given: DraftRule, **of_draft: Any) -> dict[tuple[int | None, str], str]:
    with translation.override("en"):
        found = problems(draft(**of_draft), list(given))
    return {(problem.row, problem.field): problem.message for problem in found}


# --- from rows to a definition, and back ---------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "when"),
    [
        ({"factors": []}, None),
        ({"factors": ["sleep"]}, {"fact": "factors", "is": "sleep"}),
        ({"factors": [], "profiles": [3]}, {"fact": "profile", "is": 3}),
        ({"factors": [], "profiles": [2, 3]}, {"fact": "profile", "in": [2, 3]}),
        (
            {"factors": [], "without_signals": ["deviating_course"]},
            {"not": {"fact": "signals", "is": "deviating_course"}},
        ),
        (
            {"condition": "lage-rugpijn", "constraints": ["pregnancy"]},
            {
                "all": [
                    {"fact": "conditions", "is": "lage-rugpijn"},
                    {"fact": "factors", "is": "sleep"},
                    {"fact": "constraints", "is": "pregnancy"},
                ]
            },
        ),
    ],
)
def test_all_that_a_row_gives_has_to_hold(columns: dict[str, Any], when: Any) -> None:
    assert rule(row(**columns), ["nl"]).get("when") == when


@pytest.mark.parametrize(
    ("columns", "select"),
    [
        ({"select_factor": "", "select_type": "article"}, {"type": "article"}),
        (
            {"select_slot": "sleep", "select_paid": "yes"},
            {"slot": "sleep", "factor": "sleep", "paid": True},
        ),
        ({"select_factor": "", "select_paid": "no"}, {"paid": False}),
        (
            {"select_factor": "", "select_condition": "lage-rugpijn", "select_phase": "acute"},
            {"condition": "lage-rugpijn", "phase": "acute"},
        ),
    ],
)
def test_all_that_a_row_selects_by_has_to_fit(columns: dict[str, Any], select: Any) -> None:
    assert rule(row(**columns), ["nl"])["select"] == select


def test_a_row_that_is_switched_off_is_in_no_rule_set() -> None:
    made = definition(draft(), [row(), row(key="later", active=False)], 7)

    assert made["version"] == 7
    assert [each["key"] for each in made["rules"]] == ["sleep-first"]


def test_the_example_comes_back_from_its_rows_unchanged() -> None:
    found = read_yaml(FILE)
    made = [DraftRule(**rows.columns(each)) for each in found["rules"]]
    notices = {f"notice_{locale}": said for locale, said in found["notice"].items()}
    desk = draft(slug=found["slug"], locales=found["locales"], **notices)
    back = definition(desk, made, found["version"])

    assert back == found


keys = st.sampled_from(["sleep", "stress", "pregnancy", "deviating_course"])
sets = st.lists(keys, unique=True, max_size=2).map(sorted)


@given(
    st.builds(
        row,
        condition=st.sampled_from(["", "lage-rugpijn"]),
        profiles=st.lists(st.integers(1, 3), unique=True).map(sorted),
        **dict.fromkeys(("factors", "signals", "constraints"), sets),
        **dict.fromkeys(("without_factors", "without_signals", "without_constraints"), sets),
        select_type=st.sampled_from(["", "article"]),
        select_slot=st.sampled_from(["", "sleep"]),
        select_paid=st.sampled_from(["", "yes", "no"]),
    )
)
def test_whatever_a_row_says_survives_its_definition(before: DraftRule) -> None:
    found = rule(before, ["nl"])
    compile_rules(definition(draft(), [before], 1))

    assert rule(DraftRule(**rows.columns(found)), ["nl"]) == found


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"when": {"any": [{"fact": "profile", "is": 1}]}}, "another way than all"),
        ({"when": {"fact": "placement", "is": "screening"}}, "the form has no field"),
        ({"when": {"fact": "profile", "between": {"at_least": 2}}}, "the form has no field"),
        ({"when": {"not": {"fact": "profile", "is": 1}}}, "the form has no field"),
        ({"when": {"fact": "factors", "in": ["sleep", "stress"]}}, "the form has no field"),
        ({"select": {"items": ["a", "b"]}}, "more than one item"),
        ({"select": {"items": ["a"]}}, "no page here"),
    ],
)
def test_what_a_row_cannot_hold_is_said_and_never_dropped(
    changes: dict[str, Any], says: str
) -> None:
    found = builders.rule("first", "pin", {"slot": "sleep"}) | changes
    with pytest.raises(NotPlain, match=f"rule first: .*{says}"):
        rows.columns(found)


@pytest.mark.django_db
def test_a_row_names_an_item_by_what_its_translations_share() -> None:
    page = content.tree().article
    found = rule(row(select_factor="", item=page), ["nl"])

    assert found["select"] == {"items": [str(page.translation_key)]}
    assert rows.columns(found)["item"].pk == page.pk
    with pytest.raises(NotPlain, match="no page here"):
        rows.columns(builders.rule("first", "pin", {"items": [str(uuid4())]}))


def test_the_number_alone_is_no_difference() -> None:
    first = definition(draft(), [row()], 1)

    assert same_rules(first, definition(draft(), [row()], 2))
    assert not same_rules(first, definition(draft(), [row(points=151)], 1))


def test_the_order_of_languages_is_no_difference_but_a_language_is() -> None:
    there, back = (definition(draft(locales=each), [], 1) for each in (["nl", "en"], ["en", "nl"]))

    assert same_rules(there, back)
    assert not same_rules(there, definition(draft(locales=["nl"]), [], 1))


# --- problems ------------------------------------------------------------------------------


def test_rules_that_are_right_have_no_problems() -> None:
    assert wrong(row(), row(key="hidden", effect="hide", points=None)) == {}


@pytest.mark.parametrize(
    ("columns", "field", "says"),
    [
        ({"points": None}, "points", "1 to 300"),
        ({"points": 301}, "points", "from 1 to 300"),
        ({"effect": "pin"}, "points", "only boost and bury"),
        ({"effect": "hide"}, "points", "only boost and bury"),
        ({"effect": "", "points": None}, "effect", "must be one of"),
        ({"key": "Sleep First"}, "key", "must be a key"),
        ({"select_factor": ""}, "select_type", "at least one of these fields"),
        ({"because_nl": " "}, "because_nl", "Fill this in: Dutch"),
        ({"because_en": "Sleep."}, "because_en", "tick English"),
        ({"citation": ""}, "citation", "not empty"),
        ({"without_factors": ["sleep"]}, "without_factors", "Cannot both hold and not hold: sleep"),
        ({"select_slot": "supplements"}, "effect", "No rule lifts a food supplement"),
    ],
)
def test_a_problem_stands_at_the_row_and_the_field_that_caused_it(
    columns: dict[str, Any], field: str, says: str
) -> None:
    off = row(key="off", active=False, points=None)
    found = wrong(row(key="fine"), off, row(key=columns.pop("key", "faulty"), **columns))

    assert list(found) == [(2, field)]
    assert says in found[2, field]


def test_two_rules_with_one_key_are_told_at_both() -> None:
    assert wrong(row(), row(effect="hide", points=None)).keys() == {(0, "key"), (1, "key")}


@pytest.mark.django_db
def test_a_page_that_is_never_advised_cannot_be_chosen() -> None:
    tree = content.tree()

    assert "never be advised" in wrong(row(item=tree.rug))[0, "item"]
    assert wrong(row(item=tree.article)) == {}


@pytest.mark.parametrize(
    ("of_draft", "field"),
    [
        ({"notice_nl": ""}, "notice_nl"),
        ({"notice_en": "An example."}, "notice_en"),
        ({"locales": [], "notice_nl": ""}, "locales"),
        ({"slug": "Rug!"}, "slug"),
    ],
)
def test_what_is_wrong_with_the_whole_stands_at_its_own_field(
    of_draft: dict[str, Any], field: str
) -> None:
    assert (None, field) in wrong(row(), **of_draft)


@pytest.mark.parametrize("given", [[], [row(active=False)]])
def test_a_rule_set_without_rules_is_refused(given: list[DraftRule]) -> None:
    assert "at least one rule" in wrong(*given)[None, "__all__"]


# --- in words ------------------------------------------------------------------------------


def test_a_rule_is_said_in_the_words_of_editors() -> None:
    labels = {"terms": {"sleep": "Slecht slapen"}, "slots": {"sleep": "Slapen"}}
    found = rule(
        row(profiles=[2, 3], without_signals=["deviating_course"], select_slot="sleep"), ["nl"]
    )
    with translation.override("en"):
        shown = said(found, labels)

    assert shown.effect == "Boost by 150"
    assert shown.when == (
        "recovery profile 2 or 3",
        "factor Slecht slapen",
        "known not to hold: signal deviating_course",
    )
    assert shown.items == ("slot Slapen", "suits Slecht slapen")


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"any": [{"fact": "profile", "is": 1}, {"fact": "signals", "is": "x"}]}, " or "),
        ({"at_least": 2, "of": [{"fact": "factors", "is": "sleep"}]}, "at least 2 of"),
        ({"exactly": 1, "of": [{"fact": "factors", "is": "sleep"}]}, "exactly 1 of"),
        ({"fact": "profile", "between": {"at_least": 2}}, "at_least"),
    ],
)
def test_a_rule_of_a_file_is_said_too(when: dict[str, Any], words: str) -> None:
    with translation.override("en"):
        [told] = said(builders.rule("a", "pin", {"paid": True}, when=when), {}).when
    assert words in told


def test_a_row_that_is_hardly_begun_can_be_said() -> None:
    begun = DraftRule(key="", effect="")
    with translation.override("en"):
        shown = said(rule(begun, ["nl"]), {})

    assert (shown.when, shown.items, shown.because) == ((), (), ())
    assert shown.effect == "No effect chosen yet"


@pytest.mark.django_db
def test_a_label_of_a_slot_is_not_taken_for_one_of_a_term() -> None:
    """Both know the key "sleep"."""
    content.term("sleep", "factor")
    with translation.override("nl"):
        labels = preview.labels_of()

    assert labels["terms"]["sleep"] == "sleep (nl)"
    assert labels["slots"]["sleep"] != "sleep (nl)"
