from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.affiliate import destinations
from cms.affiliate.networks import Network


class Partner(models.Model):
    """A shop or an organisation that links lead to. The commission is for reports only."""

    name = models.CharField(
        _("name"), max_length=100, unique=True, help_text=_("Example: Slaapwinkel")
    )
    network = models.CharField(
        _("network"),
        max_length=20,
        choices=Network.choices,
        default=Network.DIRECT,
        help_text=_("Decides in which parameter of an address the click id goes."),
    )
    hosts = models.TextField(
        _("hosts"),
        help_text=_(
            "The only hosts that links may lead to, one a line, including that of the network. "
            "Example: www.slaapwinkel.example"
        ),
    )
    disclosure_name = models.CharField(
        _("name in the disclosure"),
        max_length=100,
        blank=True,
        help_text=_("Who pays us, when that is another name than the one above."),
    )
    commission = models.DecimalField(
        _("commission"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
        help_text=_("Per cent of a sale, for reports. It never changes what is advised."),
    )
    active = models.BooleanField(
        _("active"), default=True, help_text=_("Without the tick none of its links is shown.")
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("disclosure_name"), FieldPanel("active")],
            heading=_("Partner"),
        ),
        MultiFieldPanel([FieldPanel("network"), FieldPanel("hosts")], heading=_("Links")),
        FieldPanel("commission"),
    ]

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="partner_has_name_and_hosts",
                condition=~models.Q(name="") & ~models.Q(hosts=""),
            ),
            models.CheckConstraint(
                name="commission_is_a_percentage",
                condition=models.Q(commission=None)
                | models.Q(commission__gte=0, commission__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def allowed_hosts(self) -> list[str]:
        return self.hosts.split()

    @property
    def said_name(self) -> str:
        """By which name a visitor is told who pays."""
        return self.disclosure_name or self.name

    def clean(self) -> None:
        super().clean()
        self.hosts = "\n".join(dict.fromkeys(self.hosts.lower().split()))
        wrong = [host for host in self.allowed_hosts if not destinations.is_host(host)]
        if wrong:
            said = _(
                "No host: %(wrong)s. Write one a line, such as www.slaapwinkel.example, without "
                "https://, port or path."
            )
            raise ValidationError({"hosts": said % {"wrong": ", ".join(wrong)}})

    # A touch belongs in the transaction of its change.
    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
