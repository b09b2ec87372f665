from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.published import work
from cms.screening.files import BadFile, read_yaml
from cms.screening.freeze import AlreadyFrozen, NoSuchVersion, freeze, withdraw
from cms.screening.models import FrozenVersion
from recommender import DefinitionError


class Command(BaseCommand):
    help = "Freeze a screening from a YAML file as a version that never changes, or withdraw one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="definition of a screening")
        parser.add_argument("--withdraw", metavar="SLUG@VERSION", help="withdraw this version")
        parser.add_argument("--why", default="", help="why it is withdrawn; kept for colleagues")
        parser.add_argument("--by", default="the command line", help="who withdraws it")

    def handle(
        self, *, file: Path | None, withdraw: str | None, why: str, by: str, **_: Any
    ) -> None:
        if not file and not withdraw:
            raise CommandError("Give a file to freeze, or --withdraw slug@version --why reason.")
        if file:
            self._freeze(file)
        if withdraw:
            self._withdraw(withdraw, by, why)

    def _freeze(self, file: Path) -> None:
        try:
            version, new = freeze(read_yaml(file))
        except DefinitionError as error:
            raise CommandError(f"{file.name} is not right:\n{error}") from error
        except (BadFile, AlreadyFrozen) as error:
            raise CommandError(str(error)) from error
        self._publish(version)
        said = "Frozen" if new else "Frozen already, unchanged"
        self.stdout.write(f"{said}: {version.name} {version.hash[:12]}")

    def _withdraw(self, name: str, by: str, why: str) -> None:
        slug, _, number = name.rpartition("@")
        if not number.isdecimal():
            raise CommandError(f"{name!r}: give a version such as lage-rugpijn@1")
        try:
            version = withdraw(slug, int(number), by=by, why=why)
        except NoSuchVersion as error:
            raise CommandError(str(error)) from error
        except ValueError as error:
            raise CommandError("Say why it is withdrawn: --why reason.") from error
        self._publish(version)
        self.stdout.write(f"Withdrawn: {version.name}")

    def _publish(self, version: FrozenVersion) -> None:
        """Number it now: there may be no server running that would."""
        for other in FrozenVersion.objects.filter(slug=version.slug):
            work.number_leased(other.key)
