from cms.affiliate.models.click import Click, Forgotten
from cms.affiliate.models.link import Link, Offer
from cms.affiliate.models.partner import Partner

__all__ = ["Click", "Forgotten", "Link", "Offer", "Partner"]
