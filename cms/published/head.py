"""Numbers in commit order, the epoch, and which renderer is in charge."""

import hashlib
import importlib
from functools import cache
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cms.published import registry
from cms.published.models import Head

SHAPING = {".py", ".yaml"}


def read() -> Head:
    head, _ = Head.objects.get_or_create(pk=1)
    return head


def next_number() -> int:
    """Lock Head and take the next number. The last statement before a commit writes the row:
    whoever takes a number holds the lock until it commits, so numbers are in commit order."""
    if not Head.objects.filter(pk=1).update(seq=F("seq") + 1):
        read()
        return next_number()
    return Head.objects.values_list("seq", flat=True).get(pk=1)


def raise_epoch() -> int:
    """After a restore or a reset: every reader starts again from zero.

    The epoch is the second it began, not the next number: the same backup restored twice must
    not come to the same epoch, which readers would take for the one they know.
    """
    with transaction.atomic():
        epoch = max(read().epoch + 1, int(timezone.now().timestamp()))
        Head.objects.update(epoch=epoch)
        return epoch


@cache
def own_renderer() -> str:
    """A hash of the code that shapes bytes: this package and those whose renderers it calls,
    with the data files beside them.

    A change that shapes nothing costs a rendering whose hash is unchanged, and so no number.
    """
    digest = hashlib.sha256()
    for file in sorted(file for package in _packages() for file in package.rglob("*")):
        if file.suffix in SHAPING and "migrations" not in file.parts:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _packages() -> set[Path]:
    """The folders of whole apps: a renderer calls on models, texts and places of its app."""
    apps = {tuple(kind.render.__module__.split(".")[:2]) for kind in registry.kinds()}
    found = {Path(__file__).parent}
    for app in apps:
        folder = importlib.import_module(".".join(app)).__file__
        if folder is not None:
            found.add(Path(folder).parent)
    return found


def may_render() -> bool:
    """Whether this process has the code that the release step put in charge.

    Before any release step everybody may: there is nothing older to protect.
    """
    return read().renderer in {"", own_renderer()}


def take_charge() -> bool:
    """Put this code in charge; says whether another one was. For the release step."""
    with transaction.atomic():
        changed = read().renderer != own_renderer()
        Head.objects.update(renderer=own_renderer())
        return changed
