from django.db import models
from django.utils import timezone


class Preview(models.Model):
    """A draft as it was when its editor asked to see it, for a front end to read for a while.

    `body` is the body view of its rendering, references and all; nothing else ever reads it.
    """

    key = models.CharField(max_length=43, primary_key=True)
    page_key = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    locale = models.CharField(max_length=35)
    path = models.CharField(max_length=1000, null=True)  # None: has no address
    body = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.page_key} at {self.made_at:%Y-%m-%d %H:%M}"
