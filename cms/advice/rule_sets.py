"""The verbs of rule sets: publish one, publish an older one again, withdraw the live one.

`by` is the user name of who does it; "" is a file on the server.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from cms.advice.models import RuleSet, RuleSetEvent
from cms.published.touches import touch, touch_all
from recommender import compile_rules


class AlreadyPublished(ValueError):
    """This version exists with another content; give the new content a higher number."""


class NoSuchRuleSet(LookupError):
    """There is no such version of a rule set."""


@transaction.atomic
def publish(definition: Mapping[str, Any], by: str = "") -> RuleSet:
    """Compile a rule set, keep it for good and make it the live one of its slug.

    Raises DefinitionError, or AlreadyPublished.
    """
    compiled = compile_rules(definition)
    existing = RuleSet.objects.filter(slug=compiled.slug)
    found = existing.filter(version=compiled.version).first()
    what = RuleSetEvent.What.AGAIN if found else RuleSetEvent.What.PUBLISHED
    if found is None:
        found = RuleSet.objects.create(
            slug=compiled.slug,
            version=compiled.version,
            definition=definition,
            hash=compiled.hash,
        )
    elif found.hash != compiled.hash:
        free = next_version(compiled.slug)
        raise AlreadyPublished(
            f"{found.name} exists with other rules and never changes: use version {free}"
        )
    return _make_live(found, what, by)


@transaction.atomic
def publish_again(slug: str, version: int, by: str = "") -> RuleSet:
    """Make an older rule set live again. It meets the catalogue of now, so nothing that was
    withdrawn since comes back. Raises NoSuchRuleSet.
    """
    found = RuleSet.objects.filter(slug=slug, version=version).first()
    if found is None:
        raise NoSuchRuleSet(f"{slug}@{version}: there is no such rule set")
    return _make_live(found, RuleSetEvent.What.AGAIN, by)


@transaction.atomic
def withdraw(slug: str, by: str = "") -> RuleSet | None:
    """Take the live rule set away, so that advice goes on without it; None: none was live."""
    found = RuleSet.objects.select_for_update().filter(slug=slug, live=True).first()
    if found is not None:
        RuleSet.objects.filter(pk=found.pk).update(live=False)
        found.live = False
        RuleSetEvent.objects.create(rule_set=found, what=RuleSetEvent.What.WITHDRAWN, by=by)
        touch(found.key, hide=True)
    return found


def next_version(slug: str) -> int:
    newest = RuleSet.objects.filter(slug=slug).aggregate(version=Max("version"))["version"]
    return (newest or 0) + 1


def _make_live(chosen: RuleSet, what: RuleSetEvent.What, by: str) -> RuleSet:
    if chosen.live:
        return chosen
    others = RuleSet.objects.filter(slug=chosen.slug, live=True).exclude(pk=chosen.pk)
    before = [other.key for other in others.select_for_update()]
    others.update(live=False)
    RuleSet.objects.filter(pk=chosen.pk).update(live=True)
    chosen.live = True
    RuleSetEvent.objects.create(rule_set=chosen, what=what, by=by)
    # The new one first: between the two numbers both are live, never none (see catalogue).
    touch_all([chosen.key, *before])
    return chosen
