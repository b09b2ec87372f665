"""Pages and snippets that others use are retired or unpublished, not deleted.

Wagtail deletes a page or a snippet inside a StreamField without a word: the block becomes empty.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from wagtail.models import Page, ReferenceIndex, Site

from cms.content import places

Use = tuple[Any, Any]  # what is used, what uses it


def uses_from_outside(doomed: Iterable[Any]) -> list[Use]:
    """Who would miss something that these, with all below them, take along.

    Uses among what goes itself do not count.
    """
    going = list(_with_below(doomed))
    ids = {_identity(each) for each in going}
    found = []
    for each in going:
        groups = ReferenceIndex.get_references_to(each).group_by_source_object()
        found += [(each, source) for source, _ in groups if _identity(source) not in ids]
    return found + _sites_that_begin_at(going)


def _sites_that_begin_at(going: Sequence[Any]) -> list[Use]:
    """Deleting the root page of a site deletes the site; the index knows nothing of sites."""
    pages = [each for each in going if isinstance(each, Page)]
    sites = Site.objects.filter(root_page__in=pages).select_related("root_page")
    return [(site.root_page, site) for site in sites]


def _with_below(doomed: Iterable[Any]) -> Sequence[Any]:
    pages, others = [], []
    for each in doomed:
        if isinstance(each, Page):
            pages += list(places.subtree(each))
        else:
            others.append(each)
    return [*{page.pk: page for page in pages}.values(), *others]


def _identity(found: Any) -> tuple[str, Any]:
    """Equal for a page and the same page as its own type."""
    return ("page" if isinstance(found, Page) else found._meta.label, found.pk)
