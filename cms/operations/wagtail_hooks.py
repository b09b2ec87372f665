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

from cms.operations.views import FindKeyView, KeyView, OverviewView, RetryView


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("publications/", OverviewView.as_view(), name="publications"),
        path("publications/find/", FindKeyView.as_view(), name="publication_find"),
        path("publications/retry/", RetryView.as_view(), name="publication_retry"),
        path("publications/<path:key>/", KeyView.as_view(), name="publication"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return MenuItem(_("Publications"), reverse("publications"), icon_name="list-ol", order=900)


@hooks.register("construct_main_menu")
def without_documents(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Documents are not published, so nobody is invited to upload any."""
    menu_items[:] = [item for item in menu_items if item.name != "documents"]


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="published", codename="add_emergencystop"
    )


@hooks.register("register_page_header_buttons")
def header_button(page: Any, user: Any, view_name: str, next_url: Any = None) -> Iterator[Button]:
    """From a page to its history and the emergency stop in one click."""
    if page.pk and not page.is_root():
        yield Button(
            _("Publication and emergency stop"),
            reverse("publication", args=[f"page:{page.pk}"]),
            icon_name="history",
            priority=90,
        )
