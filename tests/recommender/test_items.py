"""Items: keys, flags, days and small whole numbers. All else is refused, money first of all."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import DefinitionError, compile_snapshot, parse_item
from recommender.items import ITEM_FIELDS
from tests.recommender import builders


def faults(**changes: Any) -> dict[str, str]:
    with pytest.raises(DefinitionError) as error:
        parse_item("page:1", builders.item(**changes))
    return {problem.pointer: problem.message for problem in error.value.problems}


@pytest.mark.parametrize(
    "field",
    ["price", "partner", "commission", "commission_rate", "offer", "title", "url", "margin"],
)
def test_an_item_cannot_carry_money_a_partner_or_a_text(field: str) -> None:
    """Law 3: what is not in an item cannot influence a decision."""
    assert "is not known here" in faults(**{field: 1})[f"/{field}"]


@given(st.text(min_size=1, max_size=20).filter(lambda name: name not in ITEM_FIELDS))
def test_no_unknown_field_gets_in(name: str) -> None:
    assert len(faults(**{name: 1})) == 1


@pytest.mark.parametrize("field", ITEM_FIELDS)
def test_every_field_is_required(field: str) -> None:
    data = builders.item()
    del data[field]
    with pytest.raises(DefinitionError) as error:
        parse_item("page:1", data)
    assert [problem.pointer for problem in error.value.problems] == [f"/{field}"]


@pytest.mark.parametrize(
    ("changes", "pointer", "says"),
    [
        ({"type": "advert"}, "/type", "article, course, exercise_programme, product, service"),
        ({"slot": "Top spot"}, "/slot", "must be a key"),
        ({"locale": "dutch"}, "/locale", "nl"),
        ({"paid": 0}, "/paid", "true or false"),
        ({"conditions": "lage-rugpijn"}, "/conditions", "a list"),
        ({"factors": ["sleep", "sleep"]}, "/factors/1", "twice"),
        ({"profiles": [4]}, "/profiles/0", "1, 2 or 3"),
        ({"profiles": [True]}, "/profiles/0", "1, 2 or 3"),
        ({"constraints": [{}]}, "/constraints/0/constraint", "is missing"),
        (
            {"constraints": [builders.note("pregnancy", "maybe")]},
            "/constraints/0/effect",
            "ask_first, avoid",
        ),
        ({"guideline_stance": "unsure"}, "/guideline_stance", "against, insufficient"),
        ({"safety_review": {"kind": "clinical"}}, "/safety_review/until", "is missing"),
        ({"editor_weight": 11}, "/editor_weight", "from 0 to 10"),
        ({"editor_weight": 2.5}, "/editor_weight", "from 0 to 10"),
        ({"evidence": "a long story about it"}, "/evidence", "without spaces"),
    ],
)
def test_a_wrong_field_is_named(changes: dict[str, Any], pointer: str, says: str) -> None:
    assert says in faults(**changes)[pointer]


def test_every_wrong_field_is_named_at_once() -> None:
    assert set(faults(type="advert", paid=1, price=3)) == {"/type", "/paid", "/price"}


def test_a_faulty_item_is_left_out_and_named_while_the_others_go_on() -> None:
    made = compile_snapshot(
        [("page:1", builders.item()), ("page:2", builders.item(price=3))], rule_sets=[]
    )

    assert list(made.items) == ["page:1"]
    assert [problem.pointer for problem in made.refused["page:2"]] == ["/price"]
