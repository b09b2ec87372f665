"""What editors see of rules: the list, the form with its checks, the way to the versions."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.admin.views.generic import CreateEditViewOptionalFeaturesMixin
from wagtail.admin.widgets import Button, HeaderButton
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from cms.advice.editing.views import UnpublishRules
from cms.advice.models import RulesDraft, RuleSet, RuleSetEvent
from recommender import DefinitionError


def versions_address(draft: RulesDraft) -> str:
    return reverse("rules_versions", args=[draft.pk])


def made_by(draft: Any) -> Any:
    return draft.made_by or (_("a file on the server") if draft.version else "")


class PublishesOrSays(CreateEditViewOptionalFeaturesMixin):
    """The form was right, but a colleague may have changed the rules meanwhile: then they stay a
    draft, and the editor hears why."""

    def publish_action(self) -> Any:
        try:
            return super().publish_action()
        except DefinitionError as error:
            said = _("Saved, but not published: %s")
            messages.error(self.request, said % error)
            return redirect(self.get_edit_url())


class CreateRules(PublishesOrSays, CreateView):
    pass


class EditRules(PublishesOrSays, EditView):
    @cached_property
    def header_buttons(self) -> list[Any]:
        there = RuleSet.objects.filter(slug=self.object.slug).exists()
        button = HeaderButton(
            _("Versions"), url=versions_address(self.object), icon_name="history", priority=10
        )
        return [button] if there else []


class ListRules(IndexView):
    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        versions = Button(
            _("Versions"), url=versions_address(instance), icon_name="history", priority=15
        )
        return [*super().get_list_more_buttons(instance), versions]


class RulesViewSet(SnippetViewSet):
    model = RulesDraft
    icon = "order"
    menu_label = _("Rules")
    menu_order = 260
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = ListRules
    add_view_class = CreateRules
    edit_view_class = EditRules
    unpublish_view_class = UnpublishRules
    list_display = [
        "title",
        Column("slug", label=_("Key"), sort_key="slug"),
        Column("version", label=_("Live version")),
        LiveStatusTagColumn(),
        Column("made_by", label=_("Made live by"), accessor=made_by),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RulesDraft]:
        live = RuleSet.objects.filter(slug=OuterRef("slug"), live=True)
        events = RuleSetEvent.objects.filter(
            rule_set__slug=OuterRef("slug"), rule_set__live=True
        ).order_by("-at", "-pk")
        return RulesDraft.objects.annotate(
            version=Subquery(live.values("version")[:1]), made_by=Subquery(events.values("by")[:1])
        )
