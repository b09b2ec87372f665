"""What a process keeps in memory, forgotten: as one that just started."""

from django.contrib.contenttypes.models import ContentType

from api import checks, front
from cms.advice.blocked import notebook
from cms.affiliate import tokens
from cms.published import compose, wake
from cms.published.models import Touch
from search import find, reader


def forget() -> None:
    notebook.clear()
    compose._kept.clear()
    tokens.read.cache_clear()
    front.is_ours.cache_clear()
    checks._running.clear()
    find.breaker.reset()
    reader.patience.reset()
    wake.follower.clear()
    wake.renderer.clear()


def forget_touches() -> None:
    """Rows that migrations made were put back, which is no change of theirs."""
    Touch.objects.all().delete()


def forget_content_types() -> None:
    """They have other ids now. Not before the rows are back: a row that asks for one on its way
    would make it, and it then comes twice."""
    ContentType.objects.clear_cache()
