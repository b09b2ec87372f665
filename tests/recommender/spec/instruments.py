"""Two published instruments as structures: keys, points and bands are theirs, no word is.

The words of both are licensed, so every text here is neutral. Points and bands follow the brief
(domain.md 1.2 and 1.3).
"""

from typing import Any

from tests.recommender.builders import options, question, score, small

PSYCHOSOCIAL = ["q5", "q6", "q7", "q8", "q9"]

# STarT Back: q1 to q8 disagree 0 / agree 1; q9 five options, 0/0/0/1/1. Psychosocial = q5 to q9.
# Total at most 3: low. Subscale at least 4: high. In between: medium.
START_BACK_QUESTIONS = [
    *(question(f"q{number}") for number in range(1, 9)),
    question("q9", "single", options=options("none", "slight", "moderate", "very", "extreme")),
]
START_BACK: dict[str, Any] = score(
    *({"question": f"q{number}", "points": {"yes": 1, "no": 0}} for number in range(1, 9)),
    {
        "question": "q9",
        "points": {"none": 0, "slight": 0, "moderate": 0, "very": 1, "extreme": 1},
    },
    key="risk",
    subscales=[{"key": "psychosocial", "title": {"nl": "deel"}, "of": PSYCHOSOCIAL}],
    bands=[
        {"key": "low", "label": {"nl": "laag"}, "total": {"at_most": 3}},
        {
            "key": "medium",
            "label": {"nl": "midden"},
            "total": {"at_least": 4},
            "subscales": {"psychosocial": {"at_most": 3}},
        },
        {"key": "high", "label": {"nl": "hoog"}, "subscales": {"psychosocial": {"at_least": 4}}},
    ],
    licence={
        "holder": "Keele University",
        "terms": "Not for the recommendation of products.",
        "attribution": {"nl": "© Keele University"},
        "commercial": False,
        "products": False,
        "changes": False,
    },
)


def scale(key: str, low: int = 0, high: int = 10) -> dict[str, Any]:
    ends = {"low_label": {"nl": "laag"}, "high_label": {"nl": "hoog"}}
    return question(key, "scale", low=low, high=high, **ends)


# Örebro, short form: ten items, o1 a category of duration (1 to 10), the others 0 to 10, three of
# them reversed (10 - x). Total 1 to 100, cut-off 50; that 50 itself is above it is a choice.
REVERSED = ("o3", "o4", "o8")
CATEGORIES = [f"c{number}" for number in range(1, 11)]
OREBRO_QUESTIONS = [
    question("o1", "single", options=options(*CATEGORIES)),
    *(scale(f"o{number}") for number in range(2, 11)),
]
OREBRO: dict[str, Any] = score(
    {"question": "o1", "points": {key: int(key[1:]) for key in CATEGORIES}},
    *({"question": f"o{number}", "reverse": f"o{number}" in REVERSED} for number in range(2, 11)),
    key="risk",
    bands=[
        {"key": "low", "label": {"nl": "laag"}, "total": {"below": 50}},
        {"key": "raised", "label": {"nl": "hoger"}, "total": {"at_least": 50}},
    ],
)


def start_back(**changes: Any) -> dict[str, Any]:
    return small(*START_BACK_QUESTIONS, scores=[START_BACK], **changes)


def orebro(**changes: Any) -> dict[str, Any]:
    return small(*OREBRO_QUESTIONS, scores=[OREBRO], **changes)
