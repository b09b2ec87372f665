from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultipleChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.content.blocks import PHASES
from cms.content.models.base import ContentPage, Problem, tabs
from cms.content.models.item import AdvisedMixin
from cms.content.vocabulary import Level


class ExerciseProgramme(AdvisedMixin, ContentPage):
    """Exercises in phases, each exercise with its dosage."""

    item_type = "exercise_programme"
    item_slot = "exercises"

    level = models.CharField(
        _("level"),
        max_length=10,
        choices=Level.choices,
        help_text=_("How hard it is at its hardest. Example: Light"),
    )
    progression = models.TextField(
        _("how to make it harder"),
        max_length=600,
        blank=True,
        help_text=_("For the whole programme. Example: Gaat het drie dagen goed? Doe er twee bij."),
    )
    phases = StreamField(PHASES, verbose_name=_("phases"), blank=True, collapsed=True)

    parent_page_types = ["content.HomePage", "content.IndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("phases"),
        index.FilterField("level"),
    ]

    content_panels = [
        *ContentPage.content_panels,
        FieldPanel("level"),
        FieldPanel("phases", help_text=_("At least one; one follows the other.")),
        FieldPanel("progression"),
        MultipleChooserPanel(
            "equipment",
            chooser_field_name="product",
            heading=_("Equipment"),
            label=_("Product"),
            help_text=_("What somebody needs for it. Nothing chosen: it can be done without."),
        ),
    ]
    edit_handler = tabs((_("Advice"), AdvisedMixin.advice_panels), content=content_panels)

    class Meta:
        verbose_name = _("exercise programme")
        verbose_name_plural = _("exercise programmes")

    def problems(self) -> Iterable[Problem]:
        yield from super().problems()
        if not self.half_written and not self.phases:
            yield "phases", _("A programme has at least one phase.")


class ProgrammeEquipment(Orderable):
    page = ParentalKey(ExerciseProgramme, related_name="equipment")
    # RESTRICT, not PROTECT: deleting a whole branch with the programme in it is fine.
    product = models.ForeignKey(
        "content.ProductPage",
        verbose_name=_("product"),
        on_delete=models.RESTRICT,
        related_name="+",
    )
