"""Rules as editors write them. Publishing freezes them as a RuleSet; advice reads only that."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.models import DraftStateMixin, Orderable, Page, PreviewableMixin, RevisionMixin

from cms.advice.editing import vocabulary
from cms.advice.editing.fields import KeyField, KeySetField
from cms.advice.editing.forms import RulesForm
from cms.advice.models.frozen import RuleSet
from cms.content.choosers import ITEM_TYPES
from cms.content.fields import NumberSet
from cms.content.previews import InLanguageOfEditor, in_language_of_editor
from cms.content.vocabulary import PROFILES
from recommender.rules import MOST_POINTS

is_key = RegexValidator(
    r"^[a-z0-9][a-z0-9_-]*\Z",
    _("Small letters, digits, dashes and underscores. Example: sleep-first"),
)


def sentence(label: Any, example: Any, **more: Any) -> "models.TextField[str, str]":
    return models.TextField(label, max_length=400, blank=True, help_text=example, **more)


class RulesDraft(
    InLanguageOfEditor, DraftStateMixin, RevisionMixin, PreviewableMixin, ClusterableModel
):
    """One set of rules on an editor's desk, with its rows in `rules`.

    `live` says whether a rule set made of it is live; which version that is, RuleSet knows.
    """

    title = models.CharField(
        _("title"), max_length=120, help_text=_("For colleagues. Example: Rules for the back")
    )
    slug = models.CharField(
        _("key"),
        max_length=80,
        unique=True,
        validators=[is_key],
        help_text=_("Decisions name the rules by this; once published it stays for ever."),
    )
    locales = KeySetField(
        _("languages"),
        source=vocabulary.languages,
        blank=False,
        help_text=_("Rules speak only the languages in which they say why. Hiding needs no words."),
    )
    notice_nl = sentence(_("notice in Dutch"), _("Who looked at these rules, or that nobody did."))
    notice_en = sentence(_("notice in English"), "")
    live = models.BooleanField(_("live"), default=False, editable=False)

    base_form_class = RulesForm
    panels = [
        FieldPanel("title", required_on_save=True),
        FieldRowPanel([FieldPanel("slug", required_on_save=True), FieldPanel("locales")]),
        InlinePanel(
            "rules",
            heading=_("Rules"),
            label=_("Rule"),
            help_text=_(
                "Of two rules that pin, the upper one goes first. No rule brings back what a "
                "constraint, a flag, a review or a guideline keeps out."
            ),
        ),
        MultiFieldPanel([FieldPanel("notice_nl"), FieldPanel("notice_en")], heading=_("Notice")),
    ]
    preview_modes = [("", _("Checks"))]
    default_preview_size = "mobile"

    class Meta:
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        before = type(self).objects.filter(pk=self.pk).values_list("slug", flat=True).first()
        if before not in (None, self.slug) and RuleSet.objects.filter(slug=before).exists():
            raise ValidationError({"slug": _("This stays what it was: %s.") % before})

    @transaction.atomic
    def publish(self, revision: Any, user: Any = None, **options: Any) -> None:
        """Make the revision the live one and freeze its rules. Raises recommender.DefinitionError
        for rules that are not right: then nothing is published.
        """
        # Imported late: the verbs need the models.
        from cms.advice.editing import publish

        # One at a time: each takes the next number.
        type(self).objects.select_for_update().get(pk=self.pk)
        super().publish(revision, user=user, **options)
        publish.freeze(type(self).objects.get(pk=self.pk), by=name_of(user))

    @transaction.atomic
    def unpublish(self, *args: Any, user: Any = None, **options: Any) -> None:
        """Take the live rule set away: advice goes on without rules."""
        from cms.advice import rule_sets  # imported late: the verbs need the models

        super().unpublish(*args, user=user, **options)
        rule_sets.withdraw(self.slug, by=name_of(user))

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        with in_language_of_editor(request):
            return super().serve_preview(request, mode_name).render()

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "advice/rules_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from cms.advice.editing import preview  # imported late: it reads the models

        return super().get_preview_context(request, mode_name) | {"shown": preview.shown(self)}


def name_of(user: Any) -> str:
    return user.get_username() if user else ""


class DraftRule(Orderable):
    """When all of what is given holds, do this with these items, because."""

    draft = ParentalKey(RulesDraft, on_delete=models.CASCADE, related_name="rules")
    active = models.BooleanField(
        _("switched on"), default=True, help_text=_("Off: it stays here and does nothing.")
    )
    key = models.CharField(
        _("key"),
        max_length=80,
        validators=[is_key],
        help_text=_("Advice names the rule by this. Example: sleep-first"),
    )
    effect = models.CharField(_("then"), max_length=5, choices=vocabulary.Effect.choices)
    points = models.PositiveSmallIntegerField(
        _("points"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_POINTS)],
        help_text=_("Only to boost or bury: 1 to 300. A matching condition is worth 400."),
    )
    condition = KeyField(_("condition"), source=vocabulary.conditions)
    profiles = NumberSet(_("recovery profile is one of"), numbers=PROFILES)
    factors = KeySetField(_("factors"), source=vocabulary.factors)
    signals = KeySetField(
        _("signals"), source=vocabulary.signals, help_text=_("What a screening concludes.")
    )
    constraints = KeySetField(_("constraints"), source=vocabulary.constraints)
    without_factors = KeySetField(_("not these factors"), source=vocabulary.factors, folded=True)
    without_signals = KeySetField(_("not these signals"), source=vocabulary.signals, folded=True)
    without_constraints = KeySetField(
        _("not these constraints"), source=vocabulary.constraints, folded=True
    )
    select_type = models.CharField(
        _("type"), max_length=20, blank=True, choices=vocabulary.ItemType.choices
    )
    select_slot = models.CharField(_("slot"), max_length=80, blank=True, choices=vocabulary.SLOTS)
    select_condition = KeyField(_("about condition"), source=vocabulary.conditions)
    select_factor = KeyField(_("suits factor"), source=vocabulary.factors)
    select_phase = KeyField(_("suits phase"), source=vocabulary.phases)
    select_paid = models.CharField(
        _("paid"), max_length=3, blank=True, choices=vocabulary.Paid.choices
    )
    item = models.ForeignKey(
        Page,
        verbose_name=_("one item"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    because_nl = sentence(
        _("because, in Dutch"),
        _("Example: Wie beter slaapt, herstelt vaak makkelijker."),
    )
    because_en = sentence(_("because, in English"), "")
    citation = models.TextField(
        _("source"),
        max_length=400,
        help_text=_("Where it is written. Example: Lage rugpijn, KNGF en VvOCM, 2021"),
    )

    panels = [
        FieldRowPanel([FieldPanel("key"), FieldPanel("active")]),
        FieldRowPanel([FieldPanel("effect"), FieldPanel("points")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("condition"), FieldPanel("profiles")]),
                FieldRowPanel([FieldPanel("factors"), FieldPanel("signals")]),
                FieldPanel("constraints"),
            ],
            heading=_("When all of this holds"),
            help_text=_("Nothing given: always. What is not known does not hold."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("without_factors"),
                FieldPanel("without_signals"),
                FieldPanel("without_constraints"),
            ],
            heading=_("And none of this"),
            help_text=_("Each must be known not to hold: the answers have ruled it out."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("select_type"), FieldPanel("select_slot")]),
                FieldRowPanel([FieldPanel("select_condition"), FieldPanel("select_paid")]),
                FieldRowPanel([FieldPanel("select_factor"), FieldPanel("select_phase")]),
                PageChooserPanel("item", page_type=ITEM_TYPES),
            ],
            heading=_("These items"),
            help_text=_("All that is given must fit. At least one field."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("because_nl", heading=_("In Dutch")),
                FieldPanel("because_en", heading=_("In English")),
                FieldPanel("citation"),
            ],
            heading=_("Because"),
            help_text=_("One sentence for the visitor, and where it is written."),
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("rule")
        verbose_name_plural = _("rules")

    def __str__(self) -> str:
        return self.key
