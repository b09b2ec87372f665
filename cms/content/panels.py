"""Panels of our own for the editor's form."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page

from cms.content.consequences import Shown, consequences
from cms.published.replica import replica


class ConsequencesPanel(Panel):
    """“What changes if I publish this?”, before the button is pressed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("What changes if you publish this?"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "content/consequences.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context) | {
                "page": self.instance,
                "compare": self.compare_address(),
            }
            if replica.ready:  # a process that just started knows in a second
                key = f"page:{self.instance.pk}"
                found = consequences(replica.view(), key, timezone.now())
                shown_on = [(each, kind_name(each), edit_address(each)) for each in found.shown_on]
                context |= {"found": found, "shown_on": shown_on}
            return context

        def compare_address(self) -> str | None:
            """Beside the live version, where there are changes to see."""
            page = self.instance
            if not page.pk or not page.live or not page.has_unpublished_changes:
                return None
            return reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"])


class GivenPanel(FieldPanel):
    """A field that is given when something is saved first: nothing to see until then."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs | {"read_only": True})

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return self.instance.pk is not None and bool(super().is_shown())


def kind_name(shown: Shown) -> str:
    """What editors call its kind; for what is no page, the kind itself."""
    prefix, _colon, pk = shown.key.partition(":")
    page = Page.objects.filter(pk=pk).first() if prefix == "page" else None
    model = page.specific_class if page else None
    return str(model._meta.verbose_name) if model else shown.kind


def edit_address(shown: Shown) -> str | None:
    prefix, _colon, pk = shown.key.partition(":")
    return reverse("wagtailadmin_pages:edit", args=[pk]) if prefix == "page" else None
