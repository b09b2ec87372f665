"""Legal texts in numbered versions. A version that was published once never changes."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, RevisionMixin

from cms.content.blocks.base import RICH
from cms.content.panels import GivenPanel
from cms.content.vocabulary import LegalKind

# What a trigger in the database guards (cms/published/immutable.py).
FROZEN = ("key", "locale", "version", "title", "body", "changes", "effective_from")
# What the editor of the admin numbers paragraphs with: nothing that anybody reads.
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


class LegalText(DraftStateMixin, RevisionMixin, models.Model):
    """One version of one legal text in one language. Readers get the newest one that is live; the
    others stay readable by their number.
    """

    key = models.CharField(
        _("text"),
        max_length=30,
        choices=LegalKind.choices,
        help_text=_("Which of the legal texts this is. Example: Disclaimer"),
    )
    locale = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, help_text=_("Example: Dutch")
    )
    version = models.PositiveIntegerField(
        _("version"), editable=False, help_text=_("The next number, given by itself. Example: 2")
    )
    title = models.CharField(
        _("title"), max_length=150, help_text=_("Example: Belangrijk om te weten")
    )
    body = RichTextField(
        _("text"),
        features=RICH,
        help_text=_("Example: Deze informatie vervangt geen gesprek met je huisarts."),
    )
    changes = models.TextField(
        _("what changed"),
        max_length=400,
        blank=True,
        help_text=_(
            "Compared with the version before; empty for the first. "
            "Example: We noemen nu ook de fysiotherapeut."
        ),
    )
    effective_from = models.DateField(
        _("in force from"),
        default=timezone.localdate,
        help_text=_("Said with the text; it is shown as soon as it is live. Example: 2026-12-01"),
    )

    panels = [
        FieldRowPanel(
            [
                # Not as the text itself is called, in the same form.
                FieldPanel("key", heading=_("Which text")),
                FieldPanel("locale"),
                GivenPanel("version"),
            ]
        ),
        FieldPanel("title"),
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("effective_from"), FieldPanel("changes")]),
    ]

    class Meta:
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
        ordering = ["key", "locale", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "locale", "version"], name="one_legal_text_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.locale}, {self.version})"

    @property
    def ids(self) -> tuple[str, str]:
        """Under which ids readers may find it: as the newest, and as this version."""
        name = f"{self.key}:{self.locale}"
        return name, f"{name}@{self.version}"

    @property
    def is_frozen(self) -> bool:
        return self.live or self.first_published_at is not None

    def clean(self) -> None:
        super().clean()
        before = LegalText.objects.filter(pk=self.pk).first()
        if before is None:
            return
        if _said(self.body) == _said(before.body):
            self.body = before.body
        fixed = [name for name in FROZEN if before.is_frozen or name in ("key", "locale")]
        changed = [name for name in fixed if getattr(self, name) != getattr(before, name)]
        if changed:
            said = (
                _("A published version stays what it was. Copy it to make the next version.")
                if before.is_frozen
                else _("The number of this version depends on it. Make a new text instead.")
            )
            raise ValidationError(dict.fromkeys(changed, said))

    @transaction.atomic  # a touch belongs in the transaction of its change
    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is None:
            self._become_a_version()
        super().save(*args, **kwargs)

    def _become_a_version(self) -> None:
        """The next number, unless it has one of its own; a copy has not been published."""
        self.first_published_at = self.last_published_at = None
        same = LegalText.objects.filter(key=self.key, locale=self.locale)
        if self.version is None or same.filter(version=self.version).exists():
            self.version = (same.aggregate(most=models.Max("version"))["most"] or 0) + 1


def _said(html: str) -> str:
    return _BLOCK_KEY.sub("", html or "")
