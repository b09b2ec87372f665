from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScreeningConfig(AppConfig):
    name = "cms.screening"
    label = "screening"
    verbose_name = _("Screenings")

    def ready(self) -> None:
        # Models and checks can be imported only once all apps are loaded.
        from cms.screening import checks, publishing

        checks.register()
        publishing.register()
