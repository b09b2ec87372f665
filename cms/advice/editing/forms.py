"""The form behind the admin's page of rules."""

from collections.abc import Iterator
from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from cms.advice.editing.problems import problems


class RulesForm(WagtailAdminModelForm):
    """While a draft is saved, rules may be half written; what is published is right.

    Each problem stands at the row and the field that caused it.
    """

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if self.is_deferred_validation or not self.is_bound:
            return bool(valid)
        rows = list(self._rows())
        found = problems(self.instance, [row.instance for row in rows])
        for place, field, message in found:
            form = self if place is None else rows[place]
            # One message at a field is enough: the first is the form's own.
            if field not in form.errors:
                form.add_error(field if field in form.fields else None, message)
        return bool(valid and not found)

    def _rows(self) -> Iterator[Any]:
        """The rows that are not about to be deleted."""
        formset = self.formsets["rules"]
        for form in formset.forms:
            if not formset._should_delete_form(form):
                yield form
