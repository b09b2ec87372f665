from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AffiliateConfig(AppConfig):
    name = "cms.affiliate"
    label = "affiliate"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Affiliate")

    def ready(self) -> None:
        # Models can be imported only once all apps are loaded.
        from cms.affiliate import demo, publishing

        publishing.register()
        demo.register()
