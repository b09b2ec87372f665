from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.base import SectionBlock, short_text
from cms.content.choosers import ProductChooserBlock, TermChooserBlock
from cms.content.vocabulary import ProductCategory, TermKind


class ProductGroupBlock(blocks.StructBlock):
    """Products of one category, for one or more contexts. Without a text it goes with its last
    card."""

    heading = blocks.CharBlock(
        label=_("Heading"), max_length=120, help_text=_("Example: Goed zitten op je werk")
    )
    category = blocks.ChoiceBlock(
        label=_("Category"), choices=ProductCategory.choices, help_text=_("Example: Ergonomics")
    )
    contexts = blocks.ListBlock(
        TermChooserBlock(kinds=(TermKind.CONTEXT.value,)),
        label=_("Where it is for"),
        default=[],
        help_text=_("None: everywhere. Example: At work"),
    )
    text = short_text(
        _("Text"), _("What to look at when choosing. No prices or shops."), required=False
    )
    chosen = blocks.ListBlock(ProductChooserBlock(), label=_("Products"), default=[])

    class Meta:
        icon = "tag"
        label = _("Group of products")


class ProductsBlock(SectionBlock):
    """Products by category. Free help comes before this section."""

    groups = blocks.ListBlock(ProductGroupBlock(), label=_("Groups of products"), min_num=1)

    class Meta:
        icon = "tag"
        label = _("Products")
