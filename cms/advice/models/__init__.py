"""Rules as editors write them, rule sets as they were published, blocked sets as they were used."""

from cms.advice.models.draft import DraftRule, RulesDraft
from cms.advice.models.frozen import BlockedSet, RuleSet, RuleSetEvent

__all__ = ["BlockedSet", "DraftRule", "RuleSet", "RuleSetEvent", "RulesDraft"]
