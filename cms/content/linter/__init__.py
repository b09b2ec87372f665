"""Finds what a text about a food supplement promises and may not. Pure: text in, findings out.

The words and patterns are data (`data/nl.yaml`, `data/en.yaml`), the reasons with their source of
law too (`data/reasons.yaml`). docs/claims.md tells how it decides, how well, and where it ends.
"""

from cms.content.linter.check import Finding, lint
from cms.content.linter.reasons import Reason, explain
from cms.content.linter.words import Language

__all__ = ["Finding", "Language", "Reason", "explain", "lint"]
