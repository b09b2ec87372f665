"""What a condition or a symptom is called besides its title."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from cms.content.vocabulary import Register, Relation


def names_panel() -> InlinePanel:
    return InlinePanel(
        "names",
        heading=_("Other names"),
        label=_("Name"),
        help_text=_("What it is called as well. Whoever searches for one of these finds the page."),
    )


class Name(Orderable):
    """Search finds the page by it; only “same” names may be shown as other words for the title."""

    name = models.CharField(_("name"), max_length=120, help_text=_("Example: spit"))
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, help_text=_("Example: Dutch")
    )
    register = models.CharField(
        _("who says it"),
        max_length=10,
        choices=Register.choices,
        default=Register.LAY,
        help_text=_("Example: lumbago is a medical name, spit is what people call it"),
    )
    relation = models.CharField(
        _("compared with the title"),
        max_length=10,
        choices=Relation.choices,
        default=Relation.SAME,
        help_text=_("Example: facetsyndroom is narrower than lage rugpijn"),
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("language")]),
        FieldRowPanel([FieldPanel("register"), FieldPanel("relation")]),
    ]

    class Meta(Orderable.Meta):
        abstract = True
