import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
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

from cms.content import statistics
from cms.content.block_errors import BlockProblem, at_blocks
from cms.content.blocks import SECTIONS
from cms.content.models.base import ContentPage, Problem, tabs
from cms.content.models.glossary import Explained
from cms.content.models.keys import SLUG
from cms.content.models.names import Name, names_panel
from cms.content.models.reference import Source
from cms.content.models.review import ReviewedMixin
from cms.content.vocabulary import CodeSystem, HealthAspect, StartAction

is_condition_key = RegexValidator(
    SLUG, _("Small letters, digits and dashes. Example: lage-rugpijn")
)
# The five bullets of the summary, with the aspect that each is about.
SUMMARY = {
    "summary_description": HealthAspect.OVERVIEW,
    "summary_causes": HealthAspect.CAUSES,
    "summary_symptoms": HealthAspect.SYMPTOMS,
    "summary_diagnosis": HealthAspect.DIAGNOSIS,
    "summary_treatment": HealthAspect.SELF_CARE,
}
# What a code of each system looks like, with one.
CODES: dict[str, tuple[str, str]] = {
    CodeSystem.ICPC1: (r"[A-Z][0-9]{2}(\.[0-9]{2})?", "L03"),
    CodeSystem.ICD10: (r"[A-Z][0-9]{2}(\.[0-9]{1,2})?", "M54.5"),
    CodeSystem.SNOMED: (r"[1-9][0-9]{5,17}", "279039007"),
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
    sections = StreamField(SECTIONS, verbose_name=_("sections"), blank=True, collapsed=True)

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
        names_panel(),
        InlinePanel(
            "codes",
            heading=_("Codes"),
            label=_("Code"),
            help_text=_("Of the condition itself, not of a guideline. Example: ICPC-1 L03"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in SUMMARY],
            heading=_("Summary"),
            help_text=_("Five bullets, each one or two sentences."),
        ),
        FieldPanel("sections", help_text=_("At least one; the page shows them in this order.")),
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
        wrong = at_blocks(self.sections, self._section_problems())
        if wrong:
            yield "sections", wrong

    def _section_problems(self) -> Iterable[BlockProblem]:
        """What is wrong with a block because of something outside it."""
        yield from statistics.contradictions(self.sections)
        if not self.half_written:
            yield from statistics.contradictions_between(
                self.sections, [page.sections for page in self._translations()]
            )
            if not self.screening:
                yield from self._screenings_not_there()

    def _screenings_not_there(self) -> Iterable[BlockProblem]:
        for section, block in enumerate(self.sections):
            for number, action in enumerate(block.value.get("actions") or ()):
                if action["kind"] == StartAction.SCREENING:
                    yield (
                        (section, "actions", number, "kind"),
                        _("This page has no screening. Fill in its key, or leave this out."),
                    )

    def _translations(self) -> list["ConditionPage"]:
        """As their editors left them: the same number is changed in one language after another."""
        others = ConditionPage.objects.filter(translation_key=self.translation_key, alias_of=None)
        others = others.exclude(locale_id=self.locale_id).exclude(pk=self.pk)
        return [page.get_latest_revision_as_object() for page in others]

    def _key_is_taken(self) -> bool:
        """By a page that is neither this one in another language nor an alias of anything."""
        others = ConditionPage.objects.filter(key=self.key, alias_of=None)
        return bool(others.exclude(translation_key=self.translation_key).exists())


class ConditionName(Name):
    page = ParentalKey(ConditionPage, related_name="names")


class ConditionCode(Orderable):
    """What a coding system calls the condition."""

    page = ParentalKey(ConditionPage, related_name="codes")
    system = models.CharField(
        _("system"), max_length=10, choices=CodeSystem.choices, help_text=_("Example: ICPC-1")
    )
    code = models.CharField(
        _("code"),
        max_length=20,
        help_text=_("Example: L03 in ICPC-1, M54.5 in ICD-10, 279039007 in SNOMED CT"),
    )

    panels = [FieldRowPanel([FieldPanel("system"), FieldPanel("code")])]

    def clean(self) -> None:
        super().clean()
        if self.system in CODES and self.code:
            pattern, example = CODES[self.system]
            if not re.fullmatch(pattern, self.code):
                said = _("This is no code of %(system)s. Example: %(example)s")
                raise ValidationError(
                    {"code": said % {"system": self.get_system_display(), "example": example}}
                )


class ConditionSource(Source):
    page = ParentalKey(ConditionPage, related_name="sources")


class ConditionExplained(Explained):
    page = ParentalKey(ConditionPage, related_name="glossary")
