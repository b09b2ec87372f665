"""What must be so before the screenings of this database are shown to the public."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.db import Error as DatabaseError

from cms.screening.models import FrozenVersion


def register() -> None:
    checks.register(live_screenings_are_reviewed, checks.Tags.security, deploy=True)


def live_screenings_are_reviewed(app_configs: Any, **_: Any) -> list[checks.CheckMessage]:
    """Outside demo mode no screening may rest on a review that was made for a demonstration."""
    if settings.DEMO:
        return []
    try:
        usable = list(FrozenVersion.objects.filter(withdrawn_at=None))
    except DatabaseError:
        return []  # before the first migration there is nothing to check
    return [
        checks.Error(
            f"Screening {version.name} was never reviewed: its review is of kind demo.",
            hint=f"Withdraw it: manage.py freeze_screening --withdraw {version.name} --why …",
            id="screening.E001",
        )
        for version in usable
        if version.definition["review"]["kind"] == "demo"
    ]
