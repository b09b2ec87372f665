from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultipleChooserPanel, PageChooserPanel, TitleFieldPanel
from wagtail.models import Orderable, Page

from cms.content.models.base import ContentPage, Problem, tabs

PAGE_TYPES = [
    "content.IndexPage",
    "content.ConditionPage",
    "content.SymptomPage",
    "content.ArticlePage",
    "content.ProductPage",
    "content.ExerciseProgramme",
    "content.ServicePage",
    "content.CoursePage",
    "content.ProviderPage",
]


class Featured(Orderable):
    """A page that an editor puts forward on a home or index page."""

    target = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("target")]

    class Meta(Orderable.Meta):
        abstract = True


class HomeFeatured(Featured):
    page = ParentalKey("content.HomePage", related_name="featured")


class IndexFeatured(Featured):
    page = ParentalKey("content.IndexPage", related_name="featured")


_content = [
    TitleFieldPanel("title"),
    FieldPanel("lead"),
    FieldPanel("image"),
    MultipleChooserPanel(
        "featured",
        chooser_field_name="target",
        heading=_("Put forward"),
        label=_("Page"),
        help_text=_(
            "The cards on this page, in this order; it lists nothing else. Example: Lage rugpijn"
        ),
    ),
]


class HomePage(ContentPage):
    """The front page of a language."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = PAGE_TYPES
    edit_handler = tabs(content=_content)

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def problems(self) -> Iterable[Problem]:
        yield from super().problems()
        others = HomePage.objects.filter(locale_id=self.locale_id).exclude(pk=self.pk)
        if self.locale_id and others.exists():
            yield "title", _("There is a home page in this language already.")


class IndexPage(ContentPage):
    """Groups pages, such as everything about the back. Its slug is part of their addresses."""

    subpage_types = PAGE_TYPES
    edit_handler = tabs(content=_content)

    class Meta:
        verbose_name = _("index page")
        verbose_name_plural = _("index pages")
