from django.apps import AppConfig


class AffiliateConfig(AppConfig):
    name = "cms.affiliate"
    label = "affiliate"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Affiliate"

    def ready(self) -> None:
        # Models can be imported only once all apps are loaded.
        from cms.affiliate import demo, publishing

        publishing.register()
        demo.register()
