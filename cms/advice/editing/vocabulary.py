"""What an editor of rules may choose from, as pairs of key and label, read when it is shown."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.content.models import ConditionPage, Term
from cms.content.vocabulary import ProductCategory, TermKind
from cms.screening.models import FrozenVersion

Choice = tuple[str, str | Promise]


class Effect(TextChoices):
    PIN = "pin", _("Pin: always first in its slot")
    BOOST = "boost", _("Boost: give it points")
    BURY = "bury", _("Bury: take points away")
    HIDE = "hide", _("Hide: do not advise it")


class ItemType(TextChoices):
    ARTICLE = "article", _("Article")
    PROGRAMME = "exercise_programme", _("Exercise programme")
    PRODUCT = "product", _("Product")
    SERVICE = "service", _("Help of a professional")
    COURSE = "course", _("Course")


class Paid(TextChoices):
    YES = "yes", _("Only what we may earn on")
    NO = "no", _("Only what we do not earn on")


SLOTS: tuple[Choice, ...] = (
    ("articles", _("Articles")),
    ("services", _("Help of a professional")),
    ("exercises", _("Exercises")),
    ("courses", _("Courses")),
    *ProductCategory.choices,
)


def languages() -> Iterator[Choice]:
    yield from settings.LANGUAGES


def conditions() -> Iterator[Choice]:
    """The same key in two languages is one condition."""
    pages = ConditionPage.objects.filter(alias_of=None).order_by("key", "pk")
    yield from dict(pages.values_list("key", "title")).items()


def factors() -> Iterator[Choice]:
    return terms(TermKind.FACTOR)


def constraints() -> Iterator[Choice]:
    """Clinical facts about somebody, and medicines: a kind of them."""
    yield from terms(TermKind.CONSTRAINT)
    yield from terms(TermKind.MEDICINE)


def phases() -> Iterator[Choice]:
    return terms(TermKind.PHASE)


def label_column() -> str:
    """Labels of terms in the language of the admin."""
    return "label_en" if (get_language() or "").startswith("en") else "label_nl"


def terms(kind: TermKind) -> Iterator[Choice]:
    label = label_column()
    found = Term.objects.filter(kind=kind, retired=False).order_by(label)
    yield from found.values_list("key", label)


def signals() -> Iterator[Choice]:
    """What the screenings that can be evaluated may raise; signals have no labels."""
    usable = FrozenVersion.objects.filter(withdrawn_at=None)
    definitions = usable.values_list("definition", flat=True)
    for key in sorted({key for found in definitions for key in found.get("signals", {})}):
        yield key, key.replace("_", " ")
