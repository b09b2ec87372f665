"""The blocks that pages are built from.

No block is named items, keys or values: StructValue is a dict and has methods of those names.
"""

from cms.content.blocks.description import DescriptionBlock
from cms.content.blocks.details import DETAILS
from cms.content.blocks.diagnosis import DiagnosisBlock
from cms.content.blocks.edges import CausesBlock, DifferentialBlock, SymptomsBlock
from cms.content.blocks.information import InformationBlock
from cms.content.blocks.products import ProductsBlock
from cms.content.blocks.programme import PhaseBlock
from cms.content.blocks.recovery import RecoveryBlock
from cms.content.blocks.start import StartBlock
from cms.content.blocks.treatment import TreatmentBlock

SECTIONS = [
    ("start", StartBlock()),
    ("description", DescriptionBlock()),
    ("recovery", RecoveryBlock()),
    ("causes", CausesBlock()),
    ("symptoms", SymptomsBlock()),
    ("differential", DifferentialBlock()),
    ("diagnosis", DiagnosisBlock()),
    ("treatment", TreatmentBlock()),
    ("products", ProductsBlock()),
    ("information", InformationBlock()),
]
PHASES = [("phase", PhaseBlock())]

__all__ = [
    "DETAILS",
    "PHASES",
    "SECTIONS",
    "CausesBlock",
    "DescriptionBlock",
    "DiagnosisBlock",
    "DifferentialBlock",
    "InformationBlock",
    "PhaseBlock",
    "ProductsBlock",
    "RecoveryBlock",
    "StartBlock",
    "SymptomsBlock",
    "TreatmentBlock",
]
