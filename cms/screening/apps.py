from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "cms.screening"
    label = "screening"
    verbose_name = "Screenings"

    def ready(self) -> None:
        # Models and checks can be imported only once all apps are loaded.
        from cms.screening import checks, publishing

        checks.register()
        publishing.register()
