"""What a server loads: `granian --interface wsgi api.wsgi:application`.

Importing this starts the threads of the process, so each worker has to import it for itself (no
preloading). Tests make an api.application.Application.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

import django


def serve() -> Callable[..., Iterable[bytes]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    django.setup()
    # after the set-up: these import models
    from api import process
    from api.application import Application

    process.start()
    return Application()


application: Callable[..., Any] = serve()
