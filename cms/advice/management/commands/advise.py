import json
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cms.advice import printed
from cms.advice.advise import advise, read_context
from cms.advice.typed import BadAnswers, read_answers
from cms.published.replica import replica
from cms.screening import run
from recommender import DefinitionError, InProgress, plain


class Command(BaseCommand):
    help = (
        "Evaluate a screening and print the advice that follows. Answers are key=value "
        "(bladder=no duration=9weeks health=none saddle=dont_know) or one JSON object."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("answers", nargs="*")
        parser.add_argument("--screening", default="lage-rugpijn", metavar="SLUG[@VERSION]")
        parser.add_argument("--locale", default="nl")
        parser.add_argument("--constraint", action="append", default=[], metavar="TERM")
        parser.add_argument("--exclude", action="append", default=[], metavar="KEY")
        parser.add_argument("--json", action="store_true", help="print what the API would say")

    def handle(self, *, answers: list[str], screening: str, **options: Any) -> None:
        view, now = replica.refresh(), timezone.now()
        slug, _, number = screening.partition("@")
        try:
            chosen = run.screening(view, slug, now, int(number) if number else None)
            given = read_answers(answers, chosen)
            result = run.evaluate(view, slug, given, now, chosen.version)
            context = read_context(
                view,
                {
                    "locale": options["locale"],
                    "constraints": options["constraint"],
                    "exclude": options["exclude"],
                },
            )
        except (LookupError, BadAnswers, DefinitionError, ValueError) as error:
            raise CommandError(str(error)) from error
        if result.errors and result.status != "stopped":
            raise CommandError("\n".join(printed.faults(result)))
        if isinstance(result, InProgress):
            self._say(plain(result), printed.progress(result), as_json=options["json"])
        else:
            shown = advise(view, result.outcome, context, now).shown
            self._say(shown, printed.advice(shown), as_json=options["json"])

    def _say(self, data: Any, lines: Iterable[str], *, as_json: bool) -> None:
        text = json.dumps(data, indent=2, ensure_ascii=False) if as_json else "\n".join(lines)
        self.stdout.write(text)
