"""Chooser blocks. Migrations import them by path, so they stay in this module."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import PageChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

# Page types that can be advised. A new one is added here (docs/adding-a-content-type.md).
ITEM_TYPES = [
    "content.ArticlePage",
    "content.ExerciseProgramme",
    "content.ProductPage",
    "content.ServicePage",
]


class ItemChooserBlock(PageChooserBlock):
    """A page that can be advised."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(page_type=kwargs.pop("page_type", ITEM_TYPES), **kwargs)

    class Meta:
        icon = "tick-inverse"
        label = _("Article, programme, product or service")


class TermChooserBlock(SnippetChooserBlock):
    """An entry of the shared vocabulary."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(target_model=kwargs.pop("target_model", "content.Term"), **kwargs)

    class Meta:
        icon = "tag"
        label = _("Term")


class PictureChooserBlock(ImageChooserBlock):
    """An image; its alt text, credit and licence come with it."""

    class Meta:
        icon = "image"
        label = _("Image")
