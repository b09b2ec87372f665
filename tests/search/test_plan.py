"""What a question may be, and what is asked of the engines."""

import pytest

from search.plan import BadQuestion, plan


@pytest.mark.parametrize(
    ("question", "terms", "minimum"),
    [
        ("rugpijn", ("rugpijn",), 1),
        ("pijn in mijn rug", ("pijn", "rug"), 2),
        ("rug Rug RUGGEN", ("rug",), 1),
        ("pijn rug been", ("pijn", "rug", "been"), 2),
        ("pijn rug been nek", ("pijn", "rug", "been", "nek"), 3),
        ("pijn rug been nek arm voet", ("pijn", "rug", "been", "nek", "arm", "voet"), 4),
        ("wat is het", (), 0),
        ("😀 !", (), 0),
    ],
)
def test_a_question_is_its_stems_and_how_many_must_be_found(
    question: str, terms: tuple[str, ...], minimum: int
) -> None:
    made = plan(question, "nl")
    assert (made.terms, made.minimum) == (terms, minimum)


@pytest.mark.parametrize(
    ("question", "limit", "expect"),
    [
        ("", 10, {"q": "must have at least one word"}),
        (" \n\t", 10, {"q": "must have at least one word"}),
        ("rug\0pijn", 10, {"q": "must not contain NUL"}),
        ("a" * 10_000, 10, {"q": "must have at most 200 characters"}),
        ("rug", 0, {"limit": "must be a whole number 1 to 100"}),
        ("rug", 101, {"limit": "must be a whole number 1 to 100"}),
        (
            "",
            -1,
            {"q": "must have at least one word", "limit": "must be a whole number 1 to 100"},
        ),
    ],
)
def test_a_bad_question_is_told_every_bad_field(
    question: str, limit: int, expect: dict[str, str]
) -> None:
    with pytest.raises(BadQuestion) as refused:
        plan(question, "nl", limit=limit)
    assert refused.value.problems == expect
    assert isinstance(refused.value, ValueError)
