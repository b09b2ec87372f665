"""The page of versions: every rule set that was published, and publishing one of them again."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.snippets.views.snippets import UnpublishView

from cms.advice import rule_sets
from cms.advice.editing import preview, publish
from cms.advice.editing.words import said
from cms.advice.models import RulesDraft, RuleSet, RuleSetEvent


class VersionsView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_required = "advice.change_rulesdraft"
    raise_exception = True
    template_name = "advice/versions.html"
    header_icon = "history"

    @cached_property
    def draft(self) -> RulesDraft:
        return get_object_or_404(RulesDraft, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Versions of %s") % self.draft

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("wagtailsnippets_advice_rulesdraft:list"), "label": _("Rules")},
            {"url": self.edit_address(), "label": str(self.draft)},
            {"url": "", "label": self.get_page_title()},
        ]

    def edit_address(self) -> str:
        return reverse("wagtailsnippets_advice_rulesdraft:edit", args=[self.draft.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        events = RuleSetEvent.objects.filter(rule_set__slug=self.draft.slug)
        return super().get_context_data(
            draft=self.draft,
            versions=list(self._versions()),
            events=events.select_related("rule_set"),
            may_publish=may_publish(self.request),
            **kwargs,
        )

    def _versions(self) -> Iterator[dict[str, Any]]:
        found = RuleSet.objects.filter(slug=self.draft.slug).prefetch_related("events")
        for each in found.order_by("-version"):
            labels = preview.labels_of_keys(each.definition)
            rules = [said(rule, labels) for rule in each.definition["rules"]]
            made = next((e for e in reversed(each.events.all()) if e.what == "published"), None)
            yield {"rule_set": each, "rules": rules, "made": made}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish a version again."""
        version = request.POST.get("version", "")
        if not may_publish(request):
            return self.handle_no_permission()
        try:
            chosen = int(version) if version.isdecimal() else 0
            found, left_out = publish.publish_again(self.draft.slug, chosen, request.user)
        except rule_sets.NoSuchRuleSet:
            messages.error(request, _("There is no version %s.") % version)
        else:
            messages.success(request, _("%s is live again.") % found)
            if left_out:
                says = _("The form cannot hold these rules (%s); the draft stays as it was.")
                messages.warning(request, says % left_out)
        return redirect("rules_versions", self.draft.pk)


def may_publish(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("advice.publish_rulesdraft"))


class UnpublishRules(UnpublishView):
    """Wagtail's own action knows nothing of rule sets: unpublish through the model."""

    def unpublish(self) -> HttpResponse | None:
        answer = self.run_hook("before_unpublish", self.request, self.object)
        if answer is None:
            self.object.unpublish(user=self.request.user)
            answer = self.run_hook("after_unpublish", self.request, self.object)
        return answer
