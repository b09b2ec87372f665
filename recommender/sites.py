"""The places of the body that a question about body sites may name.

A few plain words that any front end can draw or list; a definition gives the words for visitors.
"""

from collections.abc import Mapping

BODY_SITES = (
    "low_back",
    "buttock",
    "groin",
    "thigh",
    "lower_leg",
    "foot",
    "neck",
    "shoulder",
    "upper_back",
    "belly",
)
SIDES = ("left", "right", "both", "none")

# SNOMED CT body structures, where we could check the code; the others have none yet.
SNOMED: Mapping[str, str] = {
    "low_back": "37822005",
    "buttock": "46862004",
    "groin": "26893007",
    "thigh": "68367000",
    "lower_leg": "30021000",
    "foot": "56459004",
    "neck": "45048000",
    "shoulder": "16982005",
}
