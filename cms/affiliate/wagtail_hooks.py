from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from cms.affiliate.models import Link
from cms.affiliate.report import ClicksView
from cms.affiliate.viewsets import AffiliateGroup

register_snippet(AffiliateGroup)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("reports/clicks/", ClicksView.as_view(), name="affiliate_clicks"),
        path(
            "reports/clicks/results/",
            ClicksView.as_view(results_only=True),
            name="affiliate_clicks_results",
        ),
    ]


class ClicksMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("affiliate.view_click"))


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return ClicksMenuItem(
        _("Clicks"), reverse("affiliate_clicks"), icon_name="link-external", order=1200
    )


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="affiliate", codename="view_click")


@hooks.register("register_snippet_listing_buttons")
def listing_button(snippet: Any, user: Any, next_url: Any = None) -> Iterator[Button]:
    """From a link to its history and the emergency stop in one click."""
    if isinstance(snippet, Link):
        yield Button(
            _("Publication and emergency stop"),
            reverse("publication", args=[snippet.key]),
            icon_name="history",
            priority=90,
        )
