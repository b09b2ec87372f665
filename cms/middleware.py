import logging
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

READS = {"GET", "HEAD", "OPTIONS", "TRACE"}
AWAY = (OperationalError, InterfaceError)
RETRY_AFTER = 5  # seconds


class AtomicAdminWrites:
    """Runs each writing request of the admin in one transaction.

    ATOMIC_REQUESTS would do it for reads too, and serialise them on SQLite. Without it Wagtail
    saves a page, its log entry and its references in separate transactions, and a touch could
    be lost between them.

    While the database is away it answers 503: an editor learns that nothing was saved, and a
    monitor that this is no fault of the program.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if request.method in READS or not request.path_info.startswith("/admin/"):
            return None
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except AWAY as error:
            return _unavailable(error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """For what only reads, and what is read while a page is made."""
        return _unavailable(error) if isinstance(error, AWAY) else None


def _unavailable(error: Exception) -> HttpResponse:
    log.warning("the database does not answer an editor (%s)", type(error).__name__)
    text = _("The database does not answer. Nothing was saved. Go back and try again in a moment.")
    return HttpResponse(
        text,
        status=503,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"},
    )
