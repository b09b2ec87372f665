"""The verbs of rule sets: publish one, and publish an older one again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from cms.advice.models import RuleSet
from cms.published.touches import touch_all
from recommender import compile_rules


class AlreadyPublished(ValueError):
    """This version exists with another content; give the new content a higher number."""


class NoSuchRuleSet(LookupError):
    """There is no such version of a rule set."""


@transaction.atomic
def publish(definition: Mapping[str, Any]) -> RuleSet:
    """Compile a rule set, keep it for good and make it the live one of its slug.

    Raises DefinitionError, or AlreadyPublished.
    """
    compiled = compile_rules(definition)
    existing = RuleSet.objects.filter(slug=compiled.slug)
    found = existing.filter(version=compiled.version).first()
    if found is None:
        found = RuleSet.objects.create(
            slug=compiled.slug,
            version=compiled.version,
            definition=definition,
            hash=compiled.hash,
        )
    elif found.hash != compiled.hash:
        newest = existing.order_by("version").last()
        free = (newest.version if newest else 0) + 1
        raise AlreadyPublished(
            f"{found.name} exists with other rules and never changes: use version {free}"
        )
    return _make_live(found)


@transaction.atomic
def publish_again(slug: str, version: int) -> RuleSet:
    """Make an older rule set live again. It meets the catalogue of now, so nothing that was
    withdrawn since comes back. Raises NoSuchRuleSet.
    """
    found = RuleSet.objects.filter(slug=slug, version=version).first()
    if found is None:
        raise NoSuchRuleSet(f"{slug}@{version}: there is no such rule set")
    return _make_live(found)


def _make_live(chosen: RuleSet) -> RuleSet:
    others = RuleSet.objects.filter(slug=chosen.slug, live=True).exclude(pk=chosen.pk)
    before = [other.key for other in others.select_for_update()]
    others.update(live=False)
    RuleSet.objects.filter(pk=chosen.pk).update(live=True)
    chosen.live = True
    # The new one first: between the two numbers both are live, never none (see catalogue).
    touch_all([chosen.key, *before])
    return chosen
