"""Frozen versions of screenings."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FrozenVersion(models.Model):
    """A screening as it was published once. Everything but `withdrawn_at` never changes; a
    database trigger sees to that (cms/published/immutable.py).

    `hash` is the content hash of `definition`, the same that recommender gives the compiled
    screening.
    """

    slug = models.SlugField(max_length=80)
    version = models.PositiveIntegerField()
    definition = models.JSONField()
    hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["slug", "version"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="one_version_a_number"),
            models.CheckConstraint(condition=Q(version__gte=1), name="versions_start_at_one"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.slug}@{self.version}"

    @property
    def key(self) -> str:
        return f"screening:{self.name}"


class Withdrawal(models.Model):
    """Who withdrew a version, when and why: kept for good, for colleagues and the audit trail.

    `by` is a name and no reference to a user, so that it outlives the account.
    """

    version = models.OneToOneField(
        FrozenVersion, on_delete=models.PROTECT, related_name="withdrawal"
    )
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    why = models.TextField(max_length=1000)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(by=""), name="withdrawn_by_somebody"),
            models.CheckConstraint(condition=~Q(why=""), name="withdrawn_for_a_reason"),
        ]
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self) -> str:
        return str(self.version)
