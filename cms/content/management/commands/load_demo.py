from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from wagtail.models import Locale

from cms.content.demo import files, others, pages, translations, vocabulary
from cms.content.models import GlossaryTerm, Reference, Term

# Before pages, which choose them; each in a file of its name.
SNIPPETS = {"terms": Term, "references": Reference, "glossary": GlossaryTerm}


class Command(BaseCommand):
    help = (
        "Load example content: vocabulary, references, glossary, images, pages and legal texts. "
        "What is there already stays as it is, so it can be run any number of times."
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
    made = {
        what: vocabulary.load_snippets(content / f"{what}.yaml", model)
        for what, model in SNIPPETS.items()
    }
    made["images"] = vocabulary.load_images(content / "images.yaml", folder / "images")
    originals = files.read_pages(content / "pages")
    tree = pages.Tree(locales["nl"])
    made["pages"] = pages.load(originals, tree)
    english = translations.read_translations(content / "pages-en", originals, "en")
    made["pages in English"] = pages.load(english, pages.Tree(locales["en"], tree))
    made["legal texts"] = vocabulary.load_legal(content / "legal.yaml", tree.id_of)
    counts = {what: len(new) for what, new in made.items()}
    return counts | others.load_others(content, tree)
