from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.advice.editing.publish import fill
from cms.advice.editing.rows import NotPlain
from cms.advice.models import RuleSet, RuleSetEvent
from cms.advice.rule_sets import AlreadyPublished, NoSuchRuleSet, publish, publish_again
from cms.published import work
from cms.screening.files import BadFile, read_yaml
from recommender import DefinitionError


class Command(BaseCommand):
    help = (
        "Publish the rules of advice from a YAML file, or an older version of them again, and put "
        "them on the editors' desk. Rules that an editor published stay live, unless --replace."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="definition of a rule set")
        parser.add_argument("--again", metavar="SLUG@VERSION", help="publish this version again")
        parser.add_argument(
            "--replace", action="store_true", help="also what an editor published meanwhile"
        )

    def handle(
        self, *, file: Path | None, again: str | None, replace: bool = False, **_: Any
    ) -> None:
        if bool(file) == bool(again):
            raise CommandError("Give a file to publish, or --again slug@version.")
        definition = self._read(file) if file else None
        if definition and not replace and (kept := _of_an_editor(definition)):
            self.stdout.write(
                f"Left alone: {kept.rule_set.name} was {kept.get_what_display()} by {kept.by}. "
                "To publish the file all the same: --replace"
            )
            return
        found = self._publish(file, definition) if file else self._again(again or "")
        # Numbered now: there may be no server running that would. The new one comes first.
        others = RuleSet.objects.filter(slug=found.slug).exclude(pk=found.pk)
        for rule_set in (found, *others):
            work.number_leased(rule_set.key)
        self.stdout.write(f"Live: {found.name} {found.hash[:12]}")
        self._show_to_editors(found)

    def _read(self, file: Path) -> Any:
        try:
            return read_yaml(file)
        except BadFile as error:
            raise CommandError(str(error)) from error

    def _publish(self, file: Path, definition: Any) -> RuleSet:
        try:
            return publish(definition)
        except DefinitionError as error:
            raise CommandError(f"{file.name} is not right:\n{error}") from error
        except AlreadyPublished as error:
            raise CommandError(str(error)) from error

    def _show_to_editors(self, found: RuleSet) -> None:
        try:
            fill(found)
        except NotPlain as error:
            self.stderr.write(f"Editors do not see these rules: {error}")

    def _again(self, name: str) -> RuleSet:
        slug, _, number = name.rpartition("@")
        if not number.isdecimal():
            raise CommandError(f"{name!r}: give a version such as lage-rugpijn@1")
        try:
            return publish_again(slug, int(number))
        except NoSuchRuleSet as error:
            raise CommandError(str(error)) from error


def _of_an_editor(definition: Any) -> RuleSetEvent | None:
    """What happened last to these rules, when an editor did it: also taking them away."""
    slug = definition.get("slug") if isinstance(definition, dict) else None
    newest = RuleSetEvent.objects.filter(rule_set__slug=slug).select_related("rule_set").first()
    return newest if newest is not None and newest.by else None
