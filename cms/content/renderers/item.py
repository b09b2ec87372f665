"""What the recommender gets of a page that can be advised, and what its own views say of it."""

from functools import cached_property
from typing import Any

from cms.content import texts
from cms.content.models import ProductPage
from cms.content.renderers import parts
from cms.content.vocabulary import TermKind
from cms.published import references
from cms.published.references import Node


class Advised:
    """A page that can be advised, with its rows read once."""

    def __init__(self, page: Any) -> None:
        self.page = page

    @cached_property
    def conditions(self) -> list[Any]:
        rows = self.page.item_conditions.select_related("condition")
        return [row.condition for row in rows]

    @cached_property
    def terms(self) -> list[Any]:
        return [row.term for row in self.page.item_terms.select_related("term")]

    @cached_property
    def constraints(self) -> list[Any]:
        """Its constraints, and the medicines that it does not go with: a kind of constraint."""
        rows = list(self.page.item_constraints.select_related("term"))
        if isinstance(self.page, ProductPage):
            rows += self.page.interactions.select_related("term", "reference")
        return sorted(rows, key=lambda row: (row.term.key, row.effect))

    def item(self) -> Node:
        """Keys, flags, dates and small numbers: no text, no price, no partner.

        Keys of conditions and terms never change, so they may stand here though others own them.
        """
        return {
            "type": self.page.item_type,
            "slot": self.page.item_slot,
            "locale": parts.locale_of(self.page),
            "translation_key": str(self.page.translation_key),
            "paid": self.page.paid,
            "conditions": sorted({condition.key for condition in self.conditions}),
            "factors": self._keys(TermKind.FACTOR),
            "phases": self._keys(TermKind.PHASE),
            "profiles": self.page.profiles,
            "constraints": [
                {"constraint": row.term.key, "effect": row.effect, "reason": row.reason}
                for row in self.constraints
            ],
            "guideline_stance": self.page.guideline_stance,
            "safety_review": self.safety_review(),
            "editor_weight": self.page.editor_weight,
            "evidence": self.page.evidence or None,
        }

    def card(self) -> Node:
        """The page's card with what a visitor must know before choosing it."""
        locale = parts.locale_of(self.page)
        return parts.card(self.page) | {
            "paid": self.page.paid,
            "disclosure": texts.say(texts.PAID, locale) if self.page.paid else None,
            "cautions": self.cautions(),
            "guideline": self.guideline(),
        }

    def about(self) -> Node:
        """What the body says beside its text."""
        return {
            "conditions": [references.link(f"page:{each.pk}") for each in self.conditions],
            "suits": [references.link(f"term:{term.key}") for term in self.terms],
            "profiles": self.page.profiles,
            "paid": self.page.paid,
            "cautions": self.cautions(),
            "guideline": self.guideline(),
            "safety_review": self.safety_review_with_name(),
        }

    def cautions(self) -> list[Node]:
        return [
            {
                "constraint": row.term.key,
                "label": references.link(f"term:{row.term.key}"),
                "effect": row.effect,
                "reason": row.reason,
                "text": row.explanation,
                "hours_apart": getattr(row, "hours_apart", None),
                "reference": parts.reference(getattr(row, "reference", None)),
            }
            for row in self.constraints
        ]

    def guideline(self) -> Node:
        return {
            "stance": self.page.guideline_stance,
            "citation": self.page.guideline_citation or None,
            "reference": parts.reference(self.page.guideline_reference),
            "evidence": self.page.evidence or None,
        }

    def safety_review(self) -> Node | None:
        if not self.page.safety_kind:
            return None
        return {
            "kind": self.page.safety_kind,
            "on": parts.day(self.page.safety_on),
            "until": parts.day(self.page.safety_until),
        }

    def safety_review_with_name(self) -> Node | None:
        """A name is for visitors to judge and nothing that a decision may know."""
        review = self.safety_review()
        return review and {"kind": review["kind"], "by": self.page.safety_by or None} | review

    def _keys(self, kind: TermKind) -> list[str]:
        return sorted({term.key for term in self.terms if term.kind == kind})
