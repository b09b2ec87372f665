from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from cms.content.blocks.base import RICH
from cms.content.models.base import ContentPage, tabs
from cms.content.models.glossary import Explained
from cms.content.models.names import Name, names_panel
from cms.content.models.reference import Source
from cms.content.models.review import ReviewedMixin
from cms.content.vocabulary import Typicality


class SymptomPage(ReviewedMixin, ContentPage):
    """Something that people notice: what it is, what it can belong to, when to see a doctor."""

    body = RichTextField(
        _("text"),
        features=RICH,
        help_text=_("What it feels like and what you can do; address the visitor as “je”."),
    )
    when_to_see_a_doctor = models.TextField(
        _("when to see a doctor"),
        max_length=800,
        help_text=_(
            "Shown with the page wherever it is shown. "
            "Example: Bel je huisarts als je been slapper wordt."
        ),
    )

    parent_page_types = ["content.HomePage", "content.IndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("body"),
        index.RelatedFields("names", [index.SearchField("name")]),
    ]

    content_panels = [
        *ContentPage.content_panels,
        names_panel(),
        FieldPanel("body"),
        InlinePanel(
            "possible",
            heading=_("What it can belong to"),
            label=_("Condition"),
            help_text=_("Put first what it mostly is."),
        ),
        FieldPanel("when_to_see_a_doctor"),
    ]
    edit_handler = tabs(
        (_("Review and sources"), ReviewedMixin.review_panels), content=content_panels
    )

    class Meta:
        verbose_name = _("symptom")
        verbose_name_plural = _("symptoms")


class SymptomName(Name):
    page = ParentalKey(SymptomPage, related_name="names")


class SymptomCondition(Orderable):
    """A condition that the symptom can belong to."""

    page = ParentalKey(SymptomPage, related_name="possible")
    # RESTRICT, not PROTECT: deleting a whole branch with both in it is fine.
    condition = models.ForeignKey(
        "content.ConditionPage",
        verbose_name=_("condition"),
        on_delete=models.RESTRICT,
        related_name="+",
        help_text=_("Example: Lage rugpijn"),
    )
    typicality = models.CharField(
        _("how often the condition gives it"),
        max_length=10,
        choices=Typicality.choices,
        help_text=_("Example: Often"),
    )
    qualifier = models.CharField(
        _("qualifier"),
        max_length=120,
        blank=True,
        help_text=_("When or for whom it holds. Example: vooral in de ochtend"),
    )
    distinguishing = models.TextField(
        _("what tells it apart"),
        max_length=300,
        blank=True,
        help_text=_("Example: De pijn in je been is erger dan de pijn in je rug."),
    )

    panels = [
        FieldPanel("condition"),
        FieldRowPanel([FieldPanel("typicality"), FieldPanel("qualifier")]),
        FieldPanel("distinguishing"),
    ]


class SymptomSource(Source):
    page = ParentalKey(SymptomPage, related_name="sources")


class SymptomExplained(Explained):
    page = ParentalKey(SymptomPage, related_name="glossary")
