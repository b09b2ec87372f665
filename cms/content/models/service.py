from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.content import amounts
from cms.content.blocks.base import RICH
from cms.content.models.base import ContentPage, Problem, tabs
from cms.content.models.item import AdvisedMixin
from cms.content.models.term import problems_of_kind
from cms.content.vocabulary import Access, ServiceKind, TermKind

TEXTS = ("body", "for_whom", "route", "costs")


def text(label: Any, help_text: Any, *, blank: bool = False) -> RichTextField:
    return RichTextField(label, features=RICH, blank=blank, help_text=help_text)


class ServicePage(AdvisedMixin, ContentPage):
    """The help of a professional: what it is, for whom, how to get it. Never a provider's name."""

    item_type = "service"
    item_slot = "services"

    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=ServiceKind.choices,
        help_text=_("How a visitor gets it. Example: In person"),
    )
    specialism = models.ForeignKey(
        "content.Term",
        verbose_name=_("specialism"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Whose help it is; leads to providers with it. Example: Physiotherapist"),
    )
    body = text(
        _("what it is"),
        _("What happens when you go there, and what you get out of it. No names of providers."),
    )
    for_whom = text(
        _("for whom"),
        _("Example: Blijft de pijn langer dan zes weken, of durf je niet te bewegen?"),
    )
    route = text(
        _("how to get there"),
        _("Example: Je kunt zelf een afspraak maken. Een verwijzing is meestal niet nodig."),
    )
    costs = text(
        _("costs and insurance"),
        _("In words: amounts and policies change. Example: Kijk in je aanvullende verzekering."),
        blank=True,
    )
    access = models.CharField(
        _("referral"),
        max_length=10,
        choices=Access.choices,
        help_text=_("Whether a visitor can go there without a doctor. Example: Not needed"),
    )
    online = models.BooleanField(
        _("also online"), default=False, help_text=_("Example: by video call")
    )

    parent_page_types = ["content.HomePage", "content.IndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *ContentPage.search_fields,
        *(index.SearchField(name) for name in TEXTS),
        index.FilterField("access"),
        index.FilterField("kind"),
    ]

    content_panels = [
        *ContentPage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("specialism")]),
        FieldPanel("body"),
        FieldPanel("for_whom"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("access"), FieldPanel("online")]), FieldPanel("route")],
            heading=_("Getting there"),
        ),
        FieldPanel("costs"),
    ]
    edit_handler = tabs((_("Advice"), AdvisedMixin.advice_panels), content=content_panels)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def problems(self) -> Iterable[Problem]:
        yield from super().problems()
        yield from amounts.problems_in(self, ("title", "lead", *TEXTS))
        yield from problems_of_kind(self, "specialism", TermKind.SPECIALISM)
