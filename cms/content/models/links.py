"""The rows that tie an item to conditions and terms.

A ParentalKey cannot live in a mixin, so every item type has its own three tables; what they hold
is written once. A new item type adds three classes at the end.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from cms.content.models.term import Term, is_key
from cms.content.vocabulary import Effect, TermKind


class ItemCondition(Orderable):
    # RESTRICT, not PROTECT: deleting a whole branch with the item in it is fine.
    condition = models.ForeignKey(
        "content.ConditionPage",
        verbose_name=_("condition"),
        on_delete=models.RESTRICT,
        related_name="+",
    )

    class Meta(Orderable.Meta):
        abstract = True


class TermRow(Orderable):
    """A row that holds a term of certain kinds. Retired terms stay but cannot be chosen anew."""

    kinds: tuple[TermKind, ...] = ()

    term = models.ForeignKey(
        Term, verbose_name=_("term"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Orderable.Meta):
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.term_id is None:
            return
        if self.term.kind not in self.kinds:
            wanted = ", ".join(str(kind.label) for kind in self.kinds)
            raise ValidationError(
                {"term": _("Choose one of the kind: %(kinds)s.") % {"kinds": wanted}}
            )
        kept = type(self).objects.filter(pk=self.pk, term=self.term).exists()
        if self.term.retired and not kept:
            raise ValidationError({"term": _("This term is retired. Choose another one.")})


class ItemTerm(TermRow):
    """Whom and what an item suits. The recommender reads the factors and the phases."""

    kinds = (
        TermKind.FACTOR,
        TermKind.PHASE,
        TermKind.AUDIENCE,
        TermKind.CONTEXT,
        TermKind.ACTIVITY,
    )

    class Meta(TermRow.Meta):
        abstract = True


class Limit(TermRow):
    """For whom an item is not safe. `reason` is for programs, `explanation` for the visitor."""

    effect = models.CharField(_("then"), max_length=10, choices=Effect.choices)
    reason = models.CharField(
        _("reason, as a key"),
        max_length=60,
        validators=[is_key],
        help_text=_("Small letters, digits and underscores. Example: burns_unfelt"),
    )
    explanation = models.TextField(
        _("what the visitor reads"),
        max_length=300,
        help_text=_("Example: Voel je warmte minder goed? Dan kun je je verbranden."),
    )

    panels = [
        FieldPanel("term"),
        FieldPanel("effect"),
        FieldPanel("reason"),
        FieldPanel("explanation"),
    ]

    class Meta(TermRow.Meta):
        abstract = True


class ItemConstraint(Limit):
    kinds = (TermKind.CONSTRAINT,)

    class Meta(Limit.Meta):
        abstract = True


class ProductInteraction(Limit):
    """A medicine, or a group of them, that does not go well with a product.

    Nobody may have asked a visitor for it. It is then a constraint that is not known: with “avoid”
    the product is advised to nobody, with “ask first” to everybody with this caution.
    """

    kinds = (TermKind.MEDICINE,)

    page = ParentalKey("content.ProductPage", related_name="interactions")
    hours_apart = models.PositiveSmallIntegerField(
        _("hours apart"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(72)],
        help_text=_("When time between the two is enough. Example: 2"),
    )
    reference = models.ForeignKey(
        "content.Reference",
        verbose_name=_("reference"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Where it says so. Example: the SmPC of the medicine"),
    )

    panels = [*Limit.panels, FieldPanel("hours_apart"), FieldPanel("reference")]


class ArticleCondition(ItemCondition):
    page = ParentalKey("content.ArticlePage", related_name="item_conditions")


class ArticleTerm(ItemTerm):
    page = ParentalKey("content.ArticlePage", related_name="item_terms")


class ArticleConstraint(ItemConstraint):
    page = ParentalKey("content.ArticlePage", related_name="item_constraints")


class ProductCondition(ItemCondition):
    page = ParentalKey("content.ProductPage", related_name="item_conditions")


class ProductTerm(ItemTerm):
    page = ParentalKey("content.ProductPage", related_name="item_terms")


class ProductConstraint(ItemConstraint):
    page = ParentalKey("content.ProductPage", related_name="item_constraints")


class ProgrammeCondition(ItemCondition):
    page = ParentalKey("content.ExerciseProgramme", related_name="item_conditions")


class ProgrammeTerm(ItemTerm):
    page = ParentalKey("content.ExerciseProgramme", related_name="item_terms")


class ProgrammeConstraint(ItemConstraint):
    page = ParentalKey("content.ExerciseProgramme", related_name="item_constraints")


class ServiceCondition(ItemCondition):
    page = ParentalKey("content.ServicePage", related_name="item_conditions")


class ServiceTerm(ItemTerm):
    page = ParentalKey("content.ServicePage", related_name="item_terms")


class ServiceConstraint(ItemConstraint):
    page = ParentalKey("content.ServicePage", related_name="item_constraints")


class CourseCondition(ItemCondition):
    page = ParentalKey("content.CoursePage", related_name="item_conditions")


class CourseTerm(ItemTerm):
    page = ParentalKey("content.CoursePage", related_name="item_terms")


class CourseConstraint(ItemConstraint):
    page = ParentalKey("content.CoursePage", related_name="item_constraints")
