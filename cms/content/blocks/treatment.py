from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.base import PointBlock, SectionBlock
from cms.content.choosers import ItemChooserBlock


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


class TreatmentBlock(SectionBlock):
    """What helps: text, labelled points, and cards of articles, programmes and products."""

    points = blocks.ListBlock(
        PointBlock(),
        label=_("Points"),
        default=[],
        help_text=_("For a list in which every line has a name. Example: Blijf bewegen"),
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
