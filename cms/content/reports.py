"""The report of what is due, under “Reports” in the admin."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from cms.content.due import AHEAD, Due, due

COLUMNS = {
    "on": _("Due"),
    "what": _("What"),
    "title": _("Title"),
    "locale": _("Language"),
    "by": _("Last time by"),
}


class DueView(ReportView):
    """What was due before today, and what will be within sixty days."""

    model = Page
    page_title = _("Due for review")
    header_icon = "calendar-check"
    index_url_name = "content_due"
    index_results_url_name = "content_due_results"
    columns = [
        Column("on", label=COLUMNS["on"]),
        Column("what", label=COLUMNS["what"]),
        TitleColumn("title", label=COLUMNS["title"], get_url=lambda each: each.edit),
        Column("locale", label=COLUMNS["locale"]),
        Column("by", label=COLUMNS["by"]),
    ]
    list_export = list(COLUMNS)
    export_headings = COLUMNS
    export_filename = "due"
    is_searchable = False

    def get_filtered_queryset(self) -> list[Due]:
        return due(timezone.localdate() + AHEAD)

    def get_queryset(self) -> Any:
        return self.get_filtered_queryset()
