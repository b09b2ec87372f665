"""What all blocks share: the rich text that is allowed, a heading with an aspect, a point."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.content.choosers import TermChooserBlock
from cms.content.vocabulary import HealthAspect

# Pictures stand in their own fields, where alt text, credit and renditions come with them.
RICH = ["h3", "h4", "bold", "italic", "ol", "ul", "link"]
SHORT = ["bold", "italic", "link"]


class CheckedBlock(blocks.StructBlock):
    """A struct whose fields are judged together: `wrong` names a field with what is wrong.

    What is missing is judged only when the page is published: a draft may be half written.
    """

    def wrong(self, value: Any) -> dict[str, Any]:
        """Field to message, of a value whose fields are right by themselves."""
        return {}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        found = self.wrong(cleaned)
        if found:
            errors = {name: ValidationError(message) for name, message in found.items()}
            raise StructBlockValidationError(block_errors=errors)
        return cleaned


class SectionBlock(CheckedBlock):
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

    class Meta:
        label_format = "{heading}"  # what a collapsed section says of itself


class PointBlock(blocks.StructBlock):
    """One labelled point, such as a cause or a symptom."""

    label = blocks.CharBlock(
        label=_("Label"), max_length=80, help_text=_("Example: Stijfheid in de ochtend")
    )
    text = blocks.RichTextBlock(
        label=_("Text"), features=SHORT, help_text=_("One to three short sentences.")
    )
    term = TermChooserBlock(
        required=False,
        help_text=_("The term that this point is about, if there is one. Example: Stress"),
    )

    class Meta:
        label_format = "{label}"
        icon = "list-ul"
        label = _("Point")


def qualifies() -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("Qualifier"),
        required=False,
        max_length=120,
        help_text=_("When or for whom it holds. Example: alleen bij uitstraling tot in de voet"),
    )


def short_text(label: Any, help_text: Any, *, required: bool = True) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(label=label, features=SHORT, required=required, help_text=help_text)
