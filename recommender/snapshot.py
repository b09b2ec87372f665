"""A snapshot: the content-addressed set of items, rules and priors that decisions are made on."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

from recommender.canonical import content_hash
from recommender.constraints import Setting, kept_from_everybody
from recommender.explain import LOCALES
from recommender.item_score import (
    MOST_PRIOR,
    NOT_FOR_HEALTH,
    PHASE_OF,
    WEIGHTS,
    Sayable,
    sayable,
)
from recommender.items import Item, parse_item
from recommender.reading import DefinitionError, Problem
from recommender.rules import Rule, RuleSet
from recommender.slots import CARE_SLOTS, LAST_SLOTS, PRODUCT_QUOTA, QUOTAS

POLICY = {
    "weights": WEIGHTS,
    "phases": PHASE_OF,
    "care_slots": CARE_SLOTS,
    "last_slots": LAST_SLOTS,
    "quotas": QUOTAS,
    "product_quota": PRODUCT_QUOTA,
    "not_for_health": NOT_FOR_HEALTH,
}

# Two languages, today and tomorrow in a time zone ahead, and what is replayed.
MOST_SETTINGS = 64


@dataclass(frozen=True)
class Snapshot:
    """Items by key, in the order of their keys; rule sets by slug; priors by translation key.

    `refused` names the items whose data is faulty: they are in no decision. `hash` covers all of
    it and the policy (weights and quotas), so that equal hashes mean equal decisions.
    """

    items: Mapping[str, Item]
    rule_sets: tuple[RuleSet, ...]
    priors: Mapping[str, int]
    refused: Mapping[str, tuple[Problem, ...]]
    hash: str

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all sets in their order of precedence."""
        return tuple(rule for rule_set in self.rule_sets for rule in rule_set.rules)

    def eligible(self, setting: Setting) -> "Eligible":
        """What the rows of the hard table that are about no visitor leave, found once a day."""
        found = self._eligible.get(setting)
        if found is None:
            if len(self._eligible) >= MOST_SETTINGS:
                self._eligible.clear()
            found = self._eligible[setting] = _eligible(self.items.values(), setting)
        return found

    @cached_property
    def _eligible(self) -> dict[Setting, "Eligible"]:
        return {}

    @cached_property
    def free_alternatives(self) -> Mapping[str, tuple[str, ...]]:
        """By the key of a paid item: the free items that share its slot or a factor."""
        free = [item for item in self.items.values() if not item.paid]
        return {
            item.key: tuple(
                other.key for other in free if other.slot == item.slot or _same_factor(other, item)
            )
            for item in self.items.values()
            if item.paid
        }

    @cached_property
    def sayable(self) -> Mapping[str, Mapping[str, Sayable]]:
        """What can be said of each item, by language and key."""
        return {
            locale: {
                key: sayable(item, locale, self.rules, self.priors.get(item.translation_key, 0))
                for key, item in self.items.items()
            }
            for locale in LOCALES
        }


@dataclass(frozen=True)
class Eligible:
    """`items` may be advised to somebody; `withheld` counts the others by reason."""

    items: tuple[Item, ...]
    withheld: Mapping[str, int]


def _eligible(items: Iterable[Item], setting: Setting) -> Eligible:
    reasons = [(item, kept_from_everybody(item, setting)) for item in items]
    return Eligible(
        items=tuple(item for item, reason in reasons if not reason),
        withheld=MappingProxyType(Counter(reason for _, reason in reasons if reason)),
    )


def _same_factor(one: Item, other: Item) -> bool:
    """Say whether both address a factor; what is not for health addresses none."""
    if one.factors.isdisjoint(other.factors):
        return False
    return one.slot not in NOT_FOR_HEALTH and other.slot not in NOT_FOR_HEALTH


def compile_snapshot(
    items: Iterable[tuple[str, Mapping[str, object] | Item]],
    rule_sets: Iterable[RuleSet],
    priors: Mapping[str, int] = MappingProxyType({}),
) -> Snapshot:
    """Make a snapshot of items (in plain data, or read before), compiled rule sets and priors.

    A faulty item is left out and listed in `refused`: one bad item must not keep the others from
    being renewed. Raises DefinitionError when two rule sets share a slug or a prior is too large.
    """
    known: dict[str, Item] = {}
    refused: dict[str, tuple[Problem, ...]] = {}
    for key, data in sorted(items, key=lambda pair: pair[0]):
        try:
            known[key] = data if isinstance(data, Item) else parse_item(key, data)
        except DefinitionError as error:
            refused[key] = error.problems
    ordered = tuple(sorted(rule_sets, key=lambda rule_set: rule_set.slug))
    problems = [*_shared_slugs(ordered), *_large_priors(priors)]
    if problems:
        raise DefinitionError(problems)
    return Snapshot(
        items=MappingProxyType(known),
        rule_sets=ordered,
        priors=MappingProxyType(dict(sorted(priors.items()))),
        refused=MappingProxyType(refused),
        hash=_hash(known, ordered, priors),
    )


def _hash(
    items: Mapping[str, Item], rule_sets: tuple[RuleSet, ...], priors: Mapping[str, int]
) -> str:
    return content_hash(
        {
            "items": {key: item.hash for key, item in items.items()},
            "rules": [rule_set.hash for rule_set in rule_sets],
            "priors": priors,
            "policy": POLICY,
        }
    )


def _shared_slugs(rule_sets: tuple[RuleSet, ...]) -> list[Problem]:
    slugs = [rule_set.slug for rule_set in rule_sets]
    return [
        Problem(f"/rules/{slug}", "is live in two versions: only one may be")
        for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1})
    ]


def _large_priors(priors: Mapping[str, int]) -> list[Problem]:
    return [
        Problem(f"/priors/{key}", f"must be a whole number from -{MOST_PRIOR} to {MOST_PRIOR}")
        for key, points in priors.items()
        if isinstance(points, bool) or not isinstance(points, int) or abs(points) > MOST_PRIOR
    ]


def blocked_hash(blocked: Iterable[str]) -> str:
    """Return the content hash of a set of item keys that cannot be offered."""
    return _hash_of_set(frozenset(blocked))


@lru_cache(maxsize=16)
def _hash_of_set(keys: frozenset[str]) -> str:
    # The same few sets for all visitors: what cannot be offered changes with what is published.
    return content_hash(sorted(keys))
