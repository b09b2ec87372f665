from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from cms.content.vocabulary import TermKind

is_key = RegexValidator(
    r"^[a-z][a-z0-9_]*\Z", _("Small letters, digits and underscores. Example: heavy_load")
)


class Term(index.Indexed, models.Model):
    """An entry of the shared vocabulary. Screenings, rules and items may use only terms."""

    key = models.CharField(
        _("key"),
        max_length=60,
        unique=True,
        validators=[is_key],
        help_text=_(
            "Programs, rules and screenings know the term by this; it stays for ever. "
            "Example: heavy_load"
        ),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=TermKind.choices)
    label_nl = models.CharField(
        _("Dutch label"), max_length=80, help_text=_("Example: Zwaar werk of tillen")
    )
    label_en = models.CharField(
        _("English label"), max_length=80, help_text=_("Example: Heavy work or lifting")
    )
    retired = models.BooleanField(
        _("retired"),
        default=False,
        help_text=_(
            "Keeps the term where it is used, but it cannot be chosen any more. "
            "A term in use is retired, not deleted."
        ),
    )

    panels = [
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("key")], heading=_("Term")),
        MultiFieldPanel([FieldPanel("label_nl"), FieldPanel("label_en")], heading=_("Labels")),
        FieldPanel("retired"),
    ]
    search_fields = [
        index.SearchField("label_nl", boost=2),
        index.SearchField("label_en", boost=2),
        index.SearchField("key"),
        index.AutocompleteField("label_nl"),
        index.AutocompleteField("label_en"),
        index.AutocompleteField("key"),
        index.FilterField("kind"),
        index.FilterField("retired"),
    ]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["kind", "label_nl"]

    def __str__(self) -> str:
        label = self.label_en if (get_language() or "").startswith("en") else self.label_nl
        # A form that is wrong may hold a kind that is none.
        kind = TermKind(self.kind).short if self.kind in TermKind.values else self.kind
        return f"{label} ({kind})"

    def clean(self) -> None:
        super().clean()
        before = Term.objects.filter(pk=self.pk).first()
        if before is None:
            return
        # Rules and screenings know a term by its key only, so nobody can tell whether it is used.
        fixed = {
            name: _("This stays what it was: %(value)s. Make a new term and retire this one.")
            % {"value": getattr(before, name)}
            for name in ("key", "kind")
            if getattr(self, name) != getattr(before, name)
        }
        if fixed:
            raise ValidationError(fixed)

    # A touch belongs in the transaction of its change, and Django gives a save without
    # parent tables none that lasts until post_save.
    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)


def problems_of_kind(page: Any, name: str, kind: TermKind) -> Iterable[tuple[str, Any]]:
    """That the term in this field of a page is of this kind."""
    chosen = getattr(page, name)
    if chosen is not None and chosen.kind != kind:
        yield name, _("Choose one of the kind: %(kinds)s.") % {"kinds": kind.label}
