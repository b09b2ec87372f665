from collections.abc import Iterable

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
)

from cms.content.fields import NumberSet
from cms.content.models.base import Problem
from cms.content.vocabulary import PROFILES, Evidence, GuidelineStance, ReviewKind


class AdvisedMixin(models.Model):
    """What decides whether, when and to whom a page is advised.

    Beside these columns: `item_conditions`, `item_terms` and `item_constraints` (links.py).
    Never a price, a partner or a commission.
    """

    item_type: str  # what the recommender calls it
    item_slot: str  # where advice shows it

    profiles = NumberSet(
        _("recovery profiles"),
        numbers=PROFILES,
        help_text=_("Nothing ticked: it suits every profile."),
    )
    guideline_stance = models.CharField(
        _("the guideline"),
        max_length=12,
        choices=GuidelineStance.choices,
        default=GuidelineStance.NONE,
        help_text=_("What the guideline for these conditions says about it."),
    )
    guideline_citation = models.TextField(
        _("where it says so"),
        max_length=400,
        blank=True,
        help_text=_("Example: NHG-Standaard Aspecifieke lagerugpijn (2017), Richtlijnen beleid"),
    )
    guideline_reference = models.ForeignKey(
        "content.Reference",
        verbose_name=_("reference of the guideline"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The guideline itself, if it is among the references. Example: kngf-2021"),
    )
    evidence = models.CharField(
        _("certainty of the evidence"), max_length=10, choices=Evidence.choices, blank=True
    )
    safety_kind = models.CharField(
        _("safety review"),
        max_length=10,
        choices=ReviewKind.choices,
        blank=True,
        help_text=_("Without one this is never advised."),
    )
    safety_by = models.CharField(
        _("reviewed by"),
        max_length=150,
        blank=True,
        help_text=_("Example: A. Jansen, fysiotherapeut (BIG 12345678904)"),
    )
    safety_on = models.DateField(_("reviewed on"), null=True, blank=True)
    safety_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("From this day on it is no longer advised. Example: 2027-11-24"),
    )
    editor_weight = models.PositiveSmallIntegerField(
        _("editor's weight"),
        default=5,
        validators=[MaxValueValidator(10)],
        help_text=_("0 to 10: between two that fit equally well, the heavier one comes first."),
    )
    paid = models.BooleanField(
        _("we may earn on it"),
        default=False,
        help_text=_("Its card then says so. It never changes what is advised."),
    )

    advice_panels = [
        MultiFieldPanel(
            [
                MultipleChooserPanel(
                    "item_conditions",
                    chooser_field_name="condition",
                    heading=_("Conditions"),
                    label=_("Condition"),
                ),
                MultipleChooserPanel(
                    "item_terms",
                    chooser_field_name="term",
                    heading=_("Factors, phases, contexts, activities and people that it suits"),
                    label=_("Term"),
                ),
                FieldPanel("profiles"),
            ],
            heading=_("For whom"),
        ),
        InlinePanel(
            "item_constraints",
            heading=_("Not safe, or only after asking"),
            label=_("Constraint"),
            help_text=_("One row for each group that must avoid it or ask first."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("guideline_stance"),
                FieldPanel("guideline_citation"),
                FieldPanel("guideline_reference"),
                FieldPanel("evidence"),
            ],
            heading=_("Guideline and evidence"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("safety_kind"),
                # Not as the fields of the review of the whole text are called, in the same form.
                FieldPanel("safety_by", heading=_("Safety reviewed by")),
                FieldRowPanel(
                    [
                        FieldPanel("safety_on", heading=_("Safety reviewed on")),
                        FieldPanel("safety_until"),
                    ]
                ),
            ],
            heading=_("Safety review"),
        ),
        MultiFieldPanel([FieldPanel("editor_weight"), FieldPanel("paid")], heading=_("Order")),
    ]

    class Meta:
        abstract = True

    def problems(self) -> Iterable[Problem]:
        yield from super().problems()  # type: ignore[misc]
        yield from self._guideline_problems()
        yield from self._safety_problems()

    def _guideline_problems(self) -> Iterable[Problem]:
        cited = bool(self.guideline_citation.strip())
        if self.guideline_stance == GuidelineStance.NONE:
            if cited:
                yield "guideline_citation", _("Leave this empty: the guideline says nothing.")
            if self.guideline_reference_id:
                yield "guideline_reference", _("Leave this empty: the guideline says nothing.")
        elif not cited and not self.half_written:  # type: ignore[attr-defined]
            yield "guideline_citation", _("Say where the guideline says so.")

    def _safety_problems(self) -> Iterable[Problem]:
        details = {name: getattr(self, name) for name in ("safety_by", "safety_on", "safety_until")}
        if not self.safety_kind:
            if any(details.values()):
                yield "safety_kind", _("Choose what kind of review this was.")
        elif not self.half_written:  # type: ignore[attr-defined]
            for name, value in details.items():
                if not value:
                    yield name, _("A safety review has a reviewer, a date and an end.")
        if self.safety_on and self.safety_until and self.safety_until <= self.safety_on:
            yield "safety_until", _("The review ends after it was made.")
