"""The context: a closed vocabulary, in which nothing can switch a safety measure off."""

from typing import Any

import pytest

from recommender import DefinitionError, parse_context

TERMS = ("pregnancy", "kidney_disease")


def test_a_context_is_read() -> None:
    context = parse_context(
        {
            "locale": "nl",
            "placement": "condition",
            "limits": {"articles": 2},
            "exclude": ["page:12"],
            "constraints": ["pregnancy"],
        },
        constraints=TERMS,
    )
    assert context.limits == {"articles": 2}
    assert context.exclude == {"page:12"}
    assert context.constraints == {"pregnancy"}
    assert context.demo is False


@pytest.mark.parametrize(
    ("data", "pointer", "says"),
    [
        ({}, "/locale", "is missing"),
        ({"locale": "fr"}, "/locale", "en, nl"),
        ({"locale": "nl", "placement": "inbox"}, "/placement", "condition"),
        ({"locale": "nl", "limits": {"articles": -1}}, "/limits/articles", "from 0 to 20"),
        ({"locale": "nl", "limits": {"articles": 21}}, "/limits/articles", "from 0 to 20"),
        ({"locale": "nl", "limits": []}, "/limits", "object"),
        ({"locale": "nl", "exclude": ["two words"]}, "/exclude/0", "without spaces"),
        ({"locale": "nl", "constraints": ["pregnant"]}, "/constraints/0", "pregnancy"),
        ({"locale": "nl", "constraints": "pregnancy"}, "/constraints", "list"),
        ({"locale": "nl", "demo": True}, "/demo", "is not known here"),
        ({"locale": "nl", "ruled_out": ["pregnancy"]}, "/ruled_out", "is not known here"),
        ({"locale": "nl", "remove_constraints": []}, "/remove_constraints", "is not known here"),
        ({"locale": "nl", "day": "2026-11-24"}, "/day", "is not known here"),
        ([], "", "must be an object"),
    ],
)
def test_anything_else_is_refused_by_name(data: Any, pointer: str, says: str) -> None:
    """Law 9: there is no field that takes a constraint away, and none that plays demonstration."""
    with pytest.raises(DefinitionError) as error:
        parse_context(data, constraints=TERMS)
    assert any(p.pointer == pointer and says in p.message for p in error.value.problems)
