from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.advice.models import RuleSet
from cms.advice.rule_sets import AlreadyPublished, NoSuchRuleSet, publish, publish_again
from cms.published import work
from cms.screening.files import BadFile, read_yaml
from recommender import DefinitionError


class Command(BaseCommand):
    help = "Publish the rules of advice from a YAML file, or an older version of them again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="definition of a rule set")
        parser.add_argument("--again", metavar="SLUG@VERSION", help="publish this version again")

    def handle(self, *, file: Path | None, again: str | None, **_: Any) -> None:
        if bool(file) == bool(again):
            raise CommandError("Give a file to publish, or --again slug@version.")
        found = self._publish(file) if file else self._again(again or "")
        # Numbered now: there may be no server running that would. The new one comes first.
        others = RuleSet.objects.filter(slug=found.slug).exclude(pk=found.pk)
        for rule_set in (found, *others):
            work.number_leased(rule_set.key)
        self.stdout.write(f"Live: {found.name} {found.hash[:12]}")

    def _publish(self, file: Path) -> RuleSet:
        try:
            return publish(read_yaml(file))
        except DefinitionError as error:
            raise CommandError(f"{file.name} is not right:\n{error}") from error
        except (BadFile, AlreadyPublished) as error:
            raise CommandError(str(error)) from error

    def _again(self, name: str) -> RuleSet:
        slug, _, number = name.rpartition("@")
        if not number.isdecimal():
            raise CommandError(f"{name!r}: give a version such as lage-rugpijn@1")
        try:
            return publish_again(slug, int(number))
        except NoSuchRuleSet as error:
            raise CommandError(str(error)) from error
