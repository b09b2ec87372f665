"""Affiliate networks: by which parameter each takes a click id and gives it back with a sale."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Network(models.TextChoices):
    BOL = "bol", "bol"
    AWIN = "awin", "Awin"
    DAISYCON = "daisycon", "Daisycon"
    TRADETRACKER = "tradetracker", "TradeTracker"
    TRADEDOUBLER = "tradedoubler", "Tradedoubler"
    DIRECT = "direct", _("Direct, without a click id")
    DIRECT_REF = "direct_ref", _("Direct, with the click id in “ref”")


CLICK_PARAMETER: dict[str, str] = {
    Network.BOL: "subid",
    Network.AWIN: "clickref",
    Network.DAISYCON: "ws",
    Network.TRADETRACKER: "r",
    Network.TRADEDOUBLER: "epi",
    Network.DIRECT: "",
    Network.DIRECT_REF: "ref",
}
