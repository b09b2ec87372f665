"""What is wrong is said with what would be right."""

import pytest

from recommender.reading import listed

MANY = [f"word_{number:02}" for number in range(20)]


@pytest.mark.parametrize(
    ("options", "given", "said"),
    [
        (["b", "a"], "x", "a, b"),
        ([*MANY, "pregnancy"], "pregnant", "pregnancy, " + ", ".join(MANY[:14]) + ", …"),
        (MANY, None, ", ".join(MANY[:15]) + ", …"),
    ],
)
def test_a_long_list_of_what_would_be_right_begins_with_what_looks_like_it(
    options: list[str], given: object, said: str
) -> None:
    assert listed(options, given) == said
