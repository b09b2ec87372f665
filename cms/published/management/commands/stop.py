from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cms.published import registry, stops


class Command(BaseCommand):
    help = "The emergency stop: take a key (such as page:12) offline at once, or lift that."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key")
        parser.add_argument("--by", required=True, help="who does this")
        parser.add_argument("--why", help="why it must go offline")
        parser.add_argument("--until", help="a date and time, such as 2027-01-31T12:00")
        parser.add_argument("--lift", action="store_true", help="put it back")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["lift"]:
                stops.lift(options["key"], by=options["by"])
                self.stdout.write(f"{options['key']} is no longer stopped.")
                return
            until = parse_datetime(options["until"]) if options["until"] else None
            if options["until"] and until is None:
                raise ValueError("--until takes a date and time, such as 2027-01-31T12:00")
            if until is not None and timezone.is_naive(until):
                until = timezone.make_aware(until)
            stops.stop(options["key"], by=options["by"], why=options["why"] or "", until=until)
            self.stdout.write(f"{options['key']} is stopped.")
        except (ValueError, registry.UnknownKey) as error:
            raise CommandError(str(error)) from error
