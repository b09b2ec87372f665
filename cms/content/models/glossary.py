"""Words that visitors may not know, explained once."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from cms.content.models.keys import Keyed, is_slug_key


class GlossaryTerm(Keyed, index.Indexed, models.Model):
    """A word or abbreviation with what it means, in every language."""

    key = models.CharField(
        _("key"),
        max_length=60,
        unique=True,
        validators=[is_slug_key],
        help_text=_("Files know the word by this; it stays for ever. Example: hnp"),
    )
    word_nl = models.CharField(_("Dutch word"), max_length=80, help_text=_("Example: hernia"))
    word_en = models.CharField(
        _("English word"), max_length=80, help_text=_("Example: slipped disc")
    )
    abbreviation = models.CharField(
        _("abbreviation"), max_length=20, blank=True, help_text=_("Example: HNP")
    )
    stands_for_nl = models.CharField(
        _("stands for, in Dutch"),
        max_length=120,
        blank=True,
        help_text=_("Example: hernia nuclei pulposi"),
    )
    stands_for_en = models.CharField(
        _("stands for, in English"),
        max_length=120,
        blank=True,
        help_text=_("Example: herniated nucleus pulposus"),
    )
    explanation_nl = models.TextField(
        _("Dutch explanation"),
        max_length=400,
        help_text=_(
            "One or two short sentences. "
            "Example: Een tussenwervelschijf puilt uit en drukt op een zenuw."
        ),
    )
    explanation_en = models.TextField(
        _("English explanation"),
        max_length=400,
        help_text=_("Example: A disc between two vertebrae bulges and presses on a nerve."),
    )

    panels = [
        MultiFieldPanel([FieldPanel("word_nl"), FieldPanel("explanation_nl")], heading=_("Dutch")),
        MultiFieldPanel(
            [FieldPanel("word_en"), FieldPanel("explanation_en")], heading=_("English")
        ),
        MultiFieldPanel(
            [FieldPanel("abbreviation"), FieldPanel("stands_for_nl"), FieldPanel("stands_for_en")],
            heading=_("Abbreviation"),
            help_text=_("Fill in all three, or none."),
        ),
        FieldPanel("key"),
    ]
    search_fields = [
        index.SearchField("word_nl", boost=2),
        index.SearchField("word_en", boost=2),
        index.SearchField("abbreviation", boost=2),
        index.AutocompleteField("word_nl"),
        index.AutocompleteField("word_en"),
        index.AutocompleteField("abbreviation"),
        index.AutocompleteField("key"),
    ]

    class Meta:
        verbose_name = _("glossary entry")
        verbose_name_plural = _("glossary")
        ordering = ["word_nl"]

    def __str__(self) -> str:
        word = self.word_en if (get_language() or "").startswith("en") else self.word_nl
        return f"{word} ({self.abbreviation})" if self.abbreviation else word

    def problems(self) -> Iterable[tuple[str, Any]]:
        yield from super().problems()
        for name in ("stands_for_nl", "stands_for_en"):
            if self.abbreviation and not getattr(self, name):
                yield name, _("Say what the abbreviation stands for.")
            if getattr(self, name) and not self.abbreviation:
                yield "abbreviation", _("Say which abbreviation stands for this.")


class Explained(Orderable):
    """A word that a page explains."""

    entry = models.ForeignKey(
        GlossaryTerm, verbose_name=_("word"), on_delete=models.PROTECT, related_name="+"
    )

    panels = [FieldPanel("entry")]

    class Meta(Orderable.Meta):
        abstract = True
