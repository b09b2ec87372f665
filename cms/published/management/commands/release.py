from typing import Any

from django.core.management import BaseCommand, call_command
from django.db import transaction

from cms.published import head, registry
from cms.published.touches import touch_all


class Command(BaseCommand):
    help = "The release step: migrate, put this renderer in charge, look at everything again."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        with transaction.atomic():
            # together: who reads one of these touches knows which code is in charge
            if not head.take_charge():
                self.stdout.write("The renderer is unchanged.")
                return
            keys = list(registry.every_key())
            touch_all(keys, bulk=True)
        self.stdout.write(f"A new renderer is in charge; {len(keys)} keys will be looked at again.")
