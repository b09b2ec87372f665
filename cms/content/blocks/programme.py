from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.content.blocks.base import SHORT
from cms.content.choosers import PictureChooserBlock, TermChooserBlock
from cms.content.fields import is_https


class ExerciseBlock(blocks.StructBlock):
    """An exercise with its dosage. An empty number is not prescribed."""

    name = blocks.CharBlock(
        label=_("Name"), max_length=80, help_text=_("Example: Bekken kantelen in lig")
    )
    instructions = blocks.RichTextBlock(label=_("How to do it"), features=[*SHORT, "ol"])
    sets = blocks.IntegerBlock(
        label=_("Sets"), required=False, min_value=1, max_value=20, help_text=_("Example: 3")
    )
    repetitions = blocks.IntegerBlock(
        label=_("Repetitions a set"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Example: 10"),
    )
    seconds = blocks.IntegerBlock(
        label=_("Seconds"),
        required=False,
        min_value=1,
        max_value=7200,
        help_text=_("How long to hold it or keep it up. Example: 30"),
    )
    rest_seconds = blocks.IntegerBlock(
        label=_("Seconds of rest between sets"),
        required=False,
        min_value=0,
        max_value=600,
        help_text=_("Example: 60"),
    )
    days_a_week = blocks.IntegerBlock(
        label=_("Days a week"), min_value=1, max_value=7, help_text=_("Example: 5")
    )
    easier = blocks.TextBlock(
        label=_("Easier"),
        required=False,
        max_length=300,
        help_text=_("Example: Houd je vast aan een stoel."),
    )
    harder = blocks.TextBlock(
        label=_("Harder"),
        required=False,
        max_length=300,
        help_text=_("Example: Doe je ogen dicht."),
    )
    image = PictureChooserBlock(required=False)
    video = blocks.URLBlock(
        label=_("Video"),
        required=False,
        validators=[is_https],
        help_text=_("Its address. Example: https://video.voorbeeld.nl/bekken-kantelen"),
    )
    video_text = blocks.TextBlock(
        label=_("What the video says and shows"),
        required=False,
        max_length=2000,
        help_text=_(
            "For who cannot see or hear it. Example: Een vrouw ligt op haar rug en kantelt haar "
            "bekken. Ze zegt: adem rustig door."
        ),
    )

    class Meta:
        label_format = "{name}"
        icon = "pick"
        label = _("Exercise")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        video, said = cleaned["video"], (cleaned["video_text"] or "").strip()
        if video and not said and not self.is_deferred_validation:
            raise _at("video_text", _("Say what the video says and shows."))
        if said and not video:
            raise _at("video_text", _("Leave this empty: there is no video."))
        return cleaned


def _at(name: str, message: Any) -> StructBlockValidationError:
    return StructBlockValidationError(block_errors={name: ValidationError(message)})


class PhaseBlock(blocks.StructBlock):
    """A phase of a programme: what it is for, when to go on, and its exercises."""

    title = blocks.CharBlock(
        label=_("Title"), max_length=80, help_text=_("Example: Weer in beweging komen")
    )
    phase = TermChooserBlock(required=False, help_text=_("Example: Acute phase"))
    weeks = blocks.IntegerBlock(
        label=_("Weeks"), min_value=1, max_value=52, help_text=_("Example: 2")
    )
    goal = blocks.TextBlock(
        label=_("Goal"),
        max_length=300,
        help_text=_("Example: Je durft weer te bewegen en loopt elke dag."),
    )
    go_on_when = blocks.TextBlock(
        label=_("Go on when"),
        max_length=300,
        help_text=_("Example: Je doet de oefeningen drie dagen zonder dat de pijn blijft."),
    )
    exercises = blocks.ListBlock(ExerciseBlock(), label=_("Exercises"), min_num=1)

    class Meta:
        label_format = "{title}"
        icon = "list-ol"
        label = _("Phase")
