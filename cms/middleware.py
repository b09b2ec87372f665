from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase

READS = {"GET", "HEAD", "OPTIONS", "TRACE"}


class AtomicAdminWrites:
    """Runs each writing request of the admin in one transaction.

    ATOMIC_REQUESTS would do it for reads too, and serialise them on SQLite. Without it Wagtail
    saves a page, its log entry and its references in separate transactions, and a touch could
    be lost between them.
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
        with transaction.atomic():
            return view(request, *args, **kwargs)
