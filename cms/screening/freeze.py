"""The verbs of versions: freeze one, withdraw one."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.published.touches import touch_all
from cms.screening.models import FrozenVersion, Withdrawal
from recommender import compile_screening


class AlreadyFrozen(ValueError):
    """This version exists with another content; give the new content a higher number."""


class NoSuchVersion(LookupError):
    """There is no such version, or it is withdrawn already."""


@transaction.atomic
def freeze(definition: Mapping[str, Any]) -> tuple[FrozenVersion, bool]:
    """Compile a definition and keep it for good; gives the version and whether it is new.

    Raises DefinitionError, or AlreadyFrozen when its number is taken by other content or by a
    higher one.
    """
    compiled = compile_screening(definition)
    existing = FrozenVersion.objects.filter(slug=compiled.slug, version=compiled.version).first()
    if existing and existing.hash == compiled.hash:
        return existing, False
    newest = FrozenVersion.objects.filter(slug=compiled.slug).order_by("-version").first()
    if newest and newest.version >= compiled.version:
        raise AlreadyFrozen(
            f"{compiled.name} cannot be frozen: {newest.name} exists and never changes;"
            f" give this content version {newest.version + 1}"
        )
    made = FrozenVersion.objects.create(
        slug=compiled.slug,
        version=compiled.version,
        definition=definition,
        hash=compiled.hash,
    )
    _touch(made.slug)
    return made, True


@transaction.atomic
def withdraw(slug: str, version: int, *, by: str, why: str) -> FrozenVersion:
    """Mark a version as withdrawn: readable for good, never to be evaluated again.

    Keeps who did it and why. Raises NoSuchVersion, or ValueError when either is empty.
    """
    by, why = by.strip(), why.strip()
    if not by or not why:
        raise ValueError("say who withdraws the version, and why")
    now = timezone.now()
    current = FrozenVersion.objects.select_for_update().filter(slug=slug, version=version)
    if not current.filter(withdrawn_at=None).update(withdrawn_at=now):
        raise NoSuchVersion(f"{slug}@{version} does not exist or is withdrawn already")
    withdrawn = current.get()
    Withdrawal.objects.create(version=withdrawn, at=now, by=by, why=why)
    _touch(slug)
    return withdrawn


def _touch(slug: str) -> None:
    """Every version names its successor, so every one is looked at again."""
    touch_all(version.key for version in FrozenVersion.objects.filter(slug=slug))
