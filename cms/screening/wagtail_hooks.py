from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.screening.views import VersionsView, WithdrawView


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    withdraw = "screenings/<slug:slug>/<int:version>/withdraw/"
    return [
        path("screenings/", VersionsView.as_view(), name="screenings"),
        path(withdraw, WithdrawView.as_view(), name="screening_withdraw"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return MenuItem(_("Screenings"), reverse("screenings"), icon_name="clipboard-list", order=850)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="screening", codename="add_withdrawal")
