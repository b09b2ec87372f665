"""Copying pages in the admin."""

import copy
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm


class ContentCopyForm(CopyForm):
    """Refuses to publish copies that could not be published if an editor had made them.

    Wagtail answers 500 to such a wish. As a draft everything can be copied: a condition then
    gets a key of its own before it is published.
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("publish_copies") and not cleaned.get("alias"):
            for page in self._copied(cleaned):
                for said in reasons_against(page):
                    self.add_error("publish_copies", said)
        return cleaned

    def _copied(self, cleaned: dict[str, Any]) -> Iterator[Any]:
        """The pages whose copies would be live."""
        below = self.page.get_descendants() if cleaned.get("copy_subpages") else ()
        for page in [self.page, *below]:
            if page.live:
                yield page.specific


def reasons_against(page: Any) -> list[Any]:
    """Why a copy of this page could not go live, one sentence for each problem."""
    if not hasattr(page, "problems"):  # a bare page of Wagtail's
        return []
    twin = copy.copy(page)
    twin.pk = twin.id = twin.alias_of_id = None
    twin.translation_key = uuid4()
    twin.rows_known = False  # they are copied along, and were right before
    problems = [(name, str(reason)) for name, reason in twin.problems()]
    try:
        twin.clean_fields()
    except ValidationError as error:
        problems += [(name, reason) for name, said in error.message_dict.items() for reason in said]
    return [
        _("“%(page)s”, %(field)s: %(reason)s Copy without publishing and mend it first.")
        % {"page": page.title, "field": page._meta.get_field(name).verbose_name, "reason": reason}
        for name, reason in problems
    ]
