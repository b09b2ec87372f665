from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.content.blocks import SECTIONS
from cms.content.models.base import ContentPage, Problem, tabs
from cms.content.models.review import ReviewedMixin, Source
from cms.content.vocabulary import HealthAspect, NameKind

is_condition_key = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Small letters, digits and dashes. Example: lage-rugpijn")
)
# The five bullets of the summary, with the aspect that each is about.
SUMMARY = {
    "summary_description": HealthAspect.OVERVIEW,
    "summary_causes": HealthAspect.CAUSES,
    "summary_symptoms": HealthAspect.SYMPTOMS,
    "summary_diagnosis": HealthAspect.DIAGNOSIS,
    "summary_treatment": HealthAspect.SELF_CARE,
}


def bullet(label: Any, example: Any) -> "models.TextField[str, str]":
    return models.TextField(label, max_length=400, help_text=example)


class ConditionPage(ReviewedMixin, ContentPage):
    """An illness or complaint: its names, a summary, typed sections, when to see a doctor."""

    key = models.CharField(
        _("key"),
        max_length=60,
        db_index=True,
        validators=[is_condition_key],
        help_text=_(
            "Screenings, rules and items know the condition by this; once published it stays for "
            "ever, and it is the same in every language. Example: lage-rugpijn"
        ),
    )
    screening = models.CharField(
        _("screening"),
        max_length=60,
        blank=True,
        validators=[is_condition_key],
        help_text=_("The key of the questionnaire for this condition. Example: lage-rugpijn"),
    )
    summary_description = bullet(
        _("What it is"), _("Example: Pijn onder in de rug zonder duidelijke oorzaak.")
    )
    summary_causes = bullet(_("Where it comes from"), _("Example: Vaak zijn er meer oorzaken."))
    summary_symptoms = bullet(_("What you notice"), _("Example: Pijn en stijfheid in je rug."))
    summary_diagnosis = bullet(_("Diagnosis"), _("Example: Een foto is meestal niet nodig."))
    summary_treatment = bullet(_("What you can do"), _("Example: Blijf bewegen."))
    safety_net = models.TextField(
        _("safety net"),
        max_length=800,
        help_text=_(
            "When to go (back) to a doctor. Shown with the page wherever it is shown. "
            "Example: Bel je huisarts als je been slapper wordt."
        ),
    )
    sections = StreamField(SECTIONS, verbose_name=_("sections"), blank=True)

    parent_page_types = ["content.HomePage", "content.IndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("sections"),
        index.RelatedFields("names", [index.SearchField("name")]),
        index.FilterField("key"),
    ]

    content_panels = [
        TitleFieldPanel("title"),
        FieldRowPanel([FieldPanel("key"), FieldPanel("screening")]),
        FieldPanel("lead"),
        FieldPanel("image"),
        InlinePanel("names", heading=_("Other names"), label=_("Name")),
        MultiFieldPanel(
            [FieldPanel(name) for name in SUMMARY],
            heading=_("Summary"),
            help_text=_("Five bullets, each one or two sentences."),
        ),
        FieldPanel("sections"),
        FieldPanel("safety_net"),
    ]
    edit_handler = tabs(
        (_("Review and sources"), ReviewedMixin.review_panels), content=content_panels
    )

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")

    def problems(self) -> Iterable[Problem]:
        yield from super().problems()
        published = ConditionPage.objects.filter(pk=self.pk).exclude(first_published_at=None)
        before = published.values_list("key", flat=True).first()
        if before and before != self.key:
            yield "key", _("This stays what it was: %(key)s.") % {"key": before}
        elif self.key and self.alias_of_id is None and self._key_is_taken():
            yield "key", _("Another condition has this key.")
        if not self.half_written and not self.sections:
            yield "sections", _("A condition has at least one section.")

    def _key_is_taken(self) -> bool:
        """By a page that is neither this one in another language nor an alias of anything."""
        others = ConditionPage.objects.filter(key=self.key, alias_of=None)
        return bool(others.exclude(translation_key=self.translation_key).exists())


class ConditionName(Orderable):
    page = ParentalKey(ConditionPage, related_name="names")
    name = models.CharField(_("name"), max_length=120, help_text=_("Example: spit"))
    kind = models.CharField(
        _("kind"), max_length=10, choices=NameKind.choices, default=NameKind.SYNONYM
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
    ]


class ConditionSource(Source):
    page = ParentalKey(ConditionPage, related_name="sources")
