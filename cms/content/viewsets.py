"""What editors see of pages and terms: lists with icons, columns and filters."""

from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, LiveStatusTagColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.content.models import (
    ArticlePage,
    ConditionPage,
    CoursePage,
    ExerciseProgramme,
    GlossaryTerm,
    LegalText,
    ProductPage,
    ProviderPage,
    Reference,
    ServicePage,
    SymptomPage,
    Term,
)


class _InUse:
    """A chooser offers no retired terms, and says of what kind each one is."""

    def get_object_list(self) -> QuerySet[Term]:
        return Term.objects.filter(retired=False)

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("kind", label=_("Kind"), accessor="get_kind_display")]  # type: ignore[misc]


class ChooseTermView(_InUse, ChooseView):
    pass


class ChooseTermResultsView(_InUse, ChooseResultsView):
    pass


class TermChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ChooseTermView
    choose_results_view_class = ChooseTermResultsView


class TermViewSet(SnippetViewSet):
    model = Term
    icon = "tag"
    menu_label = _("Vocabulary")
    menu_order = 250
    add_to_admin_menu = True
    list_display = [
        "label_nl",
        Column("label_en", label=_("English label"), sort_key="label_en"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("key", label=_("Key"), sort_key="key"),
        BooleanColumn("retired", label=_("Retired"), sort_key="retired"),
    ]
    list_per_page = 50
    list_filter = ["kind", "retired"]
    chooser_viewset_class = TermChooserViewSet
    chooser_per_page = 50  # the whole vocabulary, kind by kind
    copy_view_enabled = False
    inspect_view_enabled = True


class ReferenceViewSet(SnippetViewSet):
    model = Reference
    icon = "openquote"
    menu_order = 252
    add_to_admin_menu = True
    list_display = [
        "title",
        Column("publisher", label=_("Journal or publisher"), sort_key="publisher"),
        Column("year", label=_("Year"), sort_key="year"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("key", label=_("Key"), sort_key="key"),
    ]
    list_per_page = 50
    list_filter = ["kind", "evidence"]
    copy_view_enabled = False
    inspect_view_enabled = True


class GlossaryViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "info-circle"
    menu_order = 254
    add_to_admin_menu = True
    list_display = [
        "word_nl",
        Column("word_en", label=_("English word"), sort_key="word_en"),
        Column("abbreviation", label=_("Abbreviation"), sort_key="abbreviation"),
        Column("key", label=_("Key"), sort_key="key"),
    ]
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = True


class LegalTextViewSet(SnippetViewSet):
    """A next version is made by copying the last one."""

    model = LegalText
    icon = "doc-full-inverse"
    menu_order = 256
    add_to_admin_menu = True
    list_display = [
        "title",
        Column("key", label=_("Text"), accessor="get_key_display", sort_key="key"),
        Column("locale", label=_("Language"), accessor="get_locale_display", sort_key="locale"),
        Column("version", label=_("Version"), sort_key="version"),
        Column("effective_from", label=_("In force from"), sort_key="effective_from"),
        LiveStatusTagColumn(),
    ]
    list_filter = ["key", "locale"]
    inspect_view_enabled = True


SNIPPETS = (TermViewSet, ReferenceViewSet, GlossaryViewSet, LegalTextViewSet)


class TypeListing(PageListingViewSet):
    """All pages of one type, wherever they are in the tree."""

    add_to_admin_menu = False


def listing(model: Any, icon: str, *columns: Any, filters: list[str]) -> TypeListing:
    name = model._meta.model_name
    own: dict[str, Any] = {
        "model": model,
        "icon": icon,
        "menu_label": capfirst(model._meta.verbose_name_plural),
        "list_filter": filters,
        "columns": [*PageListingViewSet.columns, *columns],
    }
    made = type(f"{model.__name__}Listing", (TypeListing,), own)
    viewset: TypeListing = made(name=name, url_prefix=name)
    return viewset


class ContentGroup(ViewSetGroup):
    menu_label = _("By type")
    menu_icon = "folder-open-inverse"
    menu_order = 150
    items = (
        listing(
            ConditionPage,
            "help",
            Column("next_review_due", label=_("Review due"), sort_key="next_review_due"),
            filters=["locale", "live"],
        ),
        listing(
            SymptomPage,
            "warning",
            Column("next_review_due", label=_("Review due"), sort_key="next_review_due"),
            filters=["locale", "live"],
        ),
        listing(ArticlePage, "doc-full", filters=["locale", "live", "safety_kind"]),
        listing(ExerciseProgramme, "list-ol", filters=["locale", "live", "level", "safety_kind"]),
        listing(
            ProductPage,
            "tag",
            Column("category", label=_("Category"), accessor="get_category_display"),
            filters=["locale", "live", "category", "safety_kind"],
        ),
        listing(
            ServicePage,
            "group",
            Column("access", label=_("Referral"), accessor="get_access_display"),
            filters=["locale", "live", "kind", "access", "safety_kind"],
        ),
        listing(
            CoursePage,
            "calendar-alt",
            Column("format", label=_("Form"), accessor="get_format_display"),
            filters=["locale", "live", "format", "free", "safety_kind"],
        ),
        listing(
            ProviderPage,
            "user",
            Column("city", label=_("City"), sort_key="city"),
            Column("waiting_days", label=_("Waiting days"), sort_key="waiting_days"),
            filters=["locale", "live", "online"],
        ),
    )
