"""The form behind the admin's pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

# Child relation of a page: the field in which two rows must differ.
ONCE = {
    "item_conditions": "condition",
    "item_terms": "term",
    "item_constraints": "term",
    "names": "name",
}


class ContentPageForm(WagtailAdminPageForm):
    """Tells the page whether it may be half written, and finds rows that say the same twice."""

    def _post_clean(self) -> None:
        self.instance.half_written = self.is_deferred_validation
        super()._post_clean()

    def is_valid(self) -> bool:
        valid = super().is_valid()
        repeated = [self._refuse_repeats(name, field) for name, field in ONCE.items()]
        return bool(valid and not any(repeated))

    def _refuse_repeats(self, relation: str, field: str) -> bool:
        """Put an error at the second row with the same choice; true if there was one."""
        seen: list[Any] = []
        found = False
        for form in self.formsets[relation].forms if relation in self.formsets else ():
            chosen = getattr(form, "cleaned_data", {}).get(field)
            if chosen is None or form.cleaned_data.get("DELETE"):
                continue
            if chosen in seen:
                form.add_error(field, _("This is in the list already."))
                found = True
            seen.append(chosen)
        return found
