"""The example website beside the service: another program, which this one only starts and ends.

It knows the API and nothing of ours, and we know its command and nothing of its code.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings

END_SECONDS = 8
# Something that it answers without asking the API.
READY = "/robots.txt"


def is_ours(base: str, site: str) -> bool:
    """Whether SITE_URL is the place right after BASE_URL, and not a front end of somebody else."""
    own, shown = urlsplit(base), urlsplit(site)
    return shown.hostname == own.hostname and shown.port == (own.port or 0) + 1


@contextmanager
def running(port: int) -> Iterator[None]:
    """Ends with the block; should this process be killed, it ends by itself a second later."""
    command = [sys.executable, "-m", "examples.website", "serve", "--ends-with-parent", "--quiet"]
    command += ["--api", settings.BASE_URL, "--port", str(port)]
    process = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        # Ctrl-C reaches us alone, and we end it in order
        start_new_session=True,
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
