"""What is due soon or already: reviews of texts, safety reviews of items, licences of images."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.content.models import CustomImage
from cms.content.models.item import AdvisedMixin
from cms.content.models.review import ReviewedMixin

AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Due:
    """`by` is who did it last time; `edit` the address of the form to mend it in."""

    what: str
    title: str
    locale: str
    by: str
    on: date
    edit: str


def due(until: date) -> list[Due]:
    """Everything live that is due on or before `until`, the longest overdue first."""
    found = [*_reviews(until), *_safety_reviews(until), *_licences(until)]
    return sorted(found, key=lambda each: (each.on, each.title, each.what))


def _reviews(until: date) -> Iterator[Due]:
    for page in _pages(ReviewedMixin, next_review_due__lte=until):
        yield _of(page, _("Review of the text"), page.reviewed_by, page.next_review_due)


def _safety_reviews(until: date) -> Iterator[Due]:
    for page in _pages(AdvisedMixin, safety_until__lte=until):
        yield _of(page, _("Safety review"), page.safety_by, page.safety_until)


def _licences(until: date) -> Iterator[Due]:
    for image in CustomImage.objects.filter(licence_until__lte=until):
        edit = reverse("wagtailimages:edit", args=[image.pk])
        yield Due(
            _("Licence of an image"), image.title, "", image.credit, image.licence_until, edit
        )


def _pages(mixin: Any, **wanted: Any) -> Iterator[Any]:
    models: Iterable[Any] = apps.get_models()
    for model in models:
        if issubclass(model, mixin):
            yield from model.objects.filter(live=True, **wanted).select_related("locale")


def _of(page: Any, what: str, by: str, on: date) -> Due:
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return Due(what, page.title, page.locale.language_code, by, on, edit)
