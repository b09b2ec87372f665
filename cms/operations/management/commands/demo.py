import fcntl
import signal
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from cms.operations.demo import server, setup, stamp, website, welcome


def port_of(address: str) -> int:
    """0 when the port is none."""
    try:
        port = urlsplit(address).port
    except ValueError:
        return 0
    return 80 if port is None else port


class Command(BaseCommand):
    help = "Sets up the example once and serves it: DEMO=true, port of BASE_URL (see make demo)."
    requires_system_checks = ()  # the first start has no tables yet, later ones are quick

    def handle(self, *args: Any, **options: Any) -> None:
        # A shell that starts us in the background makes us ignore it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        port = self._port()
        try:
            with (settings.DATA_DIR / "lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._set_up()
        except KeyboardInterrupt:
            raise CommandError("Ended before it was ready; the next start goes on.") from None
        text = welcome.text(settings.BASE_URL, settings.SITE_URL, setup.EDITOR, setup.password())
        beside = [f"http://{server.HOST}:{port + 1}{website.READY}"] if self._has_website() else []
        with ExitStack() as ends:
            if beside:
                ends.enter_context(website.running(port + 1))
            try:
                server.serve(port, lambda: self._say(text), beside)
            except server.EndedItself as error:
                raise CommandError("The server ended by itself; above is what it said.") from error

    def _has_website(self) -> bool:
        """Another SITE_URL is a front end of the developer's own."""
        return website.is_ours(settings.BASE_URL, settings.SITE_URL)

    def _port(self) -> int:
        database = settings.DATABASES["default"]["NAME"]
        if not settings.DEMO or database != str(settings.DATA_DIR / "db.sqlite3"):
            raise CommandError(
                "The demo keeps a database of its own: set DEMO=true, no DATABASE_URL."
            )
        port = port_of(settings.BASE_URL)
        if not port:
            raise CommandError("The port must be a number from 1 to 65535: make demo PORT=8001.")
        for wanted in (port, port + 1) if self._has_website() else (port,):
            try:
                server.require_free(wanted)
            except server.PortNotFree as reason:
                raise CommandError(
                    f"Port {wanted} cannot be used ({reason}): choose another, "
                    "as in make demo PORT=8010 (the website takes the port after it)."
                ) from reason
        return port

    def _set_up(self) -> None:
        path = settings.DATA_DIR / "stamp"
        wanted = stamp.fingerprint(settings.BASE_DIR)
        if stamp.matches(path, wanted):
            return
        self._say(f"Sets up the example in {settings.DATA_DIR} (once) ...")
        for name, step in setup.steps():
            self._say(f"  {name}")
            try:
                step()
            except Exception as error:
                raise CommandError(
                    f"Setting up the {name} failed: {error} (details: --traceback). "
                    f"To start over, remove {settings.DATA_DIR}."
                ) from error
        path.write_text(wanted)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
