"""What editors see of links and partners."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.affiliate.models import Link, Partner


class LinkViewSet(SnippetViewSet):
    model = Link
    icon = "link-external"
    list_display = [
        "product",
        Column("partner", label=_("Partner"), sort_key="partner__name"),
        Column("offer", label=_("Price")),
        Column("destination", label=_("Destination")),
        BooleanColumn("live", label=_("Shown")),
    ]
    list_filter = ["partner", "active"]
    search_fields = ["product__title", "partner__name", "destination", "note"]
    search_backend_name = None
    copy_view_enabled = False


class PartnerViewSet(SnippetViewSet):
    model = Partner
    icon = "group"
    list_display = [
        "name",
        Column("network", label=_("Network"), accessor="get_network_display", sort_key="network"),
        Column("commission", label=_("Commission (%)"), sort_key="commission"),
        BooleanColumn("active", label=_("Active"), sort_key="active"),
    ]
    list_filter = ["network", "active"]
    search_fields = ["name", "hosts"]
    search_backend_name = None
    copy_view_enabled = False


class AffiliateGroup(SnippetViewSetGroup):
    menu_label = _("Affiliate")
    menu_icon = "link-external"
    menu_order = 260
    items = (LinkViewSet, PartnerViewSet)
