"""Rule sets: frozen when published; publishing an older one again is how to roll back."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.models import F

from cms.advice.models import RulesDraft, RuleSet, RuleSetEvent
from cms.advice.rule_sets import (
    AlreadyPublished,
    NoSuchRuleSet,
    next_version,
    publish,
    publish_again,
    withdraw,
)
from cms.published import numbering
from recommender import DefinitionError
from tests.advice.conftest import Shelf
from tests.recommender.builders import nl, rule

FILE = settings.EXAMPLES_DIR / "lage-rugpijn" / "rules.yaml"


def rules(*given: dict[str, Any], version: int = 1, slug: str = "rules") -> dict[str, Any]:
    made = given or (rule("first", "pin", {"slot": "articles"}),)
    return {
        "slug": slug,
        "version": version,
        "locales": ["nl"],
        "notice": nl(),
        "rules": list(made),
    }


def live() -> list[str]:
    return [found.name for found in RuleSet.objects.filter(live=True)]


def test_publishing_makes_the_newest_the_only_live_one_of_its_slug(shelf: Shelf) -> None:
    publish(rules(version=1))
    publish(rules(version=2))
    publish(rules(version=1, slug="others"))

    assert live() == ["others@1", "rules@2"]
    assert {found.slug for found in shelf.view().derived["snapshot"].rule_sets} == {
        "others",
        "rules",
    }


def test_rules_that_are_not_right_are_not_published(shelf: Shelf) -> None:
    with pytest.raises(DefinitionError):
        publish(rules(rule("first", "sell", {"slot": "articles"})))
    assert not RuleSet.objects.exists()


def test_other_rules_under_a_number_that_exists_are_refused(shelf: Shelf) -> None:
    publish(rules(version=1))
    publish(rules(version=2))

    with pytest.raises(AlreadyPublished, match="version 3"):
        publish(rules(rule("other", "pin", {"slot": "articles"}), version=1))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("slug", "x"),
        ("version", F("version") + 1),
        ("definition", {}),
        ("hash", "0"),
        ("created_at", "2020-01-01T00:00:00Z"),
    ],
)
def test_the_database_refuses_to_change_a_published_rule_set(
    shelf: Shelf, column: str, value: Any
) -> None:
    """Law 5."""
    publish(rules())

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        RuleSet.objects.update(**{column: value})


@pytest.mark.parametrize(
    ("column", "value"), [("by", "piet"), ("what", "again"), ("at", "2020-01-01T00:00:00Z")]
)
def test_the_database_refuses_to_change_who_did_what(shelf: Shelf, column: str, value: Any) -> None:
    """Law 5."""
    publish(rules(), by="noor")

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        RuleSetEvent.objects.update(**{column: value})


def test_it_is_kept_who_made_which_version_live_and_who_took_it_away(shelf: Shelf) -> None:
    publish(rules(version=1), by="noor")
    publish(rules(version=2))
    publish_again("rules", 1, by="piet")
    withdraw("rules", by="noor")

    told = [(event.rule_set.version, event.what, event.by) for event in RuleSetEvent.objects.all()]
    assert told[::-1] == [
        (1, "published", "noor"),
        (2, "published", ""),
        (1, "again", "piet"),
        (1, "withdrawn", "noor"),
    ]


def test_what_is_live_already_is_not_published_twice(shelf: Shelf) -> None:
    publish(rules(), by="noor")
    publish(rules(), by="piet")

    assert RuleSetEvent.objects.count() == 1


def test_rules_that_were_withdrawn_are_gone_from_advice(shelf: Shelf) -> None:
    publish(rules())
    assert shelf.view().derived["snapshot"].rule_sets
    withdraw("rules")

    assert live() == []
    assert shelf.view().derived["snapshot"].rule_sets == ()
    assert withdraw("rules") is None


def test_the_next_number_is_beyond_every_version_there_was(shelf: Shelf) -> None:
    assert next_version("rules") == 1
    publish(rules(version=1))
    publish(rules(version=7))
    publish_again("rules", 1)
    assert next_version("rules") == 8


def test_two_live_versions_of_a_slug_are_refused_by_the_database(shelf: Shelf) -> None:
    publish(rules(version=1))
    publish(rules(version=2))

    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSet.objects.update(live=True)


def test_rolling_back_meets_the_catalogue_of_now(shelf: Shelf) -> None:
    """Law 5: the older rules come back, what was withdrawn since does not."""
    shelf.put("walk")
    shelf.put("swim")
    publish(rules(rule("swim", "pin", {"items": ["swim"]}), version=1))
    first = shelf.advise().decision
    publish(rules(rule("walk", "pin", {"items": ["walk"]}), version=2))
    shelf.change("swim", None)

    publish_again("rules", 1)
    shown = shelf.advise().shown

    assert first.to_dict()["rules"] == ["rules/swim"]
    assert shown["rules"] == ["rules/swim"]
    assert [item["key"] for slot in shown["slots"] for item in slot["items"]] == ["thing:walk"]


def test_what_was_never_published_cannot_be_published_again(shelf: Shelf) -> None:
    with pytest.raises(NoSuchRuleSet):
        publish_again("rules", 1)


def test_while_one_follows_the_other_rules_are_never_absent(shelf: Shelf) -> None:
    """Each of the two is numbered on its own; between them both are live, and the newest counts."""
    shelf.put("swim")
    publish(rules(rule("swim", "hide", {"items": ["swim"]}), version=1))
    shelf.view()
    publish(rules(rule("swim", "hide", {"items": ["swim"]}), version=2))
    numbering.number("rules:rules@2")  # and not yet rules@1
    between = shelf.replica.refresh().derived["snapshot"]

    assert [(found.slug, found.version) for found in between.rule_sets] == [("rules", 2)]


def command(*arguments: Any, **options: Any) -> str:
    out = StringIO()
    call_command("publish_rules", *arguments, stdout=out, **options)
    return out.getvalue()


def test_a_file_is_published_and_numbered_at_once(shelf: Shelf) -> None:
    assert "Live: lage-rugpijn@2" in command(FILE)
    assert len(shelf.replica.refresh().derived["snapshot"].rule_sets[0].rules) == 6


def test_publishing_again_by_name(shelf: Shelf, tmp_path: Path) -> None:
    command(FILE)
    newer = tmp_path / "newer.yaml"
    newer.write_text(FILE.read_text().replace("version: 2", "version: 3", 1))
    command(newer)
    assert live() == ["lage-rugpijn@3"]

    assert "Live: lage-rugpijn@2" in command(again="lage-rugpijn@2")
    assert live() == ["lage-rugpijn@2"]


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        ([], {}, "Give a file"),
        ([FILE], {"again": "lage-rugpijn@2"}, "Give a file"),
        ([], {"again": "lage-rugpijn"}, "such as lage-rugpijn@1"),
        ([], {"again": "knie@1"}, "no such rule set"),
        ([Path("nowhere.yaml")], {}, "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said(
    shelf: Shelf, arguments: list[Any], options: dict[str, Any], says: str
) -> None:
    with pytest.raises(CommandError, match=says):
        command(*arguments, **options)


def test_every_fault_of_a_file_is_named(shelf: Shelf, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    text = FILE.read_text().replace("effect: boost", "effect: sell", 1)
    wrong.write_text(text.replace("effect: hide", "effect: lose", 1))

    with pytest.raises(CommandError) as error:
        command(wrong)
    assert "/rules/0/effect" in str(error.value)
    assert "/rules/5/effect" in str(error.value)


def test_a_file_lies_on_the_desk_of_editors_as_rows(shelf: Shelf) -> None:
    command(FILE)
    draft = RulesDraft.objects.get()

    assert (draft.slug, draft.live, draft.has_unpublished_changes) == ("lage-rugpijn", True, False)
    assert [row.key for row in draft.rules.all()][:2] == ["sleep-first", "broad-view-when-it-lasts"]
    assert RuleSetEvent.objects.get().by == ""


def test_a_file_does_not_undo_what_an_editor_published(shelf: Shelf) -> None:
    """The example is set up again whenever the program changes."""
    command(FILE)
    publish(rules(slug="lage-rugpijn", version=3), by="noor")

    assert "Left alone: lage-rugpijn@3 was published by noor" in command(FILE)
    assert live() == ["lage-rugpijn@3"]
    assert "Live: lage-rugpijn@2" in command(FILE, replace=True)
    assert live() == ["lage-rugpijn@2"]


def test_rules_that_rows_cannot_hold_are_published_and_editors_are_told(
    shelf: Shelf, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rules.yaml"
    text = FILE.read_text().replace("        - {fact: factors, is: sleep}", "        - any: []", 1)
    file.write_text(text.replace("any: []", "any: [{fact: factors, is: sleep}]"))

    assert "Live: lage-rugpijn@2" in command(file)
    assert "rule sleep-first: criteria that are combined in another way" in capsys.readouterr().err
    assert not RulesDraft.objects.exists()
