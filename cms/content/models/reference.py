"""What texts and statistics rest on: studies, guidelines, laws."""

from collections.abc import Iterable
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from cms.content.models.keys import Keyed, is_slug_key
from cms.content.vocabulary import Evidence, ReferenceKind

# A DOI is 10., a registrant of four digits or more, and a suffix (doi.org, Handbook 2.2).
is_doi = RegexValidator(
    r"^10\.[0-9]{4,9}(\.[0-9]+)*/[^\s\"<>]+\Z",
    _("Without https://doi.org/ in front. Example: 10.1016/S0140-6736(16)30970-9"),
)
is_pmid = RegexValidator(r"^[1-9][0-9]{0,7}\Z", _("One to eight digits. Example: 27745712"))


class Reference(Keyed, index.Indexed, models.Model):
    """One publication. Texts and statistics choose it; it is described once."""

    key = models.CharField(
        _("key"),
        max_length=80,
        unique=True,
        validators=[is_slug_key],
        help_text=_("Files know the reference by this; it stays for ever. Example: kngf-2021"),
    )
    title = models.CharField(
        _("title"), max_length=300, help_text=_("Example: Richtlijn Lage rugpijn en LRS")
    )
    authors = models.CharField(
        _("authors"),
        max_length=300,
        blank=True,
        help_text=_("Example: Vos T, Allen C, Arora M, e.a."),
    )
    publisher = models.CharField(
        _("journal or publisher"),
        max_length=150,
        blank=True,
        help_text=_("Example: KNGF, or The Lancet"),
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1800), MaxValueValidator(2100)],
        help_text=_("Of publication. Example: 2021"),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=ReferenceKind.choices,
        help_text=_("Example: Guideline"),
    )
    doi = models.CharField(
        _("DOI"),
        max_length=200,
        blank=True,
        validators=[is_doi],
        help_text=_("Without https://doi.org/ in front. Example: 10.1016/S0140-6736(16)30970-9"),
    )
    pmid = models.CharField(
        _("PubMed number"),
        max_length=8,
        blank=True,
        validators=[is_pmid],
        help_text=_("Example: 27745712"),
    )
    url = models.URLField(
        _("address"),
        blank=True,
        max_length=500,
        help_text=_(
            "Where it can be read, if not by its DOI. "
            "Example: https://richtlijnen.nhg.org/standaarden/aspecifieke-lagerugpijn"
        ),
    )
    evidence = models.CharField(
        _("certainty of the evidence"),
        max_length=10,
        choices=Evidence.choices,
        blank=True,
        help_text=_("What it gives for what we use it for. Empty: not judged. Example: Moderate"),
    )
    accessed = models.DateField(
        _("read on"),
        null=True,
        blank=True,
        help_text=_("When somebody last read it and found it there. Example: 2026-11-24"),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldPanel("authors"),
                FieldRowPanel([FieldPanel("publisher"), FieldPanel("year")]),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("evidence")]),
            ],
            heading=_("Publication"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("doi"), FieldPanel("pmid")]),
                FieldPanel("url"),
                FieldPanel("accessed"),
            ],
            heading=_("Where to find it"),
            help_text=_("At least one of DOI, PubMed number and address."),
        ),
        FieldPanel("key"),
    ]
    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("authors"),
        index.SearchField("publisher"),
        index.SearchField("key"),
        index.AutocompleteField("title"),
        index.AutocompleteField("authors"),
        index.AutocompleteField("key"),
        index.FilterField("kind"),
        index.FilterField("year"),
    ]

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["title", "year"]

    def __str__(self) -> str:
        said = [self.title, self.publisher, str(self.year or "")]
        return ", ".join(each for each in said if each)

    def problems(self) -> Iterable[tuple[str, Any]]:
        yield from super().problems()
        if not (self.doi or self.pmid or self.url):
            yield "url", _("Give at least one of DOI, PubMed number and address.")


class Source(Orderable):
    """A reference that a page rests on."""

    reference = models.ForeignKey(
        Reference, verbose_name=_("reference"), on_delete=models.PROTECT, related_name="+"
    )

    panels = [FieldPanel("reference")]

    class Meta(Orderable.Meta):
        abstract = True
