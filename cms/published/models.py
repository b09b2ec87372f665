"""The tables. Only this package writes them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Touch(models.Model):
    """ "Look at this key again", written in the transaction of the change itself.

    Inserted and deleted, never updated: updating one mark per key made editors deadlock and let
    a long import hold up a withdrawal.
    """

    key = models.CharField(max_length=200, db_index=True)
    hide = models.BooleanField(default=False)
    bulk = models.BooleanField(default=False)  # after everything an editor is waiting for
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["key"], condition=Q(hide=True), name="touch_hide"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.key}{' hide' if self.hide else ''}"


class State(models.TextChoices):
    LIVE = "live", _("Live")
    HIDDEN = "hidden", _("Hidden")
    GONE = "gone", _("Gone")


class Publication(models.Model):
    """What is, or was, live under a key. A row exists from first going live.

    `link`, `card` and `body` are JSON with references in it (references.py); `item` is what the
    recommender needs, `text` what search needs. They are null unless the state is live.
    """

    key = models.CharField(max_length=200, primary_key=True)
    seq = models.BigIntegerField(unique=True)
    state = models.CharField(max_length=6, choices=State.choices)
    kind = models.CharField(max_length=50)
    locale = models.CharField(max_length=12, blank=True)
    translation_key = models.CharField(max_length=64, blank=True, db_index=True)
    path = models.CharField(max_length=500, null=True)
    former_paths = models.JSONField(default=list)
    valid_from = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    link = models.BinaryField(null=True)
    card = models.BinaryField(null=True)
    body = models.BinaryField(null=True)
    item = models.BinaryField(null=True)
    text = models.BinaryField(null=True)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["locale", "path"], name="publication_path")]
        constraints = [
            models.CheckConstraint(
                name="only_live_has_views",
                condition=Q(state=State.LIVE)
                | Q(link=None, card=None, body=None, item=None, text=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} #{self.seq} {self.state}"


class Head(models.Model):
    """One row: the last number given, the epoch it belongs to and the renderer in charge."""

    epoch = models.PositiveIntegerField(default=1)
    seq = models.BigIntegerField(default=0)
    renderer = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="one_head", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"epoch {self.epoch} number {self.seq}"


class Failure(models.Model):
    """What a reader could not do with a key, and when it tries again."""

    reader = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    seq = models.BigIntegerField(default=0)  # the newest touch, or the number, that was tried
    reason = models.TextField()
    tries = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    retry_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "key"], name="one_failure")]

    def __str__(self) -> str:
        return f"{self.reader} {self.key}: {self.reason}"


class Cursor(models.Model):
    """How far a reader has come, and when it last said so."""

    reader = models.CharField(max_length=100, unique=True)
    epoch = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.reader} at {self.epoch}:{self.seq}"


class Lease(models.Model):
    """Who does a piece of work now, so that two processes do not do it twice."""

    name = models.CharField(max_length=220, primary_key=True)
    holder = models.CharField(max_length=36)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} until {self.until:%H:%M:%S}"


class ItemHistory(models.Model):
    """Every item as it was at a number. Appended; a replay of advice reads it."""

    key = models.CharField(max_length=200)
    seq = models.BigIntegerField()
    item = models.BinaryField(null=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "seq"], name="one_item_a_number")]

    def __str__(self) -> str:
        return f"{self.key} #{self.seq}"


class EmergencyStop(models.Model):
    """Somebody took a key offline, whatever its page says. Kept for ever as the audit trail."""

    key = models.CharField(max_length=200, db_index=True)
    by = models.CharField(max_length=150)
    why = models.TextField()
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=150, blank=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(lifted_at=None), name="one_stop_at_a_time"
            ),
            models.CheckConstraint(
                name="lifted_by_somebody",
                condition=Q(lifted_at=None, lifted_by="")
                | (Q(lifted_at__isnull=False) & ~Q(lifted_by="")),
            ),
            models.CheckConstraint(name="stopped_for_a_reason", condition=~Q(why="") & ~Q(by="")),
        ]
        verbose_name = _("emergency stop")
        verbose_name_plural = _("emergency stops")

    def __str__(self) -> str:
        return f"{self.key} stopped by {self.by}: {self.why}"
