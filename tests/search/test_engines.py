"""The contract of an engine. Every test here is run against both."""

from typing import Any

import pytest

from search.engines import elastic
from search.find import find
from search.plan import plan
from tests.published.world import World, thing
from tests.search import corpus
from tests.search.conftest import NOW, Searching


@pytest.fixture
def corpus_in(searching: Searching) -> Searching:
    searching.publish(corpus.TEXTS)
    searching.publish(corpus.ENGLISH, "en")
    return searching


def test_every_judged_question_finds_what_answers_it_and_the_best_first(
    corpus_in: Searching,
) -> None:
    found = {judged.question: corpus_in.found(judged.question) for judged in corpus.JUDGEMENTS}
    assert {question: set(keys) for question, keys in found.items()} == {
        judged.question: {judged.first, *judged.others} - {None} for judged in corpus.JUDGEMENTS
    }
    clear = [judged for judged in corpus.JUDGEMENTS if judged.first]
    assert {judged.question: found[judged.question][0] for judged in clear} == {
        judged.question: judged.first for judged in clear
    }


def test_one_locale_is_searched(corpus_in: Searching) -> None:
    assert corpus_in.found("lumbago", "nl") == ["lage-rugpijn"]
    assert corpus_in.found("lumbago", "en") == ["low-back-pain"]
    assert corpus_in.found("lumbago", "de") == []


def test_one_kind_or_several_are_searched(corpus_in: Searching) -> None:
    assert corpus_in.found("slapen", types=("product",)) == ["matras"]
    assert corpus_in.found("slapen", types=("article",)) == ["slapen"]
    assert set(corpus_in.found("slapen", types=("article", "product"))) == {"slapen", "matras"}
    assert corpus_in.found("slapen", types=("condition",)) == []


@pytest.mark.parametrize(
    "question",
    [
        "de het een",
        "😀😀",
        "\ud800",
        "_",
        "?",
        "*:*",
        'title:"rug" AND (',
        "/.*/",
        "rug~2^1e9",
        "x" * 200,
        "kwik zilver",
        "١٢٣ ﷺ ẞ ǅ",
    ],
)
def test_a_question_that_says_nothing_finds_nothing(corpus_in: Searching, question: str) -> None:
    # Not through searching.find: what has no stem is not put to Elasticsearch at all.
    results = find(corpus_in.world.replica.view(), question, "nl", now=NOW)
    assert (results.total, results.hits, results.dropped) == (0, (), 0)


def test_a_changed_text_is_found_by_its_new_words_only(searching: Searching) -> None:
    searching.publish({"a": ("article", "Kruiken", [], "")})
    searching.publish({"a": ("article", "Matrassen", [], "")})
    assert (searching.found("kruik"), searching.found("matras")) == ([], ["a"])


@pytest.mark.parametrize("how", ["hidden", "deleted", "without text"])
def test_what_is_withdrawn_is_not_found(searching: Searching, how: str) -> None:
    searching.publish({"a": corpus.TEXTS["kruik"], "b": corpus.TEXTS["matras"]})
    match how:
        case "hidden":
            searching.world.change("a", None)
        case "deleted":
            searching.world.delete("a")
        case _:
            searching.world.change("a", thing(card={"title": "No text"}))
    searching.settle()

    results = searching.find("kruik")
    assert (results.total, results.hits, results.dropped) == (0, (), 0)
    assert searching.found("matras") == ["b"]


def test_what_comes_back_is_found_again(searching: Searching) -> None:
    searching.publish({"a": corpus.TEXTS["kruik"]})
    searching.world.change("a", None)
    searching.settle()
    searching.publish({"a": corpus.TEXTS["kruik"]})
    assert searching.found("kruik") == ["a"]


def test_a_text_that_cannot_be_read_keeps_back_only_itself(searching: Searching) -> None:
    world = searching.world
    for id_, text in {
        "a": {"title": "Kruik", "names": [], "body": ""},
        "b": {"title": 5, "names": [], "body": ""},
        "c": {"title": "Kruik", "names": "one", "body": ""},
        "d": {"title": "Kruik", "names": []},
        "e": {"title": "Kruik", "names": [], "body": ""},
    }.items():
        world.change(id_, thing(card={"title": id_}, text=text))
    searching.settle()
    assert searching.found("kruik") == ["a", "e"]


def test_equal_scores_are_ordered_by_key_also_across_the_edge_of_a_page(
    searching: Searching,
) -> None:
    texts = {f"{number:03}": corpus.TEXTS["kruik"] for number in range(90)}
    searching.publish(dict(reversed(texts.items())))
    results = searching.find("kruik", limit=7)
    assert [hit.key for hit in results.hits] == [f"thing:{number:03}" for number in range(7)]
    assert results.total == 90


@pytest.mark.needs("elasticsearch")
def test_both_engines_give_one_answer(world: World, cluster: Any) -> None:
    """The same hits in the same order with the same scores."""
    searching = Searching("elasticsearch", world)
    searching.publish(corpus.TEXTS)
    searching.publish(corpus.ENGLISH, "en")
    own = world.replica.view().derived["search"]
    for judged in corpus.JUDGEMENTS:
        asked = plan(judged.question, "nl")
        one, other = elastic.search(asked, 20), own.search(asked, 20)
        assert [key for key, _ in one.best] == [key for key, _ in other.best], judged.question
        scores = [[score for _, score in hits.best] for hits in (one, other)]
        assert scores[0] == pytest.approx(scores[1], abs=1e-4), judged.question
        assert one.total == other.total
