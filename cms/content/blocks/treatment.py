from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.base import PointBlock, SectionBlock
from cms.content.choosers import ItemChooserBlock, TermChooserBlock
from cms.content.vocabulary import Stance, TermKind


class CardsBlock(blocks.StructBlock):
    """Cards of items under their own heading. A card that is not live goes, and with the last
    card the heading."""

    heading = blocks.CharBlock(
        label=_("Heading"), max_length=120, help_text=_("Example: Verder lezen")
    )
    chosen = blocks.ListBlock(ItemChooserBlock(), label=_("Cards"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Cards")


class AdviceBlock(PointBlock):
    """One thing to do, not to do or to consider, and in which phase."""

    advice = blocks.ChoiceBlock(
        label=_("Advice"), choices=Stance.choices, help_text=_("Example: Do")
    )
    phase = TermChooserBlock(
        kinds=(TermKind.PHASE.value,),
        required=False,
        label=_("Phase"),
        help_text=_("Empty: in every phase. Example: First six weeks"),
    )

    class Meta:
        icon = "list-ul"
        label = _("Advice")


class TreatmentBlock(SectionBlock):
    """What helps: text, labelled points, and cards of articles, programmes and products."""

    points = blocks.ListBlock(
        AdviceBlock(),
        label=_("Points"),
        default=[],
        help_text=_("What to do, not to do or to consider. Example: Blijf bewegen"),
    )
    cards = blocks.ListBlock(
        CardsBlock(),
        label=_("Groups of cards"),
        default=[],
        help_text=_("Show free help before anything that is for sale."),
    )

    class Meta:
        icon = "pick"
        label = _("Self-care and treatment")
