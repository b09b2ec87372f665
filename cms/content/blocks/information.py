from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.base import SectionBlock
from cms.content.vocabulary import LegalKind


class InformationBlock(SectionBlock):
    """What a visitor must know about using this information: legal texts, the newest of each."""

    texts = blocks.ListBlock(
        blocks.ChoiceBlock(
            label=_("Text"), choices=LegalKind.choices, help_text=_("Example: Disclaimer")
        ),
        label=_("Legal texts"),
        min_num=1,
        help_text=_("Shown whole, in the language of the page. Example: Disclaimer"),
    )

    class Meta:
        icon = "info-circle"
        label = _("About this information")
