"""The form behind the admin's pages."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from cms.content.hints import hints

# Child relation of a page: the field in which two rows must differ.
ONCE = {
    "item_conditions": "condition",
    "item_terms": "term",
    "item_constraints": "term",
    "interactions": "term",
    "equipment": "product",
    "specialisms": "term",
    "registers": "number",
    "names": "name",
    "codes": "code",
    "possible": "condition",
    "sources": "reference",
    "glossary": "entry",
}


class ContentPageForm(WagtailAdminPageForm):
    """Tells the page whether it may be half written, finds rows that say the same twice, and puts
    hints under the fields they are about."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not when it comes back: autosave sends it again and again, and nobody sees that form.
        if self.instance.pk and not self.is_bound:
            self._show_hints()

    def _show_hints(self) -> None:
        said: dict[str, list[str]] = {}
        for hint in hints(self.instance):
            said.setdefault(hint.field, []).append(hint.message)
        for name, messages in said.items():
            if name in self.fields:
                self.fields[name].help_text = format_html(
                    '{}<ul class="hints">{}</ul>',
                    self.fields[name].help_text,
                    format_html_join("", "<li>{}</li>", ((message,) for message in messages)),
                )

    def _post_clean(self) -> None:
        self.instance.half_written = self.is_deferred_validation
        self.instance.rows_known = False
        super()._post_clean()
        self.instance.rows_known = True

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
