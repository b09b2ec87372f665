from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.base import CheckedBlock, SectionBlock
from cms.content.vocabulary import StartAction


class ActionBlock(CheckedBlock):
    """A button at the start of the page."""

    kind = blocks.ChoiceBlock(
        label=_("Leads to"),
        choices=StartAction.choices,
        help_text=_("Example: The screening of this condition"),
    )
    label = blocks.CharBlock(
        label=_("Text on the button"),
        max_length=80,
        help_text=_("Example: Doe de screening (1 minuut)"),
    )
    page = blocks.PageChooserBlock(
        label=_("Page"), required=False, help_text=_("Only when it leads to a page or to services.")
    )

    class Meta:
        icon = "arrow-right"
        label = _("Button")

    def wrong(self, value: Any) -> dict[str, Any]:
        if value["kind"] == StartAction.PAGE and value["page"] is None:
            return {"page": _("Choose the page that it leads to.")}
        own = (StartAction.SCREENING, StartAction.RECOMMENDATIONS)
        if value["kind"] in own and value["page"] is not None:
            return {"page": _("Leave this empty: it does not lead to a page.")}
        return {}


class StartBlock(SectionBlock):
    """Where a visitor can go from here: the screening, help, recommended items."""

    actions = blocks.ListBlock(ActionBlock(), label=_("Buttons"), min_num=1)

    class Meta:
        icon = "arrow-right-full"
        label = _("Start here")
