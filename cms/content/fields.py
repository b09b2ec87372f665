"""A set of small numbers in one column, ticked in the admin."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class NumberSet(models.JSONField):
    """A sorted list of the numbers ticked, out of `numbers`: pairs of number and label.

    Works the same on SQLite and PostgreSQL and needs no table of its own.
    """

    def __init__(self, *args: Any, numbers: Iterable[tuple[int, Any]] = (), **kwargs: Any) -> None:
        self.numbers = tuple(numbers)
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.TypedMultipleChoiceField(
            choices=self.numbers,
            coerce=int,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        allowed = [number for number, _label in self.numbers]
        if not isinstance(value, list) or any(number not in allowed for number in value):
            raise ValidationError(
                _("Choose from %(allowed)s."), params={"allowed": ", ".join(map(str, allowed))}
            )
        return sorted(set(value))
