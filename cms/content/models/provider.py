"""A practice or a professional that a visitor can go to. Found by place; never advised."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
)
from wagtail.models import Orderable
from wagtail.search import index

from cms.content.fields import WordSet, is_https
from cms.content.models.base import ContentPage, Problem, tabs
from cms.content.models.links import TermRow
from cms.content.vocabulary import SPOKEN, ProfessionalRegister, TermKind

is_postcode = RegexValidator(
    r"^[1-9][0-9]{3} ?[A-Z]{2}\Z", _("Four digits and two capitals. Example: 3512 JE")
)
is_phone = RegexValidator(
    r"^\+?[0-9][0-9 ()-]{5,18}[0-9]\Z", _("Digits, spaces and dashes. Example: 030 123 45 67")
)
# What a number of each register looks like, and that in words. BIG and AGB have a fixed length;
# of KRF and SKF only that it is a number of a few digits.
NUMBERS = {
    ProfessionalRegister.BIG: (r"[0-9]{11}", _("11 digits. Example: 12345678904")),
    ProfessionalRegister.AGB: (r"[0-9]{8}", _("8 digits. Example: 04012345")),
    ProfessionalRegister.KRF: (r"[0-9]{4,11}", _("4 to 11 digits. Example: 123456")),
    ProfessionalRegister.SKF: (r"[0-9]{4,11}", _("4 to 11 digits. Example: 123456")),
}
PLACE = ("street", "postcode", "city", "latitude", "longitude")


class ProviderPage(ContentPage):
    """Who helps where: specialisms, place, registers, waiting time. No judgement of quality."""

    practice = models.CharField(
        _("practice"), max_length=120, help_text=_("Example: Praktijk De Brug")
    )
    street = models.CharField(
        _("street and number"), max_length=120, blank=True, help_text=_("Example: Brugstraat 12")
    )
    postcode = models.CharField(
        _("postcode"),
        max_length=7,
        blank=True,
        validators=[is_postcode],
        help_text=_("Example: 3512 JE"),
    )
    city = models.CharField(_("city"), max_length=80, blank=True, help_text=_("Example: Utrecht"))
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("In degrees, north is positive. Example: 52.090700"),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("In degrees, east is positive. Example: 5.121400"),
    )
    online = models.BooleanField(
        _("online"), default=False, help_text=_("Ticked: can be seen by video call as well.")
    )
    waiting_days = models.PositiveSmallIntegerField(
        _("waiting time in days"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(730)],
        help_text=_("Until a first appointment. Empty: not known. Example: 7"),
    )
    languages = WordSet(
        _("languages"), words=SPOKEN, help_text=_("What is spoken there. Example: Dutch")
    )
    phone = models.CharField(
        _("telephone"),
        max_length=20,
        blank=True,
        validators=[is_phone],
        help_text=_("Example: 030 123 45 67"),
    )
    website = models.URLField(
        _("website"),
        max_length=500,
        blank=True,
        validators=[is_https],
        help_text=_("Example: https://praktijk.voorbeeld.nl"),
    )
    insurers = models.TextField(
        _("insurers"),
        max_length=400,
        blank=True,
        help_text=_("With whom it has a contract. Example: Met alle zorgverzekeraars."),
    )
    example = models.BooleanField(
        _("is an example"),
        default=False,
        help_text=_("Ticked: it does not exist, and its page says so."),
    )

    parent_page_types = ["content.HomePage", "content.IndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("practice"),
        index.SearchField("city"),
        index.FilterField("online"),
    ]

    content_panels = [
        *ContentPage.content_panels,
        MultipleChooserPanel(
            "specialisms",
            chooser_field_name="term",
            heading=_("Specialisms"),
            label=_("Specialism"),
            min_num=1,
        ),
        MultiFieldPanel(
            [
                FieldPanel("practice"),
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("online"),
            ],
            heading=_("Where"),
            help_text=_("Who is seen online only may leave the place empty, or give all of it."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phone"), FieldPanel("website")]),
                FieldPanel("waiting_days"),
                FieldPanel("languages"),
                FieldPanel("insurers"),
            ],
            heading=_("Making an appointment"),
        ),
        InlinePanel("registers", heading=_("Registers"), label=_("Registration")),
        FieldPanel("example"),
    ]
    edit_handler = tabs(content=content_panels)

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")

    def problems(self) -> Iterable[Problem]:
        yield from super().problems()
        if self.half_written:
            return
        if self.rows_known and not self.specialisms.all():
            # Rows have no field of the page to stand at; the form asks for them by itself.
            yield "practice", _("A provider has at least one specialism.")
        given = [name for name in PLACE if getattr(self, name) not in ("", None)]
        if given or not self.online:
            for name in PLACE:
                if name not in given:
                    yield name, _("The whole place, or online with no place at all.")
        if not self.phone and not self.website:
            yield "phone", _("Say how to reach it: by telephone or a website.")


class ProviderSpecialism(TermRow):
    kinds = (TermKind.SPECIALISM,)

    page = ParentalKey(ProviderPage, related_name="specialisms")


class ProviderRegister(Orderable):
    """An entry in a register of professionals, for a visitor to look up."""

    page = ParentalKey(ProviderPage, related_name="registers")
    register = models.CharField(
        _("register"),
        max_length=10,
        choices=ProfessionalRegister.choices,
        help_text=_("Example: BIG"),
    )
    number = models.CharField(
        _("number"), max_length=20, help_text=_("Digits only. Example: 12345678904")
    )

    panels = [FieldRowPanel([FieldPanel("register"), FieldPanel("number")])]

    def clean(self) -> None:
        super().clean()
        if self.register not in NUMBERS or not self.number:
            return  # what is missing or unknown is said at its own field
        pattern, says = NUMBERS[ProfessionalRegister(self.register)]
        if not re.fullmatch(pattern, self.number):
            raise ValidationError({"number": says})
