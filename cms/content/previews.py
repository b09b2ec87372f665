"""Showing a draft to a front end: kept as it is, read by a signed token of that one page."""

import secrets
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.translation import get_language

from cms.content.models.preview import Preview

# Long enough to look at a page, too short for a link that is passed on.
LIFETIME = timedelta(minutes=15)
_signer = signing.TimestampSigner(salt="cms.content.previews")


class InLanguageOfEditor:
    """A preview is made by a request of its own, which does not know what its editor reads."""

    def make_preview_request(
        self,
        original_request: Any = None,
        preview_mode: Any = None,
        extra_request_attrs: Any = None,
    ) -> Any:
        told = {"editor_language": get_language()} | (extra_request_attrs or {})
        return super().make_preview_request(original_request, preview_mode, told)  # type: ignore[misc]


def in_language_of_editor(request: Any) -> AbstractContextManager[None]:
    return translation.override(getattr(request, "editor_language", get_language()))


class Previewed(InLanguageOfEditor):
    """A page whose preview in the admin is the front end, told to show this draft."""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        token = keep(self)
        own = settings.SITE_URL == settings.BASE_URL  # nobody configured a front end
        address = (
            f"/api/v1/preview/{token}" if own else f"{settings.SITE_URL}/preview?token={token}"
        )
        shown = {"address": address, "has_front_end": not own, "page": self}
        with in_language_of_editor(request):
            return TemplateResponse(request, "content/preview.html", shown).render()


def keep(page: Any) -> str:
    """Keep the page as it is in memory, saved or not, and return a token for it."""
    from cms.content.renderers import render_draft  # renderers import the models that use this

    made = render_draft(page)
    Preview.objects.filter(made_at__lt=timezone.now() - LIFETIME).delete()
    kept = Preview.objects.create(
        key=secrets.token_urlsafe(32),
        page_key=f"page:{page.pk or 'new'}",
        kind=made.kind,
        locale=made.locale,
        path=made.path,
        body=made.body or {},
    )
    return _signer.sign(kept.key)


def read(token: str, now: datetime) -> Preview | None:
    """None: forged, out of date, or not there."""
    try:
        key = _signer.unsign(token, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return Preview.objects.filter(key=key, made_at__gt=now - LIFETIME).first()
