"""Where a page is: its path below the root of a site, and whether it is fenced off."""

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.models.view_restrictions import BaseViewRestriction


def root_paths() -> list[str]:
    """The url_path of every site's root page and of its translations, the longest first.

    Read from the database each time: Wagtail keeps these in a cache that it clears before commit.
    """
    keys = Page.objects.filter(sites_rooted_here__isnull=False).values("translation_key")
    paths = Page.objects.filter(translation_key__in=keys).values_list("url_path", flat=True)
    return sorted(paths, key=len, reverse=True)


def path_below(url_path: str, roots: Iterable[str]) -> str | None:
    """The path below the nearest of these roots, "" for a root itself, None outside all."""
    for root in roots:
        if url_path.startswith(root):
            return url_path[len(root) :].strip("/")
    return None


def path_of(page: Page) -> str | None:
    """The address of a page inside its locale. None: outside every root."""
    return path_below(page.url_path, root_paths())


def breadcrumbs_of(page: Page) -> list[int]:
    """Ids of the pages above this one, from the root of its site down."""
    root = next((path for path in root_paths() if page.url_path.startswith(path)), None)
    if root is None:
        return []
    above = page.get_ancestors().filter(url_path__startswith=root)
    return list(above.order_by("depth").values_list("pk", flat=True))


def is_restricted(page: Page) -> bool:
    """Whether this page or one above it is private. An alias is as private as its source."""
    applying = page.get_view_restrictions()
    return bool(applying.exclude(restriction_type=BaseViewRestriction.NONE).exists())


def is_open(page: Page) -> bool:
    """Whether pages at this place can be live at all."""
    return path_of(page) is not None and not is_restricted(page)


def subtree(page: Page) -> QuerySet[Page]:
    """A page and everything below it."""
    below: QuerySet[Page] = Page.objects.filter(path__startswith=page.path)
    return below


def sharing_privacy_with(page: Page) -> set[int]:
    """Ids of every page that a restriction on this page fences off.

    All below it, all aliases of those wherever they are, all below the aliases, and so on.
    """
    found: set[int] = set()
    waiting = [page.path]
    while waiting:
        below = Page.objects.filter(path__startswith=waiting.pop())
        new = set(below.values_list("pk", flat=True)) - found
        found |= new
        aliases = Page.objects.filter(alias_of__in=new).exclude(pk__in=found)
        waiting.extend(aliases.values_list("path", flat=True))
    return found
