from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.operations import overview
from cms.operations.forms import KeyForm, StopForm
from cms.published import registry, stops, work


class AdminView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_required = "wagtailadmin.access_admin"
    raise_exception = True


class OverviewView(AdminView):
    template_name = "operations/overview.html"
    page_title = gettext_lazy("Publications")
    header_icon = "list-ol"
    breadcrumbs_items = [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": "", "label": gettext_lazy("Publications")},
    ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = overview.overview()
        return super().get_context_data(overview=found, key_form=KeyForm(), **kwargs)


class KeyView(AdminView):
    """The history of a key, and where it is stopped."""

    template_name = "operations/key.html"
    header_icon = "history"

    def get_page_title(self) -> str:
        return str(self.kwargs["key"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse_lazy("publications"), "label": _("Publications")}
        here = {"url": "", "label": self.kwargs["key"]}
        return [*WagtailAdminTemplateMixin.breadcrumbs_items, above, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            history = overview.history(self.kwargs["key"])
        except registry.UnknownKey as error:
            raise Http404(str(error)) from error
        return super().get_context_data(
            **{"history": history, "form": StopForm(), "may_stop": may_stop(self.request)} | kwargs
        )

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Place a stop, or lift it."""
        if not may_stop(request):
            return self.handle_no_permission()
        if "lift" in request.POST:
            return self._done(request, key, lift=True)
        form = StopForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(key=key, form=form))
        return self._done(request, key, **form.cleaned_data)

    def _done(
        self, request: HttpRequest, key: str, *, lift: bool = False, **given: Any
    ) -> HttpResponse:
        by = request.user.get_username()
        try:
            if lift:
                stops.lift(key, by=by)
                messages.success(request, _("The stop on %s is lifted.") % key)
            else:
                stops.stop(key, by=by, **given)
                messages.success(request, _("%s is stopped.") % key)
        except (stops.AlreadyStopped, stops.NotStopped, registry.UnknownKey) as error:
            messages.error(request, refused(error, key))
        return HttpResponseRedirect(reverse("publication", args=[key]))


class FindKeyView(AdminView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = KeyForm(request.GET)
        if form.is_valid():
            try:
                registry.kind_of(form.cleaned_data["key"])
            except registry.UnknownKey as error:
                messages.error(request, refused(error, form.cleaned_data["key"]))
            else:
                return HttpResponseRedirect(reverse("publication", args=[form.cleaned_data["key"]]))
        return HttpResponseRedirect(reverse("publications"))


class RetryView(PermissionRequiredMixin, View):
    permission_required = "wagtailadmin.access_admin"
    raise_exception = True
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        reader, key = request.POST.get("reader", ""), request.POST.get("key", "")
        work.retry(reader, key)
        messages.success(request, _("%s will be tried again now.") % key)
        return HttpResponseRedirect(reverse("publications"))


def refused(error: Exception, key: str) -> str:
    """Why nothing was done, in the editor's language; the error itself is for logs."""
    said = {
        stops.AlreadyStopped: _("%s is stopped already. Lift that stop first."),
        stops.NotStopped: _("%s is not stopped."),
        registry.UnknownKey: _("There is no %s. A key looks like page:12, image:5 or term:sleep."),
    }
    return said[type(error)] % key


def may_stop(request: HttpRequest) -> bool:
    return request.user.has_perm("published.add_emergencystop")
