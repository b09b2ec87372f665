"""The admin's pages of screenings: which versions there are, and withdrawing one."""

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.screening.forms import WithdrawForm
from cms.screening.freeze import NoSuchVersion, withdraw
from cms.screening.models import FrozenVersion

MAY_WITHDRAW = "screening.add_withdrawal"


class VersionsView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_required = "wagtailadmin.access_admin"
    raise_exception = True
    template_name = "screening/versions.html"
    page_title = gettext_lazy("Screenings")
    header_icon = "clipboard-list"
    breadcrumbs_items = [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": "", "label": gettext_lazy("Screenings")},
    ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = FrozenVersion.objects.order_by("slug", "-version").select_related("withdrawal")
        return super().get_context_data(
            versions=versions,
            in_use=set(_newest_usable().values()),
            may_withdraw=self.request.user.has_perm(MAY_WITHDRAW),
            **kwargs,
        )


class WithdrawView(PermissionRequiredMixin, WagtailAdminTemplateMixin, FormView[WithdrawForm]):
    permission_required = MAY_WITHDRAW
    raise_exception = True
    template_name = "screening/withdraw.html"
    form_class = WithdrawForm
    header_icon = "clipboard-list"
    success_url = reverse_lazy("screenings")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.version = get_object_or_404(
            FrozenVersion, slug=kwargs["slug"], version=kwargs["version"]
        )

    def get_page_title(self) -> str:
        return _("Withdraw %s") % self.version.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("screenings"), "label": _("Screenings")}
        here = {"url": "", "label": self.version.name}
        return [*WagtailAdminTemplateMixin.breadcrumbs_items, above, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = FrozenVersion.objects.exclude(pk=self.version.pk)
        return super().get_context_data(
            version=self.version,
            successor=_newest_usable(others).get(self.version.slug),
            **kwargs,
        )

    def form_valid(self, form: WithdrawForm) -> HttpResponse:
        name, by = self.version.name, self.request.user.get_username()
        try:
            withdraw(self.version.slug, self.version.version, by=by, **form.cleaned_data)
        except NoSuchVersion:
            messages.error(self.request, _("%s was withdrawn already.") % name)
        else:
            messages.success(self.request, _("%s is withdrawn.") % name)
        return HttpResponseRedirect(str(self.success_url))


def _newest_usable(versions: Any = FrozenVersion.objects) -> dict[str, FrozenVersion]:
    """By slug, the version that is evaluated when no number is asked for."""
    usable = versions.filter(withdrawn_at=None).order_by("version")
    return {version.slug: version for version in usable}
