"""Rule sets as publications, and what every process derives from publications for advice."""

from collections.abc import Iterator

from cms.advice import blocked, catalogue
from cms.advice.models import RuleSet
from cms.published import registry
from cms.published.registry import Rendering
from cms.published.replica import replica


def register() -> None:
    registry.register("rules", load=load, ids=ids, render=render)
    registry.chore(blocked.record)
    replica.derive("snapshot", catalogue.snapshot)
    replica.derive("timed_items", catalogue.timed_items)
    replica.derive("sold_out", catalogue.sold_out)
    replica.derive("constraints", catalogue.constraints)
    replica.derive("conditions", catalogue.conditions)
    replica.derive("moments", catalogue.moments)


def load(id_: str) -> RuleSet | None:
    slug, _, version = id_.rpartition("@")
    if not version.isdecimal():
        return None
    found = RuleSet.objects.filter(slug=slug, version=int(version)).first()
    # "@01" is not another name of version 1
    return found if found and found.name == id_ else None


def ids() -> Iterator[str]:
    return (found.name for found in RuleSet.objects.only("slug", "version"))


def render(found: RuleSet) -> Rendering | None:
    if not found.live:
        return None
    return Rendering(
        kind="rules",
        body={
            "slug": found.slug,
            "version": found.version,
            "hash": found.hash,
            "definition": found.definition,
        },
    )
