"""What a condition is tied to: factors, symptoms, and other conditions it can look like."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.base import SectionBlock, qualifies, short_text
from cms.content.choosers import (
    ConditionChooserBlock,
    ItemChooserBlock,
    SymptomChooserBlock,
    TermChooserBlock,
)
from cms.content.vocabulary import Evidence, Modifiable, TermKind, Typicality


def named(example: Any) -> blocks.CharBlock:
    return blocks.CharBlock(label=_("Label"), max_length=80, help_text=example)


class FactorBlock(blocks.StructBlock):
    """Something that plays a part in how the condition begins."""

    label = named(_("Example: Zwaar of verkeerd belasten"))
    text = short_text(_("Text"), _("One to three short sentences."))
    term = TermChooserBlock(
        kinds=(TermKind.FACTOR.value, TermKind.CONSTRAINT.value, TermKind.ACTIVITY.value),
        required=False,
        help_text=_("The factor, constraint or activity that this is. Example: Stress"),
    )
    modifiable = blocks.ChoiceBlock(
        label=_("Can somebody do something about it?"),
        choices=Modifiable.choices,
        help_text=_("Example: Partly"),
    )
    qualifier = qualifies()
    evidence = blocks.ChoiceBlock(
        label=_("Certainty of the evidence"),
        choices=Evidence.choices,
        required=False,
        help_text=_("Empty: not judged. Example: Moderate"),
    )
    cards = blocks.ListBlock(
        ItemChooserBlock(),
        label=_("What helps"),
        default=[],
        help_text=_("Cards under this factor. Example: Slapen met rugpijn"),
    )

    class Meta:
        label_format = "{label}"
        icon = "cog"
        label = _("Factor")


class CausesBlock(SectionBlock):
    """How it begins: factors, and which of them can be changed."""

    factors = blocks.ListBlock(FactorBlock(), label=_("Factors"), min_num=1)

    class Meta:
        icon = "cogs"
        label = _("Causes")


class SignBlock(blocks.StructBlock):
    """A symptom, how typical it is, and what tells it apart."""

    label = named(_("Example: Stijfheid in de ochtend"))
    text = short_text(_("Text"), _("One to three short sentences."))
    symptom = SymptomChooserBlock(
        required=False, help_text=_("Its own page, if there is one. Example: Uitstralende pijn")
    )
    typicality = blocks.ChoiceBlock(
        label=_("How often"), choices=Typicality.choices, help_text=_("Example: Often")
    )
    qualifier = qualifies()
    distinguishing = blocks.TextBlock(
        label=_("What tells it apart"),
        required=False,
        max_length=300,
        help_text=_("Example: Trekt de pijn tot onder je knie, dan kan het een hernia zijn."),
    )

    class Meta:
        label_format = "{label}"
        icon = "view"
        label = _("Symptom")


class SymptomsBlock(SectionBlock):
    """What somebody notices."""

    signs = blocks.ListBlock(SignBlock(), label=_("Symptoms"), min_num=1)

    class Meta:
        icon = "view"
        label = _("Symptoms")


class DiagnosisEdgeBlock(blocks.StructBlock):
    """Another condition that can look like this one, and the sign that tells them apart."""

    label = named(_("Example: Hernia (HNP)"))
    condition = ConditionChooserBlock(
        required=False, help_text=_("Its own page, if there is one. Example: Hernia")
    )
    text = short_text(_("Text"), _("One to three short sentences."))
    qualifier = qualifies()
    distinguishing_sign = blocks.TextBlock(
        label=_("The sign that tells them apart"),
        max_length=300,
        help_text=_("Example: De pijn in je been is erger dan de pijn in je rug."),
    )

    class Meta:
        label_format = "{label}"
        icon = "help"
        label = _("Other condition")


class DifferentialBlock(SectionBlock):
    """Which other conditions it can look like."""

    diagnoses = blocks.ListBlock(DiagnosisEdgeBlock(), label=_("Other conditions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Other conditions it can look like")
