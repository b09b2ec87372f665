"""Chooser blocks. Migrations import them by path, so they stay in this module."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import PageChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.content.vocabulary import TermKind

# Page types that can be advised. A new one is added here (docs/adding-a-content-type.md).
ITEM_TYPES = [
    "content.ArticlePage",
    "content.ExerciseProgramme",
    "content.ProductPage",
    "content.ServicePage",
    "content.CoursePage",
]


class ItemChooserBlock(PageChooserBlock):
    """A page that can be advised."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(page_type=kwargs.pop("page_type", ITEM_TYPES), **kwargs)

    class Meta:
        icon = "tick-inverse"
        label = _("Article, programme, product, service or course")


class TermChooserBlock(SnippetChooserBlock):
    """An entry of the shared vocabulary; with `kinds` (keys of TermKind) only of those."""

    def __init__(self, kinds: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(target_model=kwargs.pop("target_model", "content.Term"), **kwargs)
        self.kinds = tuple(kinds)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned is not None and self.kinds and cleaned.kind not in self.kinds:
            wanted = ", ".join(str(TermKind(kind).label) for kind in self.kinds)
            raise ValidationError(_("Choose one of the kind: %(kinds)s.") % {"kinds": wanted})
        return cleaned

    class Meta:
        icon = "tag"
        label = _("Term")


class PictureChooserBlock(ImageChooserBlock):
    """An image; its alt text, credit and licence come with it.

    One whose licence has ended is refused when the page is published, not while it is written.
    """

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned is not None and cleaned.is_expired and not self.is_deferred_validation:
            raise ValidationError(cleaned.expired_message)
        return cleaned

    class Meta:
        icon = "image"
        label = _("Image")


class ReferenceChooserBlock(SnippetChooserBlock):
    """A publication that something rests on."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(target_model=kwargs.pop("target_model", "content.Reference"), **kwargs)

    class Meta:
        icon = "openquote"
        label = _("Reference")


class GlossaryChooserBlock(SnippetChooserBlock):
    """A word with its explanation."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(target_model=kwargs.pop("target_model", "content.GlossaryTerm"), **kwargs)

    class Meta:
        icon = "info-circle"
        label = _("Word in the glossary")


class ConditionChooserBlock(PageChooserBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(page_type=kwargs.pop("page_type", ["content.ConditionPage"]), **kwargs)

    class Meta:
        icon = "help"
        label = _("Condition")


class SymptomChooserBlock(PageChooserBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(page_type=kwargs.pop("page_type", ["content.SymptomPage"]), **kwargs)

    class Meta:
        icon = "warning"
        label = _("Symptom")


class ProductChooserBlock(PageChooserBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(page_type=kwargs.pop("page_type", ["content.ProductPage"]), **kwargs)

    class Meta:
        icon = "tag"
        label = _("Product")
