"""Clicks for marketing: by day, link and placement. Nothing in the ledger is about health, so small
counts are shown as they are."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import DateFromToRangeFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from cms.affiliate.judge import Verdict
from cms.affiliate.models import Click, Link
from cms.affiliate.tokens import Placement

Rows = QuerySet[Any, Any]

COLUMNS = {
    "day": _("Day"),
    "product": _("Product"),
    "partner_name": _("Partner"),
    "link_key": _("Link"),
    "placement": _("Placement"),
    "clicks": _("Clicks"),
    "bots": _("Bots"),
    "prefetches": _("Fetched ahead"),
}


def by_day(clicks: QuerySet[Click]) -> Rows:
    """One row for each day, link and placement; what was no person's click is counted apart."""
    return (
        clicks.annotate(day=TruncDate("at"))
        .values("day", "link", "link_key", "partner_name", "placement")
        .annotate(
            clicks=Count("pk", filter=Q(verdict=Verdict.NOTHING)),
            bots=Count("pk", filter=Q(verdict=Verdict.BOT)),
            prefetches=Count("pk", filter=Q(verdict=Verdict.PREFETCH)),
        )
        .order_by("-day", "partner_name", "link", "placement")
    )


class ClickFilters(WagtailFilterSet):
    at = DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = Click
        fields = ["at", "placement", "partner_name"]


class ClicksView(ReportView):
    model = Click
    page_title = _("Clicks")
    header_icon = "link-external"
    index_url_name = "affiliate_clicks"
    index_results_url_name = "affiliate_clicks_results"
    filterset_class = ClickFilters
    permission_policy = ModelPermissionPolicy(Click)
    any_permission_required = ["view"]
    columns = [Column(name, label=label) for name, label in COLUMNS.items()]
    list_export = list(COLUMNS)
    export_headings = COLUMNS
    export_filename = "clicks"

    def get_filtered_queryset(self) -> Rows:
        return by_day(self.filter_queryset(Click.objects.order_by()))

    @cached_property
    def products(self) -> dict[int, str]:
        """Titles of now: the ledger knows a product by its key only."""
        return dict(Link.objects.values_list("pk", "product__title"))

    def decorate_paginated_queryset(self, rows: Any) -> Any:
        placements = dict(Placement.choices)
        for row in rows:
            row["product"] = self.products.get(row["link"], "")
            row["placement"] = placements[row["placement"]]
        return rows
