"""The blocks that pages are built from.

No block is named items, keys or values: StructValue is a dict and has methods of those names.
"""

from cms.content.blocks.description import DescriptionBlock
from cms.content.blocks.programme import PhaseBlock
from cms.content.blocks.recovery import RecoveryBlock
from cms.content.blocks.treatment import TreatmentBlock

SECTIONS = [
    ("description", DescriptionBlock()),
    ("recovery", RecoveryBlock()),
    ("treatment", TreatmentBlock()),
]
PHASES = [("phase", PhaseBlock())]

__all__ = [
    "PHASES",
    "SECTIONS",
    "DescriptionBlock",
    "PhaseBlock",
    "RecoveryBlock",
    "TreatmentBlock",
]
