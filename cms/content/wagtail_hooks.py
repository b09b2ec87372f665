from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.content import usage
from cms.content.models import LegalText
from cms.content.reports import DueView
from cms.content.viewsets import SNIPPETS, ContentGroup

NAMED_AT_MOST = 5

for viewset in SNIPPETS:
    register_snippet(viewset)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("reports/due/", DueView.as_view(), name="content_due"),
        path(
            "reports/due/results/", DueView.as_view(results_only=True), name="content_due_results"
        ),
    ]


@hooks.register("register_reports_menu_item")
def due_menu_item() -> MenuItem:
    return MenuItem(
        gettext_lazy("Due for review"),
        reverse("content_due"),
        icon_name="calendar-check",
        order=1100,
    )


@hooks.register("insert_global_admin_css")
def css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("content/editing.css"))


@hooks.register("insert_editor_js")
def counting() -> str:
    return format_html('<script type="module" src="{}"></script>', static("content/counting.js"))


@hooks.register("insert_global_admin_js")  # images have a form that is no editor
def naming() -> str:
    return format_html('<script type="module" src="{}"></script>', static("content/naming.js"))


@hooks.register("register_admin_viewset")
def content_by_type() -> ViewSetGroup:
    return ContentGroup()


@hooks.register("before_delete_page")
def keep_page_in_use(request: HttpRequest, page: Page) -> HttpResponse | None:
    return refuse_if_used(request, [page])


@hooks.register("before_delete_snippet")
def keep_snippet_in_use(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    ours = tuple(viewset.model for viewset in SNIPPETS)
    doomed = [each for each in instances if isinstance(each, ours)]
    published = [each for each in doomed if isinstance(each, LegalText) and each.is_frozen]
    for text in published:
        said = _("“%(text)s” was published and stays readable for good. Unpublish it instead.")
        messages.error(request, said % {"text": text})
    return list_of(published[0]) if published else refuse_if_used(request, doomed)


@hooks.register("before_bulk_action")
def keep_pages_in_use(
    request: HttpRequest, action: str, objects: Sequence[Any], _view: Any
) -> HttpResponse | None:
    pages = [each for each in objects if isinstance(each, Page)]
    return refuse_if_used(request, pages) if action == "delete" else None


def refuse_if_used(request: HttpRequest, doomed: Sequence[Any]) -> HttpResponse | None:
    uses = usage.uses_from_outside(doomed)
    if not uses:
        return None
    for used, source in uses[:NAMED_AT_MOST]:
        messages.error(request, message_for(used, source))
    if len(uses) > NAMED_AT_MOST:
        rest = _("And %(number)d more.") % {"number": len(uses) - NAMED_AT_MOST}
        messages.error(request, rest)
    if isinstance(doomed[0], Page):
        return redirect("wagtailadmin_explore", doomed[0].get_parent().pk)
    return list_of(doomed[0])


def list_of(snippet: Any) -> HttpResponse:
    return redirect(snippet.snippet_viewset.get_url_name("list"))


def message_for(used: Any, source: Any) -> str:
    if isinstance(used, Page):
        advice = _("Unpublish it instead, or take it out there first.")
    elif hasattr(used, "retired"):
        advice = _("Retire it instead: it stays where it is and cannot be chosen any more.")
    else:
        advice = _("Take it out there first.")
    said = _("“%(used)s” is used by “%(source)s” and was not deleted.")
    return f"{said % {'used': used, 'source': source}} {advice}"
