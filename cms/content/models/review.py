from collections.abc import Iterable

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel

from cms.content.models.base import Problem


class ReviewedMixin(models.Model):
    """Who wrote a text, who checked the whole of it, when, and when it is due again.

    Beside these columns: `sources` and `glossary`, rows that every such page type has of its own.
    """

    author = models.CharField(
        _("author"), max_length=150, blank=True, help_text=_("Example: Redactie Herstelwijzer")
    )
    reviewed_by = models.CharField(
        _("reviewed by"),
        max_length=150,
        blank=True,
        help_text=_(
            "The clinician who checked the whole page, with profession and register. Empty: the "
            "page says that nobody did. Example: A. Jansen, fysiotherapeut (BIG 12345678904)"
        ),
    )
    reviewed_on = models.DateField(
        _("reviewed on"),
        null=True,
        blank=True,
        help_text=_("Only when the whole page was checked, not a part of it."),
    )
    next_review_due = models.DateField(
        _("next review due"),
        null=True,
        blank=True,
        help_text=_("Usually three years later. Example: 2029-11-24"),
    )

    review_panels = [
        FieldPanel("author"),
        MultiFieldPanel(
            [FieldPanel("reviewed_by"), FieldPanel("reviewed_on"), FieldPanel("next_review_due")],
            heading=_("Review"),
            help_text=_("Fill in all three, or none."),
        ),
        MultipleChooserPanel(
            "sources",
            chooser_field_name="reference",
            heading=_("Sources"),
            label=_("Reference"),
            help_text=_("What the text rests on. Example: Richtlijn Lage rugpijn en LRS"),
        ),
        MultipleChooserPanel(
            "glossary",
            chooser_field_name="entry",
            heading=_("Words explained"),
            label=_("Word"),
            help_text=_("Words in the text that a visitor may not know. Example: hernia (HNP)"),
        ),
    ]

    class Meta:
        abstract = True

    def problems(self) -> Iterable[Problem]:
        yield from super().problems()  # type: ignore[misc]
        said = {
            name: getattr(self, name) for name in ("reviewed_by", "reviewed_on", "next_review_due")
        }
        if any(said.values()) and not self.half_written:  # type: ignore[attr-defined]
            for name, value in said.items():
                if not value:
                    yield name, _("A review has a reviewer, a date and a next date.")
        if self.reviewed_on and self.reviewed_on > timezone.localdate():
            yield "reviewed_on", _("A review cannot be in the future.")
        if self.reviewed_on and self.next_review_due and self.next_review_due <= self.reviewed_on:
            yield "next_review_due", _("The next review comes after the last one.")
