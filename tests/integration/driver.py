"""A process that changes content on demand: one line in, one line out when it is committed.

    python -m tests.integration.driver

`publish page:12 Title` · `stop page:12` · `lift page:12` · `touch KEY` · `import N` (a long one:
all pages in one transaction) · `articles N` answers the keys of N new articles.
"""

import sys
from collections.abc import Callable
from datetime import timedelta
from time import time

import django

django.setup()

from django.db import transaction  # noqa: E402 - Django has to be set up first
from django.utils import timezone  # noqa: E402

from cms.content.models import ArticleCondition, ArticlePage, ConditionPage, HomePage, IndexPage  # noqa: E402
from cms.published import stops  # noqa: E402
from cms.published.touches import touch  # noqa: E402


def publish(key: str, *title: str) -> str:
    page = ArticlePage.objects.get(pk=int(key.removeprefix("page:")))
    page.title = " ".join(title)
    page.save_revision().publish()
    return ""


def stop(key: str) -> str:
    stops.stop(key, by="Noor", why="recall")
    return ""


def lift(key: str) -> str:
    stops.lift(key, by="Noor")
    return ""


def articles(count: str) -> str:
    folder = IndexPage(title="Proef", slug="proef", lead="Om te proberen.")
    HomePage.objects.get(locale__language_code="nl").add_child(instance=folder)
    folder.save_revision().publish()
    return " ".join(f"page:{_article(folder, n).pk}" for n in range(int(count)))


def import_pages(count: str) -> str:
    folder = IndexPage.objects.get(slug="proef")
    for number in range(int(count)):
        _article(folder, f"import-{number}")
    return ""


def _article(folder: IndexPage, number: object) -> ArticlePage:
    """An article that may be advised to anybody, before those of the example."""
    today = timezone.localdate()
    low_back_pain = ConditionPage.objects.get(key="lage-rugpijn", locale=folder.locale)
    page = ArticlePage(
        title=f"Proef {number}",
        slug=f"proef-{number}",
        lead="Proef.",
        body="<p>Bewegen helpt bij rugpijn.</p>",
        safety_kind="demo",
        safety_by="Redactie",
        safety_on=today - timedelta(days=1),
        safety_until=today + timedelta(days=300),
        editor_weight=10,
    )
    page.item_conditions = [ArticleCondition(condition=low_back_pain)]
    folder.add_child(instance=page)
    page.save_revision().publish()
    return page


def touched(key: str) -> str:
    touch(key)
    return ""


DEEDS: dict[str, Callable[..., str]] = {
    "publish": publish,
    "stop": stop,
    "lift": lift,
    "touch": touched,
    "articles": articles,
    "import": import_pages,
}

if __name__ == "__main__":
    for line in sys.stdin:
        deed, *arguments = line.split()
        with transaction.atomic():
            said = DEEDS[deed](*arguments)
        print(time(), said, flush=True)
