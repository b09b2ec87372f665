from collections.abc import Iterable

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.content import amounts, claims
from cms.content.blocks.base import RICH
from cms.content.models.base import ContentPage, Problem, tabs
from cms.content.models.item import AdvisedMixin
from cms.content.vocabulary import ProductCategory

SUPPLEMENT_FIELDS = ("substance", "dose_per_day", "claim")


class ProductPage(AdvisedMixin, ContentPage):
    """A kind of product and how to choose and use it. Never a price or a seller."""

    item_type = "product"

    category = models.CharField(
        _("category"), max_length=20, choices=ProductCategory.choices, help_text=_("Example: Sleep")
    )
    body = RichTextField(
        _("text"),
        features=RICH,
        help_text=_("What it is, for whom, and how to choose. No prices, shops or brands."),
    )
    use = RichTextField(
        _("how to use it"),
        features=RICH,
        blank=True,
        help_text=_("Example: Leg het kussen ten hoogste twintig minuten in je rug."),
    )
    substance = models.CharField(
        _("substance"),
        max_length=40,
        blank=True,
        choices=claims.substance_choices,
        help_text=_("Only for a food supplement. Example: magnesium"),
    )
    dose_per_day = models.DecimalField(
        _("amount a day"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("In the unit of the claim: milligrams or micrograms. Example: 200"),
    )
    claim = models.CharField(
        _("authorised claim"),
        max_length=60,
        blank=True,
        choices=claims.claim_choices,
        help_text=_("Word for word from the Union register; nothing else may be claimed."),
    )

    parent_page_types = ["content.HomePage", "content.IndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("body"),
        index.FilterField("category"),
    ]

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("category"),
        FieldPanel("lead"),
        FieldPanel("image"),
        FieldPanel("body"),
        FieldPanel("use"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("substance"), FieldPanel("dose_per_day")]),
                FieldPanel("claim"),
            ],
            heading=_("Food supplement"),
            help_text=_("Leave all three empty for any other product."),
        ),
    ]
    edit_handler = tabs((_("Advice"), AdvisedMixin.advice_panels), content=content_panels)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")

    @property
    def item_slot(self) -> str:  # type: ignore[override]
        return self.category

    def problems(self) -> Iterable[Problem]:
        yield from super().problems()
        yield from amounts.problems_in(self, ("title", "lead", "body", "use"))
        if self.category == ProductCategory.SUPPLEMENTS:
            yield from self._supplement_problems()
        else:
            for name in SUPPLEMENT_FIELDS:
                if getattr(self, name):
                    yield name, _("Only a food supplement has this; leave it empty.")

    def _supplement_problems(self) -> Iterable[Problem]:
        if not self.half_written:
            for name in SUPPLEMENT_FIELDS:
                if not getattr(self, name):
                    yield name, _("A food supplement has a substance, an amount and a claim.")
        claim = claims.register().get(self.claim)
        if claim:
            yield from self._claim_problems(claim)
        for name in ("title", "lead", "body", "use", "seo_title", "search_description"):
            words = claims.promises([strip_tags(getattr(self, name) or "")])
            if words:
                yield (
                    name,
                    _("A supplement may promise nothing about a disease. Take out: %(words)s")
                    % {"words": ", ".join(words)},
                )

    def _claim_problems(self, claim: claims.Claim) -> Iterable[Problem]:
        if self.substance and self.substance != claim.substance:
            yield "claim", _("This claim is about another substance.")
        if self.dose_per_day is not None and not claim.least <= self.dose_per_day <= claim.most:
            yield (
                "dose_per_day",
                _("With this claim between %(least)s and %(most)s %(unit)s a day.")
                % {"least": claim.least, "most": claim.most, "unit": claim.unit},
            )
