from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.content import intervals
from cms.content.blocks.base import SHORT, SectionBlock
from cms.content.blocks.statistics import numbers
from cms.content.intervals import Interval

FIELD_OF = {"start": "from_days", "until": "until_days"}
MESSAGES = {
    "first": _("The first profile starts at day 0, and day 0 belongs to it."),
    "empty": _("There is no day between the start and the end of this profile."),
    "gap": _("There are days between the profile above and this one that belong to neither."),
    "overlap": _("There are days that belong to the profile above and to this one."),
    "last": _("The last profile has no end: leave this empty."),
}


class ProfileBlock(blocks.StructBlock):
    """A recovery profile as data: which days, what you notice, what to do."""

    number = blocks.IntegerBlock(
        label=_("Number"), min_value=1, max_value=9, help_text=_("Example: 1")
    )
    title = blocks.CharBlock(
        label=_("Title"), max_length=80, help_text=_("Example: Normaal herstel")
    )
    from_days = blocks.IntegerBlock(
        label=_("From day"), min_value=0, max_value=36500, help_text=_("Example: 42 for six weeks")
    )
    from_included = blocks.BooleanBlock(
        label=_("The first day belongs to this profile"), required=False, default=True
    )
    until_days = blocks.IntegerBlock(
        label=_("Until day"),
        required=False,
        min_value=0,
        max_value=36500,
        help_text=_("Example: 84 for twelve weeks. Empty: no end"),
    )
    until_included = blocks.BooleanBlock(
        label=_("The last day belongs to this profile"), required=False, default=False
    )
    duration = blocks.CharBlock(
        label=_("Duration in words"),
        max_length=80,
        help_text=_("Example: Korter dan 6 weken"),
    )
    characteristics = blocks.RichTextBlock(label=_("Characteristics"), features=SHORT)
    advice = blocks.RichTextBlock(label=_("Advice"), features=SHORT)

    class Meta:
        label_format = "{title}"
        icon = "time"
        label = _("Recovery profile")


class RecoveryBlock(SectionBlock):
    """The course of recovery. Its profiles cover every day from 0 on exactly once."""

    profiles = blocks.ListBlock(ProfileBlock(), label=_("Recovery profiles"), min_num=1)
    statistics = numbers()

    class Meta:
        icon = "history"
        label = _("Course of recovery")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned  # a draft may be half written
        errors = _errors([dict(profile) for profile in cleaned["profiles"]])
        if errors:
            raise StructBlockValidationError(
                block_errors={"profiles": ListBlockValidationError(block_errors=errors)}
            )
        return cleaned


def interval_of(profile: Any) -> Interval:
    """The days of a profile block."""
    return Interval(
        start=profile["from_days"],
        start_included=profile["from_included"],
        until=profile["until_days"],
        until_included=profile["until_included"],
    )


def _errors(profiles: list[dict[str, Any]]) -> dict[int, StructBlockValidationError]:
    """Each problem at the field of the profile that causes it."""
    at: dict[int, dict[str, ValidationError]] = {}
    for problem in intervals.problems([interval_of(profile) for profile in profiles]):
        at.setdefault(problem.index, {})[FIELD_OF[problem.end]] = ValidationError(
            MESSAGES[problem.what]
        )
    numbers = [profile["number"] for profile in profiles]
    for index, number in enumerate(numbers):
        if number in numbers[:index]:
            at.setdefault(index, {})["number"] = ValidationError(
                _("Another profile already has this number.")
            )
    return {index: StructBlockValidationError(block_errors=errors) for index, errors in at.items()}
