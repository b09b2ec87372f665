from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page
from wagtail.search import index

from cms.content import headings, places, streams, walk
from cms.content.copying import ContentCopyForm
from cms.content.forms import ContentPageForm
from cms.content.panels import ConsequencesPanel
from cms.content.previews import Previewed

Problem = tuple[str, Any]  # field, message


class ContentPage(Previewed, Page):
    """What every page has: a lead for the top and for cards, and an image.

    `half_written` is set by the form while a draft is saved: what is missing may stay missing
    until the page is published; what contradicts itself may not. `rows_known` is false while the
    form checks the page itself: its rows are then still those of before, and have forms of their
    own.
    """

    lead = models.TextField(
        _("lead"),
        max_length=320,
        help_text=_(
            "One or two sentences, shown at the top and on cards. "
            "Example: Blijven bewegen helpt je rug. Hier lees je hoe je rustig begint."
        ),
    )
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    half_written = False
    rows_known = True
    base_form_class = ContentPageForm
    copy_form_class = ContentCopyForm

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("image")]
    search_fields = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        abstract = True

    def problems(self) -> Iterable[Problem]:
        """What is wrong with this page, as (field, message). Mixins add theirs."""
        if not self.half_written and self.image and self.image.is_expired:
            yield "image", self.image.expired_message
        if not self.half_written and self.locale_id:
            yield from self._unsaid_images()
        for text in walk.texts(self):
            for heading in headings.skipping(text.source) if text.is_rich else ():
                yield (
                    text.field,
                    _("The heading “%(heading)s” skips a level: choose the bigger one first.")
                    % {"heading": heading},
                )

    def _unsaid_images(self) -> Iterable[Problem]:
        """Somebody who does not see an image reads its text in the language of the page."""
        for field, image in walk.images(self):
            if not image.alt_in(self.locale.language_code):
                said = _("The image “%(title)s” has no alternative text in this language.")
                yield field, said % {"title": image.title}

    def clean(self) -> None:
        super().clean()
        found: dict[str, list[Any]] = {}
        for field, message in self.problems():
            found.setdefault(field, []).append(message)
        if found:
            raise ValidationError(found)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_fields") is None:
            streams.settle_ids(self)
        return super().save(*args, **kwargs)

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        """Where the front end shows this page: the "view live" link of the admin."""
        sites = self._get_relevant_site_root_paths(request)
        path = places.path_of(self)
        if not sites or path is None:
            return None
        address = "/".join(part for part in (self.locale.language_code, path) if part)
        return sites[0].site_id, settings.SITE_URL, f"/{address}"


def address_panels() -> list[FieldPanel]:
    """Without “show in menus”: what a menu shows is for the front end to say."""
    return [
        FieldPanel(
            "slug", help_text=_("The last part of the address. Example: bewegen-met-rugpijn")
        ),
        FieldPanel("seo_title"),
        FieldPanel("search_description"),
    ]


def tabs(*extra: tuple[Any, list[Any]], content: list[Any]) -> TabbedInterface:
    """The tabs of a page type: its content, what is special about it, then what all pages have."""
    return TabbedInterface(
        [
            ObjectList([ConsequencesPanel(), *content], heading=_("Content")),
            *(ObjectList(panels, heading=heading) for heading, panels in extra),
            ObjectList(address_panels(), heading=_("Address and search engines")),
            ObjectList(Page.settings_panels, heading=_("Schedule")),
        ]
    )
