"""One object has one key, and what two transactions do at once is looked at twice."""

from typing import Any

import pytest
from django.db import transaction
from wagtail.models import PageViewRestriction

from cms.content import publishing
from cms.content.models import ArticlePage
from cms.published import registry, stops, work
from cms.published.models import Publication
from tests.content import builders
from tests.content.builders import Tree, fresh, key


@pytest.mark.parametrize("shape", ["0{}", " {}", "{} ", "+{}", "{}_", "x", "", "²"])
def test_what_only_looks_like_an_id_is_nobodys_key(tree: Tree, shape: str) -> None:
    """A stop on "page:05" would say that it is stopped while "page:5" stays live."""
    id_ = shape.format(tree.article.pk)

    assert publishing.load_page(id_) is None
    with pytest.raises(registry.UnknownKey):
        stops.stop(f"page:{id_}", by="Noor", why="recall")


def test_rule_10_a_page_that_went_live_beside_an_open_restriction_is_touched_on_commit(
    tree: Tree, django_capture_on_commit_callbacks: Any
) -> None:
    """Another transaction saw no restriction yet, and its page was numbered meanwhile."""
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        PageViewRestriction.objects.create(page=tree.rug, restriction_type="login")
    PageViewRestriction.objects.update(restriction_type="none")
    meanwhile = builders.live(fresh(tree.rug), ArticlePage, "Meanwhile")
    work.number_all()
    assert Publication.objects.get(key=key(meanwhile)).state == "live"
    PageViewRestriction.objects.update(restriction_type="login")

    for callback in callbacks:
        callback()
    work.number_all()

    assert Publication.objects.get(key=key(meanwhile)).state == "hidden"
