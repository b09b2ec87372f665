"""Frozen versions as publications, and the compiled screenings that every process holds."""

from collections.abc import Iterator

from cms.published import references, registry
from cms.published.references import Node
from cms.published.registry import Rendering
from cms.published.replica import replica
from cms.screening import compiled
from cms.screening.models import FrozenVersion


def register() -> None:
    registry.register("screening", load=load, ids=ids, render=render)
    replica.derive("screenings", compiled.build)


def load(id_: str) -> FrozenVersion | None:
    slug, _, version = id_.rpartition("@")
    if not version.isdecimal():
        return None
    found = FrozenVersion.objects.filter(slug=slug, version=int(version)).first()
    # "@01" is not another name of version 1
    return found if found and found.name == id_ else None


def ids() -> Iterator[str]:
    return (version.name for version in FrozenVersion.objects.only("slug", "version"))


def render(version: FrozenVersion) -> Rendering:
    """A version stays readable for good; withdrawn, it says since when and what replaces it."""
    definition = version.definition
    said = {
        "title": _first(definition["title"]),
        "titles": definition["title"],
        "slug": version.slug,
        "version": version.version,
        "withdrawn": version.withdrawn_at is not None,
    }
    card = said | {"notice": definition["notice"], "seconds": definition["promised_seconds"]}
    return Rendering(
        kind="screening", link=said, card=card, body=card | _whole(version, definition)
    )


def _whole(version: FrozenVersion, definition: Node) -> Node:
    withdrawn = version.withdrawn_at
    return {
        "hash": version.hash,
        "created": version.created_at.isoformat(timespec="seconds"),
        "withdrawn_at": withdrawn.isoformat(timespec="seconds") if withdrawn else None,
        "successor": successor(version),
        "definition": definition,
    }


def successor(version: FrozenVersion) -> Node | None:
    """The newest version that may be evaluated, for those who hold a withdrawn one.

    Freezing and withdrawing touch every version of the slug, so that this keeps up.
    """
    if version.withdrawn_at is None:
        return None
    usable = FrozenVersion.objects.filter(slug=version.slug, withdrawn_at=None)
    newest = usable.order_by("-version").first()
    return references.link(newest.key) if newest else None


def _first(texts: dict[str, str]) -> str:
    return texts.get("nl") or next(iter(texts.values()))
