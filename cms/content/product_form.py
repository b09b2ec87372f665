from typing import Any

from cms.content import promises
from cms.content.forms import ContentPageForm
from cms.content.vocabulary import ProductCategory


class ProductPageForm(ContentPageForm):
    """Puts what a warning of a supplement promises at the row that says it."""

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if self.instance.category != ProductCategory.SUPPLEMENTS:
            return valid
        language = promises.language_of(self.instance)
        refused = [
            self._refuse(
                form, promises.warned(form.cleaned_data.get("explanation") or "", language)
            )
            for relation in promises.WARNINGS
            for form in (self.formsets[relation].forms if relation in self.formsets else ())
            if not getattr(form, "cleaned_data", {"DELETE": True}).get("DELETE")
        ]
        return bool(valid and not any(refused))

    def _refuse(self, form: Any, messages: list[Any]) -> bool:
        for message in messages:
            form.add_error("explanation", message)
        return bool(messages)
