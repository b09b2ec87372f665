from typing import Any

from django.core.management import BaseCommand

from cms.published import head


class Command(BaseCommand):
    help = "After restoring a backup: make every reader start again from zero."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Epoch {head.raise_epoch()}: every reader starts again from zero.")
