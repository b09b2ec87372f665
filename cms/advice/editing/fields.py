"""Columns that hold keys of the vocabulary: one, or a set of them to be ticked."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cms.advice.editing.vocabulary import Choice

Source = Callable[[], Iterable[Choice]]


def with_kept(choices: Iterable[Choice], kept: Collection[str]) -> list[Choice]:
    """The choices there are, and those that a row holds though they are no choice any more.

    Without them, saving a row would drop silently what nobody unticked.
    """
    offered = list(choices)
    known = {key for key, _label in offered}
    gone = [(key, _("%(key)s (no longer in use)") % {"key": key}) for key in kept]
    return [*offered, *(choice for choice in gone if choice[0] not in known)]


class KeepsChoices(forms.ChoiceField):
    """A choice out of a vocabulary, which keeps what its row holds."""

    def __init__(self, *, source: Source, **kwargs: Any) -> None:
        self.source = source
        super().__init__(**kwargs)

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        held = form.get_initial_for_field(self, field_name)
        kept = held if isinstance(held, list) else [held] if held else []
        self.choices = [*self.before(), *with_kept(self.source(), kept)]
        return super().get_bound_field(form, field_name)

    def before(self) -> list[Choice]:
        return [("", "---------")]


class ManyKeepsChoices(KeepsChoices, forms.MultipleChoiceField):
    def before(self) -> list[Choice]:
        return []


def keys_to_tick(*, folded: bool) -> forms.CheckboxSelectMultiple:
    """Keys side by side; those that are seldom ticked are folded away as long as none is.

    No class of its own: the admin styles a widget by the name of its class.
    """
    widget = forms.CheckboxSelectMultiple(attrs={"class": "advice-keys"})
    if folded:
        widget.template_name = "advice/widgets/folded_keys.html"
    return widget


class KeyField(models.CharField):
    """One key of a vocabulary, or nothing."""

    def __init__(self, *args: Any, source: Source = tuple, **kwargs: Any) -> None:
        self.source = source
        kwargs.setdefault("max_length", 80)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return KeepsChoices(
            source=self.source,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )


class KeySetField(models.JSONField):
    """A sorted list of keys of a vocabulary. Works alike on SQLite and PostgreSQL."""

    def __init__(
        self, *args: Any, source: Source = tuple, folded: bool = False, **kwargs: Any
    ) -> None:
        self.source, self.folded = source, folded
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return ManyKeepsChoices(
            source=self.source,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=keys_to_tick(folded=self.folded),
        )

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
            raise ValidationError(_("This must be a list of keys."))
        return sorted(set(value))
