from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from wagtail.models import Locale

from cms.content.demo import files, others, pages, vocabulary


class Command(BaseCommand):
    help = (
        "Load example content: terms, images and pages. What is there already stays as it is, so "
        "it can be run any number of times."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "example", nargs="?", default="lage-rugpijn", help="folder of examples/"
        )

    def handle(self, *, example: str, **_: Any) -> None:
        folder = settings.EXAMPLES_DIR / example
        if not (folder / "content").is_dir():
            raise CommandError(f"examples/{example}/content: no such folder")
        try:
            counts = load(folder)
        except (files.BadFile, ValidationError) as error:
            raise CommandError(f"examples/{example}/content: {error}") from error
        said = ", ".join(f"{number} {what}" for what, number in counts.items())
        self.stdout.write(f"New: {said}.")


@transaction.atomic
def load(folder: Path) -> dict[str, int]:
    """All of it or nothing; gives how many of each are new."""
    content = folder / "content"
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in ("nl", "en")}
    terms = vocabulary.load_terms(content / "terms.yaml")
    images = vocabulary.load_images(content / "images.yaml", folder / "images")
    made = pages.load(files.read_pages(content / "pages"), locales["nl"])
    counts = {"terms": len(terms), "images": len(images), "pages": len(made)}
    return counts | others.load_others(content, pages.Tree(locales["nl"]))
