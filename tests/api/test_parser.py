"""The strict reader of JSON. Hypothesis: whatever Python can write plainly is read back; whatever
bytes come, the answer is a document or a refusal."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import parser
from api.problems import Refused

NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


def refused(body: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        parser.loads(body)
    return caught.value


def wrong(body: bytes) -> dict[str, str]:
    """The bad places of a body that is JSON for others."""
    return {error.at: error.message for error in refused(body).errors}


@given(DOCUMENTS)
def test_what_is_plain_json_is_read_as_it_was_written(document: Any) -> None:
    assert parser.loads(json.dumps(document).encode()) == document
    assert parser.loads(json.dumps(document, ensure_ascii=False, indent=1).encode()) == document


@given(st.binary(max_size=200) | st.text('[]{}",:0123456789eE+-.\\untrefalsNI ').map(str.encode))
def test_whatever_comes_is_read_or_refused(body: bytes) -> None:
    try:
        document = parser.loads(body)
    except Refused:
        return
    assert json.loads(body) == document


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"{]",
        b"{'a': 1}",
        b'{"a": 1,}',
        b'{"a": 01}',
        b'{"a": +1}',
        b'{"a": .5}',
        b'{"a": 1} {}',
        b'{"a": "\n"}',
        b'{"a": "\\x41"}',
        b'{"a": "\\u12"}',
        b"// comment\n{}",
        b"\xef\xbb\xbf{}",
        b'{"a": "\xff"}',
        b'{"a": "\xed\xa0\x80"}',
        "{}".encode("utf-16"),
        b"undefined",
    ],
)
def test_what_is_not_json_in_utf_8_is_refused_with_a_reason(body: bytes) -> None:
    problem = refused(body)
    assert problem.name == "malformed-json"
    assert problem.detail


@pytest.mark.parametrize(
    ("body", "at"),
    [
        (b'{"a": 1, "a": 1}', "/a"),
        (b'{"a": {"b": 1, "b": 2}}', "/a/b"),
        (b'{"a/b~": 1, "a/b~": 2}', "/a~1b~0"),
        (b'[0, {"a": NaN}]', "/1/a"),
        (b'{"a": [Infinity]}', "/a/0"),
        (b'{"a": -Infinity}', "/a"),
        (b'{"a": 1e999}', "/a"),
        (b'{"a": -1e999}', "/a"),
        (b'{"a": 9007199254740992}', "/a"),
        (b'{"a": -9007199254740992}', "/a"),
        (b'{"a": ' + b"9" * 5000 + b"}", "/a"),
        (b'{"a": "x\\u0000"}', "/a"),
        (b'{"a": "\\ud800"}', "/a"),
        (b'{"a": "\\udc00\\ud800"}', "/a"),
        (b'{"a": {"\\ud800": 1}}', "/a"),
        (b'{"a": {"\\u0000": 1}}', "/a"),
        (b'"\\ud800"', ""),
    ],
)
def test_what_parsers_read_differently_is_refused_where_it_stands(body: bytes, at: str) -> None:
    assert list(wrong(body)) == [at]


def test_every_bad_place_is_named() -> None:
    places = wrong(b'{"a": NaN, "b": [1e999, "\\ud800"], "c": 1, "c": 2}')
    assert set(places) == {"/a", "/b/0", "/b/1", "/c"}


def test_a_surrogate_pair_is_a_character() -> None:
    assert parser.loads(b'"\\ud83d\\ude00"') == "\N{GRINNING FACE}"


@pytest.mark.parametrize(("depth", "fits"), [(20, True), (21, False), (30_000, False)])
@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}")])
def test_twenty_levels_are_enough(depth: int, fits: bool, opens: str, closes: str) -> None:
    body = (opens * depth + "0" + closes * depth).encode()[: parser.LARGEST_BODY]
    if fits:
        parser.loads(body)
    else:
        assert refused(body).name == "malformed-json"


def test_brackets_inside_texts_do_not_count() -> None:
    text = '[{"' * 100
    assert parser.loads(json.dumps([text]).encode()) == [text]


@pytest.mark.parametrize(("size", "fits"), [(64 * 1024, True), (64 * 1024 + 1, False)])
def test_a_body_has_at_most_64_kilobytes(size: int, fits: bool) -> None:
    body = json.dumps("x" * (size - 2)).encode()
    assert len(body) == size
    if fits:
        parser.loads(body)
    else:
        assert refused(body).name == "too-large"


def test_many_bad_places_do_not_make_an_endless_answer() -> None:
    assert len(wrong(b"[" + b"NaN," * 10_000 + b"0]")) == parser.MOST_ERRORS
