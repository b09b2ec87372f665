from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "cms.advice"
    label = "advice"
    verbose_name = "Advice"

    def ready(self) -> None:
        # Models can be imported only once all apps are loaded.
        from cms.advice import publishing

        publishing.register()
