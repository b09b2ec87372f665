from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.base import CheckedBlock, SectionBlock, short_text
from cms.content.choosers import GlossaryChooserBlock


class StepBlock(blocks.StructBlock):
    """One step of finding out what it is: when it is done and when not."""

    label = blocks.CharBlock(
        label=_("Label"), max_length=80, help_text=_("Example: Röntgenfoto of MRI-scan")
    )
    text = short_text(_("Text"), _("What happens, in one to three short sentences."))
    when = blocks.TextBlock(
        label=_("When"),
        max_length=300,
        help_text=_("Example: Als je arts denkt aan een breuk of een ontsteking."),
    )
    when_not = blocks.TextBlock(
        label=_("When not"),
        required=False,
        max_length=300,
        help_text=_("Example: Niet bij gewone lage rugpijn: het beeld zegt weinig over de pijn."),
    )
    glossary = GlossaryChooserBlock(
        required=False, help_text=_("A word that this step needs explained. Example: MRI")
    )

    class Meta:
        label_format = "{label}"
        icon = "search"
        label = _("Step")


class SelfTestBlock(CheckedBlock):
    """A questionnaire that a visitor can go on to. Empty: there is none."""

    screening = blocks.RegexBlock(
        regex=r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
        label=_("Screening"),
        required=False,
        max_length=60,
        help_text=_("The key of the questionnaire. Example: hernia"),
        error_messages={"invalid": _("Small letters, digits and dashes. Example: hernia")},
    )
    label = blocks.CharBlock(
        label=_("Text on the button"),
        required=False,
        max_length=80,
        help_text=_("Example: Doe de hernia-zelftest"),
    )

    class Meta:
        icon = "form"
        label = _("Self-test")

    def wrong(self, value: Any) -> dict[str, Any]:
        if value["label"] and not value["screening"]:
            return {"screening": _("Say which screening the button leads to.")}
        return {}


class DiagnosisBlock(SectionBlock):
    """How it is found out: step by step, and what a visitor can test himself."""

    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)
    self_test = SelfTestBlock(label=_("Self-test"), required=False)

    class Meta:
        icon = "search"
        label = _("Diagnosis")
