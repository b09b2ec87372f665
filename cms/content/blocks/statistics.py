from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.base import CheckedBlock
from cms.content.choosers import ReferenceChooserBlock, TermChooserBlock
from cms.content.vocabulary import StatisticUnit, TermKind


class StatisticBlock(CheckedBlock):
    """A number as data: what it counts, a value or a range, its unit, and where it comes from."""

    measure = TermChooserBlock(
        kinds=(TermKind.MEASURE.value,),
        label=_("What it counts"),
        help_text=_("Example: Recovered by themselves"),
    )
    low = blocks.DecimalBlock(
        label=_("Value, or the lowest"),
        min_value=0,
        max_digits=10,
        decimal_places=2,
        help_text=_("Example: 80"),
    )
    high = blocks.DecimalBlock(
        label=_("The highest"),
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        help_text=_("Only for a range. Example: 90"),
    )
    unit = blocks.ChoiceBlock(
        label=_("Unit"), choices=StatisticUnit.choices, help_text=_("Example: Percent")
    )
    population = blocks.CharBlock(
        label=_("Among whom"),
        required=False,
        max_length=120,
        help_text=_("Example: mensen met lage rugpijn zonder uitstraling"),
    )
    reference = ReferenceChooserBlock(help_text=_("No number without a source. Example: kngf-2021"))

    class Meta:
        icon = "order"
        label = _("Statistic")

    def wrong(self, value: Any) -> dict[str, Any]:
        low, high = value["low"], value["high"]
        if high is not None and high < low:
            return {"high": _("The highest is lower than the lowest.")}
        return {}


def numbers() -> blocks.ListBlock:
    return blocks.ListBlock(
        StatisticBlock(),
        label=_("Statistics"),
        default=[],
        help_text=_("Numbers that this section names. Example: 80 to 90 percent recover"),
    )
