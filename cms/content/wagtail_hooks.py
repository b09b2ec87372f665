from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.content import usage
from cms.content.models import Term
from cms.content.viewsets import ContentGroup, TermViewSet

NAMED_AT_MOST = 5

register_snippet(TermViewSet)


@hooks.register("register_admin_viewset")
def content_by_type() -> ViewSetGroup:
    return ContentGroup()


@hooks.register("before_delete_page")
def keep_page_in_use(request: HttpRequest, page: Page) -> HttpResponse | None:
    return refuse_if_used(request, [page])


@hooks.register("before_delete_snippet")
def keep_term_in_use(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    return refuse_if_used(request, [each for each in instances if isinstance(each, Term)])


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
    return redirect(TermViewSet().get_url_name("list"))


def message_for(used: Any, source: Any) -> str:
    advice = (
        _("Unpublish it instead, or take it out there first.")
        if isinstance(used, Page)
        else _("Retire it instead: it stays where it is and cannot be chosen any more.")
    )
    said = _("“%(used)s” is used by “%(source)s” and was not deleted.")
    return f"{said % {'used': used, 'source': source}} {advice}"
