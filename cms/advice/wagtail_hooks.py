from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from cms.advice.editing import in_use
from cms.advice.editing.views import VersionsView
from cms.advice.editing.viewsets import RulesViewSet
from cms.advice.models import RulesDraft
from cms.content.models import Term

register_snippet(RulesViewSet)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("rules/<int:pk>/versions/", VersionsView.as_view(), name="rules_versions")]


@hooks.register("insert_global_admin_css")
def css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("advice/rules.css"))


@hooks.register("before_delete_snippet")
def keep_what_is_live(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    live = [each for each in instances if isinstance(each, RulesDraft) and each.live]
    for each in live:
        said = _("“%s” is live and was not deleted. Unpublish it first.")
        messages.error(request, said % each)
    return redirect("wagtailsnippets_advice_rulesdraft:list") if live else None


@hooks.register("before_delete_snippet")
def keep_terms_that_rules_name(
    request: HttpRequest, instances: Sequence[Any]
) -> HttpResponse | None:
    terms = [each for each in instances if isinstance(each, Term)]
    uses = [(term, rules) for term in terms if (rules := in_use.rules_that_name(term.key))]
    for term, rules in uses:
        said = _("“%(term)s” is named by %(rules)s and was not deleted. Retire it instead.")
        messages.error(request, said % {"term": term, "rules": ", ".join(rules)})
    return redirect(reverse("wagtailsnippets_content_term:list")) if uses else None
