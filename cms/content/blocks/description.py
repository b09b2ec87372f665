from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.base import PointBlock, SectionBlock
from cms.content.blocks.statistics import numbers
from cms.content.choosers import PictureChooserBlock


class DescriptionBlock(SectionBlock):
    """Text with labelled points: what it is, which kinds there are."""

    points = blocks.ListBlock(
        PointBlock(),
        label=_("Points"),
        default=[],
        help_text=_("For a list in which every line has a name, such as kinds of a complaint."),
    )
    image = PictureChooserBlock(required=False)
    statistics = numbers()

    class Meta:
        icon = "doc-full"
        label = _("Description")
        form_classname = "struct-block"
