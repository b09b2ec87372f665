from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from api import docs

PLACE = settings.BASE_DIR / "docs" / "openapi.json"


class Command(BaseCommand):
    help = "Write the OpenAPI document, made from the code, to docs/openapi.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, default=PLACE)

    def handle(self, *args: Any, **options: Any) -> None:
        options["file"].write_bytes(docs.written())
        self.stdout.write(f"Written to {options['file']}.")
