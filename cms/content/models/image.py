from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.content import renditions
from cms.content.vocabulary import Licence


class CustomImage(AbstractImage):
    """An image with what has to be said about it. Its renditions are made when it is uploaded."""

    alt = models.CharField(
        _("alternative text"),
        max_length=250,
        help_text=_(
            "What somebody who does not see the image has to know. "
            "Example: Vrouw ligt op haar zij met een kussen tussen de knieën"
        ),
    )
    credit = models.CharField(
        _("credit"), max_length=150, help_text=_("Who made it. Example: Herstelwijzer")
    )
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices)

    admin_form_fields = (*Image.admin_form_fields, "alt", "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self) -> str:
        return self.alt

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        before = CustomImage.objects.filter(pk=self.pk).values_list("file", flat=True).first()
        super().save(*args, **kwargs)
        if self.file.name != before:
            renditions.renew(self)


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
