"""The ledger: one row for each click, never changed. Triggers see to that (immutable.py)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.affiliate.judge import Verdict
from cms.affiliate.tokens import Placement


class Click(models.Model):
    """Somebody, or some program, followed a link. Says nothing about who.

    It refers to no other row, so that it outlives what it was about: the link by its number and
    key, product by translation key, the partner by number and by the name of that day. The click
    id is what the network gives back with a sale.
    """

    click_id = models.CharField(_("click id"), max_length=32, primary_key=True)
    at = models.DateTimeField(_("at"), db_index=True)
    link = models.BigIntegerField(_("link number"))
    link_key = models.CharField(_("link"), max_length=200)
    product = models.CharField(_("translation key of the product"), max_length=64)
    partner = models.BigIntegerField(_("partner number"))
    partner_name = models.CharField(_("partner"), max_length=100)
    placement = models.CharField(_("placement"), max_length=20, choices=Placement.choices)
    signed = models.BooleanField(_("signed"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, blank=True)

    class Meta:
        verbose_name = _("click")
        verbose_name_plural = _("clicks")
        ordering = ["-at"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="click_has_an_id", condition=~Q(click_id="")),
            models.CheckConstraint(
                name="click_placement_is_known", condition=Q(placement__in=Placement.values)
            ),
            models.CheckConstraint(
                name="click_verdict_is_known", condition=Q(verdict__in=Verdict.values)
            ),
            models.CheckConstraint(
                name="unsigned_has_no_placement",
                condition=Q(signed=True) | Q(placement=Placement.UNKNOWN),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.click_id} {self.link_key} {self.at:%Y-%m-%d %H:%M:%S}"


class Forgotten(models.Model):
    """Up to when clicks are forgotten: only rows from before may be deleted. Kept as the trail of
    what retention did."""

    before = models.DateTimeField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"before {self.before:%Y-%m-%d}"
