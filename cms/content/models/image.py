from datetime import datetime, time, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.content import renditions
from cms.content.texts import DEFAULT
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
    alt_en = models.CharField(
        _("alternative text in English"),
        max_length=250,
        blank=True,
        help_text=_(
            "Needed before an English page can show it. "
            "Example: Woman lies on her side with a cushion between her knees"
        ),
    )
    credit = models.CharField(
        _("credit"), max_length=150, help_text=_("Who made it. Example: Herstelwijzer")
    )
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices)
    licence_until = models.DateField(
        _("licence until"),
        null=True,
        blank=True,
        help_text=_(
            "The last day on which it may be shown; after it every page goes on without it. "
            "Empty: no end. Example: 2027-12-31"
        ),
    )

    # Without Wagtail's description: what is said of an image here is its alternative text.
    admin_form_fields = (
        "title",
        "file",
        "alt",
        "alt_en",
        "credit",
        "licence",
        "licence_until",
        *(name for name in Image.admin_form_fields if name not in {"title", "file", "description"}),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self) -> str:
        return self.alt

    def alt_in(self, language: str) -> str:
        """The alternative text in a language; "" when it was not written in that one."""
        return str({DEFAULT: self.alt, "en": self.alt_en}.get(language, ""))

    @property
    def shown_until(self) -> datetime | None:
        """The first moment, in local time, at which it may no longer be shown; None: no end."""
        if self.licence_until is None:
            return None
        return timezone.make_aware(datetime.combine(self.licence_until, time()) + timedelta(days=1))

    @property
    def is_expired(self) -> bool:
        return self.licence_until is not None and self.licence_until < timezone.localdate()

    @property
    def expired_message(self) -> Any:
        return _("The licence of this image ended on %(day)s. Choose another one.") % {
            "day": self.licence_until
        }

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        # Locked, so that two editors who replace a file at once each see the one before theirs.
        known = CustomImage.objects.select_for_update().filter(pk=self.pk)
        before = known.values_list("file", flat=True).first()
        super().save(*args, **kwargs)
        if self.file.name != before:
            self._let_go_of(before)
            renditions.make(self)

    def _let_go_of(self, file: str | None) -> None:
        """Take the renditions away, and keep their files and this one for a while."""
        old = list(self.renditions.all())
        names = [rendition.file.name for rendition in old] + ([file] if file else [])
        now = timezone.now()
        ReplacedFile.objects.bulk_create(
            [ReplacedFile(name=name, image=self, replaced_at=now) for name in names],
            ignore_conflicts=True,
        )
        for rendition in old:
            rendition.purge_from_cache()
        # Without signals: Wagtail's would delete the files.
        self.renditions.all()._raw_delete(using=self._state.db)


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class ReplacedFile(models.Model):
    """A file that an image or a rendition no longer uses. A page in a cache may still name it.

    `image` is None once the image is deleted: then nobody should see the file any more.
    """

    name = models.CharField(max_length=255, unique=True)  # in the storage of images
    image = models.ForeignKey(
        CustomImage, null=True, on_delete=models.SET_NULL, related_name="replaced_files"
    )
    replaced_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name
