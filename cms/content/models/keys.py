"""Keys of snippets: names for files and programs, which stay for ever."""

from collections.abc import Iterable
from typing import Any

from django.core.validators import RegexValidator
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

is_slug_key = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Small letters, digits and dashes. Example: kngf-2021")
)


def problems_of_key(snippet: Model, *fixed: str) -> Iterable[tuple[str, Any]]:
    """That `key` and the other `fixed` fields are what they were when it was first saved."""
    before = type(snippet)._default_manager.filter(pk=snippet.pk).first()
    for name in ("key", *fixed) if before else ():
        if getattr(snippet, name) != getattr(before, name):
            said = _("This stays what it was: %(value)s. Make a new one instead.")
            yield name, said % {"value": getattr(before, name)}
