"""What all blocks share: the rich text that is allowed, a heading with an aspect, a point."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.choosers import TermChooserBlock
from cms.content.vocabulary import HealthAspect

# Pictures stand in their own fields, where alt text, credit and renditions come with them.
RICH = ["h3", "h4", "bold", "italic", "ol", "ul", "link"]
SHORT = ["bold", "italic", "link"]


class SectionBlock(blocks.StructBlock):
    """A section of a condition page. Its id stays the same for as long as the section exists."""

    heading = blocks.CharBlock(
        label=_("Heading"), max_length=120, help_text=_("Example: Hoe ontstaat lage rugpijn?")
    )
    aspect = blocks.ChoiceBlock(
        label=_("About"),
        choices=HealthAspect.choices,
        help_text=_("Which aspect of the condition this section is about. Example: Causes"),
    )
    body = blocks.RichTextBlock(
        label=_("Text"),
        features=RICH,
        required=False,
        help_text=_("Short sentences, one thought each; address the visitor as “je”."),
    )


class PointBlock(blocks.StructBlock):
    """One labelled point, such as a cause or a symptom."""

    label = blocks.CharBlock(
        label=_("Label"), max_length=80, help_text=_("Example: Stijfheid in de ochtend")
    )
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT)
    term = TermChooserBlock(
        required=False,
        help_text=_("The term that this point is about, if there is one. Example: Stress"),
    )

    class Meta:
        icon = "list-ul"
        label = _("Point")
