"""Keys of snippets: names for files and programs, which stay for ever."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*\Z"
is_slug_key = RegexValidator(SLUG, _("Small letters, digits and dashes. Example: kngf-2021"))


class Keyed:
    """A snippet with a key: refuses another key, and says every problem at its field."""

    key: Any
    pk: Any

    def problems(self) -> Iterable[tuple[str, Any]]:
        """What is wrong, as (field, message). A snippet adds its own."""
        known: Any = type(self)
        before = known._default_manager.filter(pk=self.pk).first()
        if before and before.key != self.key:
            said = _("This stays what it was: %(value)s. Make a new one instead.")
            yield "key", said % {"value": before.key}

    def clean(self) -> None:
        super().clean()  # type: ignore[misc]
        found = dict(self.problems())
        if found:
            raise ValidationError(found)

    @transaction.atomic  # a touch belongs in the transaction of its change
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)  # type: ignore[misc]
