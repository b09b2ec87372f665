from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.content.blocks.base import RICH
from cms.content.models.base import ContentPage, tabs
from cms.content.models.glossary import Explained
from cms.content.models.item import AdvisedMixin
from cms.content.models.reference import Source
from cms.content.models.review import ReviewedMixin


class ArticlePage(AdvisedMixin, ReviewedMixin, ContentPage):
    """A text about one subject, which can be advised."""

    item_type = "article"
    item_slot = "articles"

    body = RichTextField(
        _("text"),
        features=RICH,
        help_text=_("Short sentences, one thought each; address the visitor as “je”."),
    )

    parent_page_types = ["content.HomePage", "content.IndexPage"]
    subpage_types: list[str] = []
    search_fields = [*ContentPage.search_fields, index.SearchField("body")]

    content_panels = [*ContentPage.content_panels, FieldPanel("body")]
    edit_handler = tabs(
        (_("Advice"), AdvisedMixin.advice_panels),
        (_("Review and sources"), ReviewedMixin.review_panels),
        content=content_panels,
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


class ArticleSource(Source):
    page = ParentalKey(ArticlePage, related_name="sources")


class ArticleExplained(Explained):
    page = ParentalKey(ArticlePage, related_name="glossary")
