from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdviceConfig(AppConfig):
    name = "cms.advice"
    label = "advice"
    verbose_name = _("Advice")

    def ready(self) -> None:
        # Models can be imported only once all apps are loaded.
        from cms.advice import publishing

        publishing.register()
