from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from cms.content import amounts, claims, promises
from cms.content.blocks import DETAILS
from cms.content.blocks.base import RICH
from cms.content.models.base import ContentPage, Problem, tabs
from cms.content.models.item import AdvisedMixin
from cms.content.product_form import ProductPageForm
from cms.content.vocabulary import ProductCategory

SUPPLEMENT_FIELDS = ("substance", "dose_per_day", "claim")
WITH_DETAILS = {name for name, _block in DETAILS}


class ProductPage(AdvisedMixin, ContentPage):
    """A kind of product and how to choose and use it. Never a price or a seller."""

    item_type = "product"
    base_form_class = ProductPageForm

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
    maximum_per_day = models.DecimalField(
        _("never more a day than"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_(
            "From all supplements together, in the same unit as the amount a day. Example: 250"
        ),
    )
    claim = models.CharField(
        _("authorised claim"),
        max_length=60,
        blank=True,
        choices=claims.claim_choices,
        help_text=_("Word for word from the Union register; nothing else may be claimed."),
    )

    details = StreamField(
        DETAILS,
        verbose_name=_("details"),
        blank=True,
        max_num=1,
        help_text=_("One block: the one with the name of the category. A supplement has none."),
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
        FieldPanel("details"),
        FieldPanel("use"),
        MultiFieldPanel(
            [
                FieldPanel("substance"),
                FieldRowPanel([FieldPanel("dose_per_day"), FieldPanel("maximum_per_day")]),
                FieldPanel("claim"),
            ],
            heading=_("Food supplement"),
            help_text=_("Leave all four empty for any other product."),
        ),
    ]
    interaction_panels = [
        InlinePanel(
            "interactions",
            heading=_("Medicines that do not go well with it"),
            label=_("Medicine"),
            help_text=_(
                "Nobody is asked about medicines. “Avoid” therefore keeps the product from "
                "everybody; “ask first” shows the caution to everybody."
            ),
        ),
    ]
    edit_handler = tabs(
        (_("Advice"), [*AdvisedMixin.advice_panels, *interaction_panels]), content=content_panels
    )

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")

    @property
    def item_slot(self) -> str:  # type: ignore[override]
        return self.category

    def problems(self) -> Iterable[Problem]:
        yield from super().problems()
        yield from amounts.problems_in(self, ("title", "lead", "body", "use"))
        yield from self._details_problems()
        if self.category == ProductCategory.SUPPLEMENTS:
            yield from self._supplement_problems()
            yield from self._limit_problems()
        else:
            for name in (*SUPPLEMENT_FIELDS, "maximum_per_day"):
                if getattr(self, name):
                    yield name, _("Only a food supplement has this; leave it empty.")

    def _details_problems(self) -> Iterable[Problem]:
        kinds = [block.block_type for block in self.details]
        wanted = [self.category] if self.category in WITH_DETAILS else []
        if len(kinds) > 1:
            yield "details", _("At most one block.")
        elif kinds and self.category and kinds != wanted:
            yield "details", _("These details are of another category than this product.")
        elif wanted and not kinds and not self.half_written:
            yield "details", _("Fill in the block with the name of the category.")

    def _limit_problems(self) -> Iterable[Problem]:
        """What belongs to a supplement beside its claim."""
        claim = claims.register().get(self.claim)
        most, dose = self.maximum_per_day, self.dose_per_day
        if most is not None and dose is not None and most < dose:
            yield "maximum_per_day", _("Not less than the amount a day.")
        if most is not None and claim and claim.most is not None and most > claim.most:
            yield (
                "maximum_per_day",
                _("At most %(most)s %(unit)s a day.") % {"most": claim.most, "unit": claim.unit},
            )
        if self.guideline_reference_id:
            # A guideline is about a complaint; its title beside a supplement promises something.
            yield "guideline_reference", _("A supplement's page leads to no guideline.")

    def _supplement_problems(self) -> Iterable[Problem]:
        if not self.half_written:
            for name in SUPPLEMENT_FIELDS:
                if not getattr(self, name):
                    yield name, _("A food supplement has a substance, an amount and a claim.")
        claim = claims.register().get(self.claim)
        if claim:
            yield from self._claim_problems(claim)
        yield from promises.problems_in(self)

    def _claim_problems(self, claim: claims.Claim) -> Iterable[Problem]:
        if self.substance and self.substance != claim.substance:
            yield "claim", _("This claim is about another substance.")
        if self.dose_per_day is not None and not claim.least <= self.dose_per_day <= claim.most:
            yield (
                "dose_per_day",
                _("With this claim between %(least)s and %(most)s %(unit)s a day.")
                % {"least": claim.least, "most": claim.most, "unit": claim.unit},
            )
