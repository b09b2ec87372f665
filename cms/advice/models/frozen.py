"""Rule sets as they were published, and the blocked sets that decisions were made with."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RuleSet(models.Model):
    """A rule set as it was published once. Only `live` ever changes; a database trigger sees to
    that. At most one version of a slug is live.
    """

    slug = models.SlugField(max_length=80)
    version = models.PositiveIntegerField()
    definition = models.JSONField()
    hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    live = models.BooleanField(default=False)

    class Meta:
        ordering = ["slug", "version"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="one_rule_set_a_number"),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(live=True), name="one_live_rule_set_a_slug"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="rule_sets_start_at_one"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.slug}@{self.version}"

    @property
    def key(self) -> str:
        return f"rules:{self.name}"


class RuleSetEvent(models.Model):
    """Who made a rule set live, or took it away, and when. Never changed; a trigger sees to that.

    `by` is a user name; "" is a file on the server (manage.py publish_rules).
    """

    class What(models.TextChoices):
        PUBLISHED = "published", _("published")
        AGAIN = "again", _("published again")
        WITHDRAWN = "withdrawn", _("unpublished")

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=10, choices=What.choices)
    by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.rule_set} {self.what}"


class BlockedSet(models.Model):
    """Keys of items that could not be offered, under the content hash that decisions name.

    Holds nothing about a visitor. `at` is the last day on which a decision was made with it.
    """

    hash = models.CharField(max_length=64, primary_key=True)
    keys = models.JSONField()
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.hash[:12]}: {len(self.keys)} keys"
