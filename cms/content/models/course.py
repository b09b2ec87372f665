from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.content import amounts
from cms.content.blocks.base import RICH
from cms.content.fields import is_https
from cms.content.models.base import ContentPage, Problem, tabs
from cms.content.models.item import AdvisedMixin
from cms.content.vocabulary import CourseFormat


class CoursePage(AdvisedMixin, ContentPage):
    """Something to learn step by step: what it teaches, who gives it, how long it takes."""

    item_type = "course"
    item_slot = "courses"

    body = RichTextField(
        _("text"),
        features=RICH,
        help_text=_("What you learn, for whom it is, how it goes. Name no amounts of money."),
    )
    provider_name = models.CharField(
        _("given by"), max_length=120, help_text=_("Example: Leefstijlschool De Linde")
    )
    duration = models.CharField(
        _("how long it takes"),
        max_length=120,
        help_text=_("In words. Example: Zes weken, een half uur per week"),
    )
    free = models.BooleanField(
        _("free of charge"), default=False, help_text=_("Ticked: nobody pays anything for it.")
    )
    format = models.CharField(
        _("form"),
        max_length=10,
        choices=CourseFormat.choices,
        help_text=_("Example: Online, at your own pace"),
    )
    url = models.URLField(
        _("address"),
        max_length=500,
        validators=[is_https],
        help_text=_("Where one enrols. Example: https://cursus.voorbeeld.nl/gezond-leven"),
    )

    parent_page_types = ["content.HomePage", "content.IndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("body"),
        index.SearchField("provider_name"),
        index.FilterField("format"),
        index.FilterField("free"),
    ]

    content_panels = [
        *ContentPage.content_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("provider_name"),
                FieldRowPanel([FieldPanel("format"), FieldPanel("duration")]),
                FieldPanel("free"),
                FieldPanel("url"),
            ],
            heading=_("Taking part"),
        ),
    ]
    edit_handler = tabs((_("Advice"), AdvisedMixin.advice_panels), content=content_panels)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def problems(self) -> Iterable[Problem]:
        yield from super().problems()
        yield from amounts.problems_in(self, ("title", "lead", "body", "duration"))
        if self.free and self.paid:
            yield "paid", _("We earn nothing on what is free of charge.")
