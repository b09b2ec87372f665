from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from cms.affiliate import destinations
from cms.affiliate.models.partner import Partner

Problem = tuple[str, Any]  # field, message

LONGEST = 2000


class Link(ClusterableModel):
    """A destination at a partner for one product. What it costs there is its Offer."""

    # RESTRICT, not PROTECT: a page in use is refused by name (cms/content/usage.py) before this.
    product = models.ForeignKey(
        "content.ProductPage",
        verbose_name=_("product"),
        on_delete=models.RESTRICT,
        related_name="+",
    )
    partner = models.ForeignKey(
        Partner, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="+"
    )
    destination = models.CharField(
        _("destination"),
        max_length=LONGEST,
        help_text=_(
            "Where the visitor goes, as the partner or the network gave it. "
            "Example: https://www.slaapwinkel.example/matras?id=7"
        ),
    )
    active = models.BooleanField(_("active"), default=True)
    note = models.TextField(
        _("note"), blank=True, max_length=500, help_text=_("For colleagues; nobody else sees it.")
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("product"), FieldPanel("partner"), FieldPanel("destination")],
            heading=_("Link"),
        ),
        InlinePanel("offers", heading=_("Offer"), label=_("Offer"), max_num=1),
        MultiFieldPanel([FieldPanel("active"), FieldPanel("note")], heading=_("Use")),
    ]

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["product", "partner", "pk"]
        constraints = [
            models.CheckConstraint(
                name="destination_is_https", condition=Q(destination__startswith="https://")
            ),
            models.UniqueConstraint(
                name="one_link_a_destination",
                fields=["product", "partner", "destination"],
                violation_error_message=_("There is a link with this destination already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} – {self.partner} (link {self.pk})"

    @property
    def key(self) -> str:
        return f"link:{self.pk}"

    @property
    def offer(self) -> "Offer | None":
        return self.offers.first()

    @property
    def live(self) -> bool:
        """Whether it may be shown and followed, as far as its own rows tell."""
        return self.active and self.partner.active and not self.problems_of_destination()

    def problems_of_destination(self) -> list[object]:
        return list(destinations.problems(self.destination, self.partner.allowed_hosts))

    def clean(self) -> None:
        super().clean()
        found: dict[str, list[Any]] = {}
        for field, message in self._problems():
            found.setdefault(field, []).append(message)
        if found:
            raise ValidationError(found)

    def _problems(self) -> Iterable[Problem]:
        if self.partner_id and self.destination:
            for problem in self.problems_of_destination():
                yield "destination", problem
        if self.product_id and not self.product.paid:
            yield "product", _("Tick “we may earn on it” on the page of this product first.")

    # A touch belongs in the transaction of its change.
    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)


class Offer(models.Model):
    """What a link's product costs at the partner, and when that was seen. One for a link at most;
    without one nothing is said of the price, and it counts as in stock."""

    link = ParentalKey(Link, on_delete=models.CASCADE, related_name="offers")
    price = models.DecimalField(
        _("price"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Empty: not known. Example: 24.95"),
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="EUR",
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters, such as EUR"))],
    )
    in_stock = models.BooleanField(_("in stock"), default=True)
    seen_at = models.DateTimeField(
        _("seen at"),
        default=timezone.now,
        help_text=_("When the price and the stock were looked up."),
    )

    panels = [
        FieldRowPanel([FieldPanel("price"), FieldPanel("currency")]),
        FieldRowPanel([FieldPanel("in_stock"), FieldPanel("seen_at")]),
    ]

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(name="one_offer_a_link", fields=["link"]),
            models.CheckConstraint(
                name="price_is_not_negative", condition=Q(price=None) | Q(price__gte=0)
            ),
            models.CheckConstraint(name="offer_has_a_currency", condition=~Q(currency="")),
        ]

    def __str__(self) -> str:
        return f"{self.price} {self.currency}" if self.price is not None else "–"

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
