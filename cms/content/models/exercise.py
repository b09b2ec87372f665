from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.content.blocks import PHASES
from cms.content.models.base import ContentPage, Problem, tabs
from cms.content.models.item import AdvisedMixin


class ExerciseProgramme(AdvisedMixin, ContentPage):
    """Exercises in phases, each exercise with its dosage."""

    item_type = "exercise_programme"
    item_slot = "exercises"

    phases = StreamField(PHASES, verbose_name=_("phases"), blank=True)

    parent_page_types = ["content.HomePage", "content.IndexPage"]
    subpage_types: list[str] = []
    search_fields = [*ContentPage.search_fields, index.SearchField("phases")]

    content_panels = [*ContentPage.content_panels, FieldPanel("phases")]
    edit_handler = tabs((_("Advice"), AdvisedMixin.advice_panels), content=content_panels)

    class Meta:
        verbose_name = _("exercise programme")
        verbose_name_plural = _("exercise programmes")

    def problems(self) -> Iterable[Problem]:
        yield from super().problems()
        if not self.half_written and not self.phases:
            yield "phases", _("A programme has at least one phase.")
