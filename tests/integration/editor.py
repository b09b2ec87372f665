"""One editor as a process: changes pages without a pause and says before and after each change.

    python -m tests.integration.editor LOG KEY...

`begin N KEY` is written before a transaction, `done N KEY` once it is committed. A line without
its answer is a write that nobody was told of.
"""

import os
import random
import sys
from itertools import count
from pathlib import Path

import django

django.setup()

from django.db import transaction  # noqa: E402 - Django has to be set up first
from wagtail.models import Page  # noqa: E402

from cms.content.models import ArticlePage, IndexPage  # noqa: E402
from cms.published import stops  # noqa: E402


def publish(page: ArticlePage, number: int) -> None:
    page.title = f"Artikel {number}"
    page.save_revision().publish()


def unpublish(page: ArticlePage, _: int) -> None:
    page.unpublish()


def move(page: ArticlePage, _: int) -> None:
    here = page.get_parent()
    others = IndexPage.objects.live().exclude(pk=here.pk)
    page.move(random.choice(list(others)), pos="last-child")


def stop(page: ArticlePage, _: int) -> None:
    key = f"page:{page.pk}"
    if stops.active(key):
        stops.lift(key, by="Noor")
    else:
        stops.stop(key, by="Noor", why="recall")


DEEDS = [publish] * 7 + [unpublish, move, stop]


def main(log: str, *keys: str) -> None:
    said = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for number in count():
        key = random.choice(keys)
        os.write(said, f"begin {number} {key}\n".encode())
        with transaction.atomic():
            # one tree, many editors: Wagtail computes a page's place from its neighbours
            Page.objects.select_for_update().get(depth=1)
            page = ArticlePage.objects.get(pk=int(key.removeprefix("page:")))
            random.choice(DEEDS)(page, number)
        os.write(said, f"done {number} {key}\n".encode())


if __name__ == "__main__":
    Path(sys.argv[1]).touch()
    main(*sys.argv[1:])
