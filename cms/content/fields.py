"""Sets of small numbers or of short keys in one column, ticked in the admin."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

is_https = URLValidator(schemes=["https"], message=_("An address that begins with https://"))


class TickedSet(models.JSONField):
    """A sorted list of what is ticked, out of `offered`: pairs of value and label.

    Works the same on SQLite and PostgreSQL and needs no table of its own.
    """

    coerce: Callable[[str], Any] = str

    def __init__(self, *args: Any, offered: Iterable[tuple[Any, Any]] = (), **kwargs: Any) -> None:
        self.offered = tuple(offered)
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.TypedMultipleChoiceField(
            choices=self.offered,
            coerce=type(self).coerce,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        allowed = [key for key, _label in self.offered]
        if not isinstance(value, list) or any(key not in allowed for key in value):
            raise ValidationError(
                _("Choose from %(allowed)s."), params={"allowed": ", ".join(map(str, allowed))}
            )
        return sorted(set(value))


class NumberSet(TickedSet):
    """`numbers`: pairs of number and label."""

    coerce = int

    def __init__(self, *args: Any, numbers: Iterable[tuple[int, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, offered=numbers, **kwargs)


class WordSet(TickedSet):
    """`words`: pairs of key and label."""

    def __init__(self, *args: Any, words: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, offered=words, **kwargs)
