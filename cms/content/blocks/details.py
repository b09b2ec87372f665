"""What is particular about a kind of product: one block type for each category that has any.

The name of a block type is the category that it belongs to.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.choosers import TermChooserBlock
from cms.content.vocabulary import (
    Firmness,
    Level,
    ProductCategory,
    SleepingPosition,
    TermKind,
)


def text(label: Any, help_text: Any, *, required: bool = True, most: int = 300) -> blocks.TextBlock:
    return blocks.TextBlock(label=label, help_text=help_text, required=required, max_length=most)


def contexts() -> blocks.ListBlock:
    return blocks.ListBlock(
        TermChooserBlock(kinds=(TermKind.CONTEXT.value,)),
        label=_("Where it is for"),
        min_num=1,
        help_text=_("At least one. Example: At work"),
    )


class ErgonomicsBlock(blocks.StructBlock):
    """Something to sit, stand or work with."""

    contexts = contexts()
    adjustable = blocks.BooleanBlock(
        label=_("Can be adjusted"), required=False, help_text=_("Example: in height")
    )
    space = text(_("Space"), _("Example: Past op elk bureau dat dieper is dan 60 centimeter."))

    class Meta:
        icon = "desktop"
        label = _("Ergonomics")


class TrainingBlock(blocks.StructBlock):
    """Something to train with."""

    level = blocks.ChoiceBlock(
        label=_("Level"), choices=Level.choices, help_text=_("How hard it makes you work.")
    )
    space = text(_("Space"), _("Example: Twee bij twee meter vrije vloer."))
    skills = text(
        _("What you have to be able to do"),
        _("Example: Je kunt een halve minuut planken op je knieën."),
        required=False,
    )

    class Meta:
        icon = "pick"
        label = _("Training")


class SleepBlock(blocks.StructBlock):
    """Something to sleep on or with."""

    firmness = blocks.ChoiceBlock(
        label=_("Firmness"), choices=Firmness.choices, help_text=_("Example: Medium")
    )
    sleeping_positions = blocks.MultipleChoiceBlock(
        label=_("Suits those who sleep"),
        choices=SleepingPosition.choices,
        help_text=_("Tick at least one. Example: On the side"),
    )
    trial_nights = blocks.IntegerBlock(
        label=_("Nights to try it"),
        required=False,
        min_value=1,
        max_value=365,
        help_text=_("How long it may be sent back, if that is usual. Example: 30"),
    )
    body_weight = text(
        _("Body weight"), _("Example: Boven 90 kilo: kies een stevigere."), required=False
    )

    class Meta:
        icon = "view"
        label = _("Sleep")


class FootBlock(blocks.StructBlock):
    """Something for in or around the foot."""

    shoe = text(_("Shoe"), _("Example: Past in schoenen met een uitneembare zool."))
    professional = text(
        _("When a podiatrist is the better choice"),
        _("Example: Heb je diabetes of voel je minder in je voeten? Ga naar een podotherapeut."),
    )

    class Meta:
        icon = "tag"
        label = _("Foot comfort")


class GadgetsBlock(blocks.StructBlock):
    """A device that measures."""

    measures = text(_("What it measures"), _("Example: Stappen, hartslag en hoelang je stilzit."))
    accuracy = text(
        _("How exact that is"), _("Example: Stappen klopt ongeveer; calorieën is een schatting.")
    )
    privacy = text(
        _("Which data leave the device"),
        _("Example: Alles gaat naar een app. Die bewaart het op servers van de maker."),
    )
    medical_device = blocks.BooleanBlock(
        label=_("Is a medical device"),
        required=False,
        help_text=_("Only when it carries a CE mark as a medical device."),
    )

    class Meta:
        icon = "mobile-alt"
        label = _("Gadget")


class AidsBlock(blocks.StructBlock):
    """Something that takes over a part of the work for a while."""

    contexts = contexts()
    longest_minutes_a_day = blocks.IntegerBlock(
        label=_("Longest a day, in minutes"),
        required=False,
        min_value=1,
        max_value=1440,
        help_text=_("Example: 120"),
    )
    temporary = blocks.BooleanBlock(
        label=_("For a limited time"),
        required=False,
        default=True,
        help_text=_("Ticked: not for good, so that nobody comes to depend on it."),
    )
    dont = text(
        _("How not to use it"), _("Example: Draag hem niet de hele dag en niet om mee te slapen.")
    )

    class Meta:
        icon = "crosshairs"
        label = _("Aid")


class HeatBlock(blocks.StructBlock):
    """Something that warms."""

    longest_minutes = blocks.IntegerBlock(
        label=_("Longest at a time, in minutes"),
        min_value=1,
        max_value=720,
        help_text=_("Example: 20"),
    )
    temperature = text(_("How warm"), _("Example: Handwarm, nooit heet."), required=False)

    class Meta:
        icon = "warning"
        label = _("Heat")


DETAILS = [
    (ProductCategory.ERGONOMICS.value, ErgonomicsBlock()),
    (ProductCategory.TRAINING.value, TrainingBlock()),
    (ProductCategory.SLEEP.value, SleepBlock()),
    (ProductCategory.FOOT.value, FootBlock()),
    (ProductCategory.GADGETS.value, GadgetsBlock()),
    (ProductCategory.AIDS.value, AidsBlock()),
    (ProductCategory.HEAT.value, HeatBlock()),
]
